"""The report in the portal of the body to which it was sent, and revoking a copy at the desk."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.access import acting, find_for, requires
from accounts.roles import Action
from complaints.models import Complaint
from documents.downloads import attachment
from documents.watermark import marked_for
from publication.london import in_words
from publication.models import EmbargoedCopy, Release
from publication.services import copies as verbs
from publication.states import Standing
from publication.views.found import RELEASE_PAGE, reason_page, release_for
from publication.views.preview import bytes_of

SENT_REPORT = "publication:sent_report"
HTML, PDF = "report.html", "report.pdf"


def sent_to(request: HttpRequest, reference: str) -> Release:
    """The report that was sent to one’s own body. Raises: Http404."""
    complaint = find_for(request, Action.EMBARGOED_COPY_OPEN, Complaint, reference=reference)
    release = verbs.release_sent_to(complaint, acting(request))
    if release is None:
        raise Http404
    return release


def copy_of(request: HttpRequest, release: Release) -> EmbargoedCopy | None:
    """The copy that this person opened, if any."""
    opened = EmbargoedCopy.objects.filter(release=release, reader=acting(request))
    copy: EmbargoedCopy | None = opened.select_related(
        "reader__user", "reader__organisation"
    ).first()
    return copy


@requires(Action.EMBARGOED_COPY_OPEN)
def sent_report(request: HttpRequest, reference: str) -> HttpResponse:
    """The report as it was sent: first its terms, then the text marked for its reader."""
    release = sent_to(request, reference)
    if verbs.standing_now(release) != Standing.CLOSED:
        return redirect("public:report", release.slug)
    copy = copy_of(request, release)
    shown = {
        "complaint": release.complaint,
        "release": release,
        "until": until(release),
        "copy": copy,
        "nav_current": "portal",
    }
    if copy is None or copy.revoked_at:
        template = "publication/copies/revoked.html" if copy else "publication/copies/terms.html"
        return closed_to_caches(render(request, template, shown, status=403 if copy else 200))
    verbs.read_copy(copy, path=HTML, by=acting(request))
    shown["sealed"] = b"".join(bytes_of(release, HTML)).decode()
    return closed_to_caches(render(request, "publication/copies/report.html", shown))


@require_POST
@requires(Action.EMBARGOED_COPY_OPEN)
def accept_terms(request: HttpRequest, reference: str) -> HttpResponse:
    """Accept the terms of the embargo, and read on."""
    verbs.accept_terms(sent_to(request, reference), by=acting(request))
    return redirect(SENT_REPORT, reference)


@requires(Action.EMBARGOED_COPY_OPEN)
def sent_report_pdf(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The PDF of the report, marked on every page for its reader; public, the sealed file."""
    release = sent_to(request, reference)
    if verbs.standing_now(release) != Standing.CLOSED:
        return redirect("public:report_pdf", release.slug)
    copy = copy_of(request, release)
    if copy is None or copy.revoked_at:
        return redirect(SENT_REPORT, reference)
    verbs.read_copy(copy, path=PDF, by=acting(request))
    words = f"{copy.mark}. Not public until {until(release)}."
    marked = marked_for(b"".join(bytes_of(release, PDF)), words=words)
    name = f"{reference}-embargoed-copy-{copy.pk}.pdf"
    return attachment([marked], name=name, content_type="application/pdf", size_bytes=len(marked))


def until(release: Release) -> str:
    """When the embargo ends, in words."""
    return in_words(release.release_at) if release.release_at else "a time that is not set yet"


def closed_to_caches(response: HttpResponse) -> HttpResponse:
    """An answer that nothing on its way keeps."""
    response["Cache-Control"] = "private, no-store"
    return response


@requires(Action.RELEASE_SEND_TO_BODY)
def revoke(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Revoke one reader’s copy."""
    release = release_for(request, Action.RELEASE_SEND_TO_BODY, reference)
    copy = get_object_or_404(EmbargoedCopy, pk=pk, release=release)
    return reason_page(
        request,
        release.complaint,
        lambda reason, by: verbs.revoke(copy, reason=reason, by=by),
        title="Revoke an embargoed copy",
        submit="Revoke the copy",
        done="The copy is revoked. It bites at its reader’s next request.",
        back=RELEASE_PAGE,
        warning=f"{copy.reader.user.name} can’t open the report again before it is public.",
    )
