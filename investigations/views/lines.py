"""Lines of enquiry: what is asked, how, and how far it has come."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.access import acting, find_for, requires
from accounts.roles import Action
from drafting.keeping import opened
from drafting.sending import makes_once
from investigations.forms.evidence import ReasonForm
from investigations.forms.opening import LineForm
from investigations.models import LineOfEnquiry
from investigations.services import lines
from investigations.views.frame import (
    did,
    edited,
    framed,
    investigation_for,
    may_here,
    page,
    told,
)


@requires(Action.EVIDENCE_READ)
def line_list(request: HttpRequest, reference: str) -> HttpResponse:
    """Every line with its evidence, and the features that no line asks about yet."""
    investigation = investigation_for(request, Action.EVIDENCE_READ, reference)
    rows = investigation.lines.select_related("feature", "owner__user", "owner__organisation")
    asked = investigation.lines.asked().values("feature")
    may_add = may_here(request, Action.LINE_ADD, investigation)
    may_change = may_add or may_here(request, Action.LINE_ADD, investigation, or_corrected=True)
    return page(
        request,
        "investigations/lines.html",
        complaint=investigation.complaint,
        section="lines",
        title="Lines of enquiry",
        lines=rows.annotate(evidence_count=Count("evidence")),
        unasked=investigation.complaint.features.exclude(pk__in=asked.exclude(feature=None)),
        may_add=may_add,
        may_change=may_change,
        **({"work_is_over": ""} if may_change else {}),
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
    added = did(form, lambda: lines.add_line(investigation, by=acting(request), **said_in(form)))
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


@requires(Action.LINE_ADD)
def change_line(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Change a line: what it asks and how is printed in the report."""
    line = line_for(request, reference, number)
    form = LineForm(request.POST or None, **as_it_stands(line))
    title = f"Change {line.mark}"
    complaint = line.investigation.complaint
    answer = edited(
        request,
        form,
        lambda: lines.change_line(
            line, version=form.cleaned_data["version"], by=acting(request), **said_in(form)
        ),
        of=line,
        afresh=lambda: LineForm(**as_it_stands(LineOfEnquiry.objects.get(pk=line.pk))),
        frame=framed(complaint, section="lines", title=title),
    )
    if answer is True:
        messages.success(request, f"{line.mark} is changed.")
        return redirect("investigations:lines", reference)
    return answer or page(
        request,
        "investigations/form.html",
        complaint=complaint,
        section="lines",
        title=title,
        form=opened(request, form, of=line),
        submit="Save",
        back="investigations:lines",
    )


@requires(Action.LINE_ADD)
def drop_line(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Drop a line, with a reason that stays beside it."""
    line = line_for(request, reference, number)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        told(
            request,
            lambda: lines.drop_line(line, by=acting(request), **form.cleaned_data),
            done=f"{line.mark} is dropped. It stays here and is left out of the report.",
        )
        return redirect("investigations:lines", reference)
    return page(
        request,
        "investigations/form.html",
        complaint=line.investigation.complaint,
        section="lines",
        title=f"Drop {line.mark}",
        form=form,
        submit="Drop this line",
        back="investigations:lines",
    )


def line_for(request: HttpRequest, reference: str, number: int) -> LineOfEnquiry:
    """A line, fetched through its investigation. Raises: Http404, PermissionDenied."""
    investigation = investigation_for(request, Action.EVIDENCE_READ, reference)
    line = find_for(
        request, Action.LINE_ADD, LineOfEnquiry, investigation=investigation, number=number
    )
    line.investigation = investigation
    return line


def said_in(form: LineForm) -> dict[str, Any]:
    """What is said of a line, without the version of the form."""
    return {name: said for name, said in form.cleaned_data.items() if name != "version"}


def as_it_stands(line: LineOfEnquiry) -> dict[str, Any]:
    """A form's start: the line as it is, with its version."""
    names = ("question", "method", "feature", "owner")
    return {
        "initial": {name: getattr(line, name) for name in names},
        "version": line.version,
        "investigation": line.investigation,
    }
