"""The portal of a body: home, checking, the tracker and the documents."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.access import acting, find_for, may, requires, scopes
from accounts.models import Membership
from accounts.roles import Action
from clock.london import london_today, long_date
from complaints.joint_standing import makers_beside_the_lead
from complaints.models import BodyConfirmation, Complaint, JointInvitation
from complaints.parts import missing_parts
from complaints.services import correspondence
from complaints.services.deleting import restorable_by
from complaints.services.withdrawal_requests import standing_request
from complaints.states import CaseStatus
from complaints.views.approving import awaited_of, waits_for
from complaints.views.drafts import find_draft
from complaints.views.letters import document_or_notice, file_or_notice
from complaints.views.tasks import Answer, answers
from complaints.workflow import CASE

# How long the home page says that one was removed from a draft.
TOLD_FOR = timedelta(days=30)
UNKNOWN = "Not known to us"
OUTCOMES: dict[str, str] = {
    CaseStatus.NOT_ELIGIBLE: "It was found not eligible. Our letter gives the reasons.",
    CaseStatus.WITHDRAWN: "It was withdrawn. There will be no report.",
}


@requires(Action.COMPLAINT_TRACK)
def portal(request: HttpRequest) -> HttpResponse:
    """Drafts first, then what was submitted, then what the body is asked to confirm."""
    by = acting(request)
    own = Complaint.objects.for_action(by, Action.COMPLAINT_TRACK).select_related(
        "acknowledgement", "lead_body"
    )
    drafts = own.filter(status=CaseStatus.DRAFT)
    page = {
        "drafts": drafts,
        "asked_to_approve": [one for one in drafts if waits_for(one, by)],
        "deleted": restorable_by(by),
        "submitted": own.submitted(),
        "invitations": (invitations := list(invitations_to(by))),
        "expired": {one.pk for one in invitations if one.has_expired(london_today())},
        "to_confirm": own.asked_to_confirm().filter(lead_body=by.organisation_id),
        "may_start": bool(scopes(by, Action.COMPLAINT_DRAFT)),
        "nav_current": "portal",
    }
    return render(request, "complaints/portal/home.html", page)


def invitations_to(by: Membership) -> QuerySet[JointInvitation]:
    """What one's organisation may answer, and where it was removed from lately, with the reason."""
    sent = JointInvitation.objects.for_action(by, Action.INVITATION_ANSWER)
    lately = timezone.now() - TOLD_FOR
    removed = sent.filter(ended_at__gte=lately).exclude(ended_by__organisation=by.organisation_id)
    found: QuerySet[JointInvitation] = sent.waiting() | removed
    return found.select_related("complaint__lead_body").order_by("-invited_at")


@requires(Action.COMPLAINT_DRAFT)
def check(request: HttpRequest, key: str) -> HttpResponse:
    """The answers to check, with what is missing as links."""
    complaint = find_draft(request, key)
    page = {
        "complaint": complaint,
        "answers": answers(complaint),
        "missing": missing_parts(complaint),
        **awaited_of(complaint, acting(request)),
        "nav_current": "portal",
    }
    return render(request, "complaints/portal/check.html", page)


@requires(Action.COMPLAINT_TRACK)
def submitted(request: HttpRequest, reference: str) -> HttpResponse:
    """The confirmation: reference, what happens next, the receipt."""
    complaint = find_for(request, Action.COMPLAINT_TRACK, Complaint, reference=reference)
    page = {
        "complaint": complaint,
        "receipt": complaint.letters.filter(kind="receipt").select_related("document").first(),
        "may_remake": bool(scopes(acting(request), Action.LETTER_REMAKE)),
        "nav_current": "portal",
    }
    return render(request, "complaints/portal/submitted.html", page)


@requires(Action.COMPLAINT_TRACK)
def tracker(request: HttpRequest, reference: str) -> HttpResponse:
    """Where a super-complaint stands, what was done when, and what is needed of the body."""
    complaint = find_for(request, Action.COMPLAINT_TRACK, Complaint, reference=reference)
    asked = list(complaint.part_requests.all())
    page = {
        "complaint": complaint,
        "outcome": OUTCOMES.get(complaint.status, ""),
        "together_with": makers_beside_the_lead(complaint),
        "asked": [one for one in asked if one.answered_at is None],
        "was_asked": bool(asked),
        "today": london_today(),
        "withdrawals": complaint.withdrawal_requests.all(),
        "open": correspondence.is_open(complaint),
        "may_ask_withdrawal": may_ask_withdrawal(complaint, acting(request)),
        "may_write": bool(scopes(acting(request), Action.CORRESPONDENCE_WRITE)),
        "dates": list(dates(complaint)),
        "letters": complaint.letters.select_related("document"),
        "may_remake": bool(scopes(acting(request), Action.LETTER_REMAKE)),
        "to_confirm": unconfirmed(complaint),
        "may_confirm": may(acting(request), Action.COMPLAINT_CONFIRM, complaint),
        "nav_current": "portal",
    }
    return render(request, "complaints/portal/tracker.html", page)


@requires(Action.COMPLAINT_TRACK)
def documents(request: HttpRequest, reference: str) -> HttpResponse:
    """What was sent to the body, and what the body sent."""
    complaint = find_for(request, Action.COMPLAINT_TRACK, Complaint, reference=reference)
    page = {
        "complaint": complaint,
        "letters": complaint.letters.select_related("document"),
        "may_remake": bool(scopes(acting(request), Action.LETTER_REMAKE)),
        "sent": complaint.supporting_documents.listed(),
        "nav_current": "portal",
    }
    return render(request, "complaints/portal/documents.html", page)


@requires(Action.COMPLAINT_TRACK)
def download(request: HttpRequest, reference: str, pk: int) -> HttpResponseBase:
    """The PDF of one letter or receipt of one's own super-complaint."""
    complaint = find_for(request, Action.COMPLAINT_TRACK, Complaint, reference=reference)
    letter = get_object_or_404(complaint.letters.select_related("document"), pk=pk)
    return document_or_notice(request, letter, back="complaints:documents")


@requires(Action.COMPLAINT_TRACK)
def download_sent(request: HttpRequest, reference: str, pk: int) -> HttpResponseBase:
    """One file that the body itself sent."""
    complaint = find_for(request, Action.COMPLAINT_TRACK, Complaint, reference=reference)
    document = get_object_or_404(complaint.supporting_documents.select_related("file"), pk=pk)
    return file_or_notice(request, document, back="complaints:documents")


def may_ask_withdrawal(complaint: Complaint, by: Membership) -> bool:
    """Whether this membership may ask to withdraw, and none of its requests is open."""
    withdrawable = "withdraw" in {step.name for step in CASE.from_state(complaint.status)}
    asks = bool(scopes(by, Action.COMPLAINT_ASK_WITHDRAWAL)) and not complaint.imported
    return withdrawable and asks and standing_request(complaint) is None


def unconfirmed(complaint: Complaint) -> BodyConfirmation | None:
    """What the body was asked about a letter that was registered, until it confirms."""
    asked: BodyConfirmation | None = getattr(complaint, "confirmation", None)
    return asked if asked and asked.confirmed_at is None else None


def dates(complaint: Complaint) -> Iterator[Answer]:
    """What happened when, as far as the body is told."""
    received = complaint.received_on
    yield Answer("Received", long_date(received) or UNKNOWN)
    acknowledged = getattr(complaint, "acknowledgement", None)
    at = acknowledged and acknowledged.acknowledged_at
    yield Answer("Acknowledged", long_date(at) or "Not yet")
    decision = getattr(complaint, "eligibility_decision", None)
    day = decision and decision.decided_on
    known = UNKNOWN if decision else "Not yet"
    yield Answer("Eligibility decided", long_date(day) or known)
    if withdrawal := getattr(complaint, "withdrawal", None):
        yield Answer("Withdrawn", long_date(withdrawal.withdrawn_at))
