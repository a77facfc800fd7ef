"""The steps of a report: handed in, signed off, sent back; and the last step of its case."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.access import acting, find_for, requires
from accounts.roles import Action
from complaints.models import Complaint
from investigations.views.frame import told
from publication.services import report as verbs
from publication.services import sign_off
from publication.services.closing import close_case
from publication.views.found import RELEASE_PAGE, REPORT_PAGE, reason_page, report_for
from publication.views.report import section_for


@require_POST
@requires(Action.REPORT_DRAFT)
def propose(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand the report in for sign-off."""
    found = report_for(request, Action.REPORT_DRAFT, reference)
    told(
        request,
        lambda: verbs.propose(found, by=acting(request)),
        done="The report lies before the authorities for sign-off.",
    )
    return redirect(REPORT_PAGE, reference)


@require_POST
@requires(Action.REPORT_SIGN_OFF)
def sign(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Sign off a section for one's own authority, as it was read."""
    _report, found = section_for(request, Action.REPORT_SIGN_OFF, reference, key)
    text_sha256 = request.POST.get("text_sha256", "")
    told(
        request,
        lambda: sign_off.sign_off(found, text_sha256=text_sha256, by=acting(request)),
        done=f"Signed off for {acting(request).organisation.short_name}.",
    )
    return redirect("publication:section", reference, key)


@requires(Action.REPORT_SEND_BACK)
def send_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Send the report back to its drafters."""
    found = report_for(request, Action.REPORT_SEND_BACK, reference)
    return reason_page(
        request,
        found.complaint,
        lambda reason, by: verbs.send_back(found, reason=reason, by=by),
        title="Send the report back",
        submit="Send it back",
        done="The report is with its drafters again.",
        back=REPORT_PAGE,
    )


@requires(Action.REPORT_SEND_BACK)
def return_to_investigation(request: HttpRequest, reference: str) -> HttpResponse:
    """Send the case back to the investigation, with its report as it is."""
    found = find_for(request, Action.REPORT_SEND_BACK, Complaint, reference=reference)
    return reason_page(
        request,
        found,
        lambda reason, by: verbs.return_to_investigation(found, reason=reason, by=by),
        title="Send the case back to the investigation",
        submit="Send the case back",
        done="The case is under investigation again. The report waits as it is.",
        back=REPORT_PAGE,
    )


@requires(Action.COMPLAINT_CLOSE)
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Close a case of which the report is public and nothing is owed."""
    found = find_for(request, Action.COMPLAINT_CLOSE, Complaint, reference=reference)
    return reason_page(
        request,
        found,
        lambda reason, by: close_case(found, reason=reason, by=by),
        title="Close the case",
        submit="Close the case",
        done="The case is closed. Its report stays public.",
        back=RELEASE_PAGE,
        warning="A closed case is not opened again. Its report can still be corrected.",
    )


@require_POST
@requires(Action.REPORT_DRAFT)
def resume(request: HttpRequest, reference: str) -> HttpResponse:
    """Go on with a report whose case came back to the investigation."""
    found = find_for(request, Action.REPORT_DRAFT, Complaint, reference=reference)
    title = report_for(request, Action.REPORT_DRAFT, reference).title
    told(
        request,
        lambda: verbs.begin(found, title=title, by=acting(request)),
        done="The report goes on.",
    )
    return redirect(REPORT_PAGE, reference)
