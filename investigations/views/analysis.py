"""The traceability matrix: evidence against findings, with what is missing."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from accounts.access import requires
from accounts.roles import Action
from investigations.traceability import gaps, matrix, with_ties
from investigations.views.evidence import log_of
from investigations.views.frame import investigation_for, page

ROWS_A_PAGE = 50


@requires(Action.FINDING_READ)
def analysis(request: HttpRequest, reference: str) -> HttpResponse:
    """Each item's row, each finding's column, and the gaps to look at first."""
    investigation = investigation_for(request, Action.FINDING_READ, reference)
    visible = log_of(request, investigation).order_by("number")
    cut = Paginator(visible, ROWS_A_PAGE).get_page(request.GET.get("page"))
    findings = with_ties(investigation.findings.all())
    return page(
        request,
        "investigations/matrix.html",
        complaint=investigation.complaint,
        section="matrix",
        title="Evidence and findings",
        findings=findings,
        rows=matrix(cut.object_list, findings),
        page=cut,
        gaps=list(gaps(findings)),
        unlinked=visible.unlinked().count(),
        query=request.GET,
    )
