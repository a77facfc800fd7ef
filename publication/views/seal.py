"""The seal of a report: asked for, followed while it is made, and opened again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.access import acting, requires
from accounts.roles import Action
from documents import pages
from investigations.views.frame import framed
from publication.services import sealing
from publication.states import ReportStatus
from publication.views.found import (
    RELEASE_PAGE,
    REPORT_PAGE,
    last_seal_asked,
    may,
    reason_page,
    report_for,
)
from workflow.errors import ActRefusedError

PROGRESS_PAGE = "publication:sealing"


@require_POST
@requires(Action.REPORT_SEAL)
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for the seal, for the first time or again, and follow how it is made."""
    found = report_for(request, Action.REPORT_SEAL, reference)
    try:
        sealing.ask_to_seal(found, by=acting(request))
    except ActRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect(REPORT_PAGE, reference)
    return redirect(PROGRESS_PAGE, reference)


@require_GET
@requires(Action.REPORT_READ)
def progress(request: HttpRequest, reference: str) -> HttpResponse:
    """How far the seal is; why it failed, with a new try; once sealed, on to its publication."""
    found = report_for(request, Action.REPORT_READ, reference)
    asked = last_seal_asked(found)
    if asked is None:
        raise Http404
    if asked.is_ready:
        if found.status == ReportStatus.SEALED:
            messages.success(request, "The report is sealed. Set its time of publication.")
        return redirect(RELEASE_PAGE, reference)
    links = pages.Links(
        file="",
        retry=reverse("publication:seal", args=[reference]),
        back=reverse(REPORT_PAGE, args=[reference]),
        back_text="Back to the report",
    )
    return pages.progress_page(
        request,
        asked,
        links=links,
        template="publication/sealing.html",
        may_retry="report_seal" in may(request, Action.REPORT_SEAL, thing=found),
        report=found,
        **framed(found.complaint, section="release", title="Sealing the report"),
    )


@requires(Action.REPORT_SEND_BACK)
def unseal(request: HttpRequest, reference: str) -> HttpResponse:
    """Open the seal of a report that has not been public."""
    found = report_for(request, Action.REPORT_SEND_BACK, reference)
    return reason_page(
        request,
        found.complaint,
        lambda reason, by: sealing.unseal(found, reason=reason, by=by),
        title="Open the seal",
        submit="Open the seal",
        done="The seal is open. The report can be changed.",
        back=REPORT_PAGE,
        warning="Every approval of the release is void.",
    )
