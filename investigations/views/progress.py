"""Progress reports: listed, written, changed, sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.access import acting, find_for, requires
from accounts.roles import Action
from complaints.forms.way import WayForm
from complaints.models import Letter
from complaints.services.letters import as_previewed
from drafting.keeping import is_keeping, keep_typed, opened
from drafting.saved import forget
from drafting.sending import makes_once
from investigations.forms.progress import ProgressReportForm
from investigations.models import Investigation, ProgressReport
from investigations.services import progress
from investigations.services.gate import UNTIL_SENT
from investigations.views.frame import (
    did,
    edited,
    framed,
    investigation_for,
    may_here,
    page,
    told,
)

LIST = "investigations:progress_reports"


def report_for(
    request: HttpRequest, action: Action, reference: str, number: int
) -> tuple[Investigation, ProgressReport]:
    """A progress report, fetched through its investigation. Raises: Http404, PermissionDenied."""
    investigation = investigation_for(request, Action.EVIDENCE_READ, reference)
    return investigation, find_for(
        request, action, ProgressReport, investigation=investigation, number=number
    )


@requires(Action.EVIDENCE_READ)
def progress_reports(request: HttpRequest, reference: str) -> HttpResponse:
    """What was sent to the bodies, and what is being written."""
    investigation = investigation_for(request, Action.EVIDENCE_READ, reference)
    rows = investigation.progress_reports.select_related("document", "sent_by__organisation")
    unsent = [report for report in rows if report.sent_at is None]
    return page(
        request,
        "investigations/progress/list.html",
        complaint=investigation.complaint,
        section="progress",
        title="Progress reports",
        reports=rows.order_by("-number"),
        unsent=unsent,
        may_write=may_here(request, Action.PROGRESS_REPORT_WRITE, investigation, while_=UNTIL_SENT),
        may_send=may_here(request, Action.PROGRESS_REPORT_SEND, investigation, while_=UNTIL_SENT),
    )


@requires(Action.PROGRESS_REPORT_WRITE)
@makes_once
def write_progress_report(request: HttpRequest, reference: str) -> HttpResponse:
    """Write the next progress report."""
    investigation = investigation_for(request, Action.PROGRESS_REPORT_WRITE, reference)
    form = ProgressReportForm(request.POST or None)
    if is_keeping(request):
        return keep_typed(request, form, of=investigation)
    written = did(
        form,
        lambda: progress.write(investigation, text=form.cleaned_data["text"], by=acting(request)),
    )
    if written:
        forget(form=form, of=investigation, by=acting(request))
        messages.success(request, f"Progress report {written.number} is written, and not yet sent.")
        return redirect(LIST, reference)
    return page(
        request,
        "investigations/form.html",
        complaint=investigation.complaint,
        section="progress",
        title="Write a progress report",
        form=opened(request, form, of=investigation),
        submit="Save",
        back=LIST,
    )


@requires(Action.PROGRESS_REPORT_WRITE)
def change_progress_report(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Change a progress report that is not sent."""
    investigation, report = report_for(request, Action.PROGRESS_REPORT_WRITE, reference, number)
    form = ProgressReportForm(request.POST or None, **as_it_stands(report))
    title = f"Change progress report {report.number}"
    frame = framed(investigation.complaint, section="progress", title=title)
    answer = edited(
        request,
        form,
        lambda: progress.change(report, by=acting(request), **form.cleaned_data),
        of=report,
        afresh=lambda: ProgressReportForm(**as_it_stands(ProgressReport.objects.get(pk=report.pk))),
        frame=frame,
    )
    if answer is True:
        messages.success(request, f"Progress report {report.number} is changed.")
        return redirect(LIST, reference)
    return answer or page(
        request,
        "investigations/form.html",
        complaint=investigation.complaint,
        section="progress",
        title=title,
        form=opened(request, form, of=report),
        submit="Save",
        back=LIST,
    )


def as_it_stands(report: ProgressReport) -> dict[str, Any]:
    """A form's start: the text as it is, with its version."""
    return {"initial": {"text": report.text}, "version": report.version}


@requires(Action.PROGRESS_REPORT_SEND)
def send_progress_report(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Show what the bodies will get, and send it."""
    investigation, report = report_for(request, Action.PROGRESS_REPORT_SEND, reference, number)
    form = WayForm(request.POST or None, complaint=investigation.complaint)
    if request.method == "POST" and form.is_valid():
        read = request.POST.get("version", "")
        version = int(read) if read.isdecimal() and len(read) < 9 else -1
        sent = told(
            request,
            lambda: progress.send(report, by=acting(request), version=version, way=form.way_given),
            done=f"Progress report {report.number} was sent. Its letter is being made.",
        )
        if sent:
            return redirect(LIST, reference)
        return redirect("investigations:send_progress_report", reference, number)
    return page(
        request,
        "investigations/progress/send.html",
        complaint=investigation.complaint,
        section="progress",
        title=f"Send progress report {report.number}",
        report=report,
        form=form,
        preview=as_previewed(
            investigation.complaint,
            kind=Letter.Kind.PROGRESS_REPORT,
            subject=progress.subject_of(report),
            text=report.text,
        ),
    )
