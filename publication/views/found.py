"""Which case, report or release a page is about, and the page that asks for a reason."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.access import acting, allowed, find_for
from accounts.models import Membership
from accounts.roles import Action
from complaints.models import Complaint
from investigations.views.frame import did, page
from publication.forms.report import ReasonForm
from publication.models import Release, Report, Sealing
from publication.states import EDITIONS, ReleaseKind

REPORT_PAGE, RELEASE_PAGE = "publication:report", "publication:release"
# What the pages of a report read of its case.
CASE_OF_A_REPORT = ("complaint__regime", "complaint__lead_body")
ANNOUNCEMENT_PAGE = "publication:announcement"
REPORT, ANNOUNCEMENT = "report", "announcement"
# What can be published of a case: the kinds of its releases, and the page that shows them.
KINDS = {REPORT: EDITIONS, ANNOUNCEMENT: frozenset({ReleaseKind.ANNOUNCEMENT})}
PAGE_OF = {REPORT: RELEASE_PAGE, ANNOUNCEMENT: ANNOUNCEMENT_PAGE}


def report_for(request: HttpRequest, action: Action, reference: str) -> Report:
    """The report of a case that is being worked on: its latest edition. Raises: Http404, 403."""
    latest = Report.objects.filter(complaint__reference=reference).order_by("-edition_number")
    lookup = {"complaint__reference": reference, "pk__in": latest.values("pk")[:1]}
    return find_for(request, action, Report, *CASE_OF_A_REPORT, **lookup)


def release_for(
    request: HttpRequest, action: Action, reference: str, what: str = REPORT
) -> Release:
    """The release of a case: of its latest sealed report, or of its announcement.

    Raises: Http404, PermissionDenied.
    """
    latest = Release.objects.standing().filter(reference=reference, kind__in=KINDS[what])
    found = latest.order_by("-edition_number").values("pk")[:1]
    return find_for(request, action, Release, pk__in=found)


def last_seal_asked(report: Report) -> Sealing | None:
    """The latest seal that was asked for of this edition; what came of it is its state."""
    latest: Sealing | None = Sealing.objects.filter(report=report).order_by("-pk").first()
    return latest


def reason_page(
    request: HttpRequest,
    complaint: Complaint,
    verb: Callable[[str, Membership], object],
    *,
    title: str,
    submit: str,
    done: str,
    back: str,
    warning: str = "",
) -> HttpResponse:
    """Ask why, do it, and go back; what is refused becomes the form's error."""
    form = ReasonForm(request.POST or None)
    if did(form, lambda: (verb(form.cleaned_data["reason"], acting(request)),)):
        messages.success(request, done)
        return redirect(back, complaint.reference)
    return page(
        request,
        "publication/form.html",
        complaint=complaint,
        section="report" if back == REPORT_PAGE else "release",
        title=title,
        form=form,
        submit=submit,
        warning=warning,
        cancel=back,
    )


def may(request: HttpRequest, *actions: Action, thing: Any) -> set[str]:
    """Those of the actions that may be done here, by name."""
    return {action.name.lower() for action in allowed(acting(request), actions, thing)}
