"""Lines of enquiry: what is asked, how, and how far it has come."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.access import acting, requires
from accounts.roles import Action
from drafting.sending import makes_once
from investigations.forms.opening import LineForm
from investigations.services import lines
from investigations.views.frame import did, investigation_for, may_here, page


@requires(Action.EVIDENCE_READ)
def line_list(request: HttpRequest, reference: str) -> HttpResponse:
    """Every line with its evidence, and the features that no line asks about yet."""
    investigation = investigation_for(request, Action.EVIDENCE_READ, reference)
    rows = investigation.lines.select_related("feature", "owner__user", "owner__organisation")
    asked = rows.values("feature")
    return page(
        request,
        "investigations/lines.html",
        complaint=investigation.complaint,
        section="lines",
        title="Lines of enquiry",
        lines=rows.annotate(evidence_count=Count("evidence")),
        unasked=investigation.complaint.features.exclude(pk__in=asked.exclude(feature=None)),
        may_add=may_here(request, Action.LINE_ADD, investigation),
    )


@requires(Action.LINE_ADD)
@makes_once
def add_line(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a line; `?feature=` suggests the feature that it is about."""
    investigation = investigation_for(request, Action.LINE_ADD, reference)
    form = LineForm(
        request.POST or None,
        investigation=investigation,
        initial={"feature": request.GET.get("feature"), "owner": acting(request)},
    )
    added = did(
        form, lambda: lines.add_line(investigation, by=acting(request), **form.cleaned_data)
    )
    if added:
        messages.success(request, f"Line L-{added.number:02} is added.")
        return redirect("investigations:lines", reference)
    return page(
        request,
        "investigations/form.html",
        complaint=investigation.complaint,
        section="lines",
        title="Add a line of enquiry",
        form=form,
        submit="Add the line",
        back="investigations:lines",
    )
