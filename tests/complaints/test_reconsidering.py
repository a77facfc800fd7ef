"""Views that differ, the meeting about them, and a decision opened again."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from clock.london import london_today
from complaints.models import Complaint, EligibilityDecision, MeetingNote, ReopenedDecision
from complaints.services import eligibility, letter_texts, reconsidering
from complaints.states import CaseStatus, Ground
from deadlines.models import Deadline
from deadlines.states import DeadlineState
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import (
    REASONS,
    a_not_eligible_complaint,
    an_acknowledged_complaint,
    an_eligible_complaint,
)
from tests.builders.investigations import a_case_under_investigation
from tests.cast import play
from workflow.errors import ActRefusedError, TransitionRefusedError

pytestmark = pytest.mark.django_db
WALKED = (an_acknowledged_complaint,)

NOTE = "The College read the annex again."
WHY = "A part of the submission was overlooked."


def page(client: Client, who: Membership, name: str, complaint: Complaint) -> str:
    """A page of the case, as this member reads it."""
    address = reverse(f"complaints:{name}", args=[complaint.reference])
    return " ".join(signed_in_as(client, who).get(address).content.decode().split())


def differing() -> Complaint:
    """A complaint that two authorities hold eligible, and one does not."""
    complaint = an_acknowledged_complaint()
    for slug in ("hmicfrs", "iopc"):
        member = play(f"{slug}_decision_maker")
        eligibility.record_view(complaint, eligible=True, ground="", reasons="", by=member)
    eligibility.record_view(
        complaint,
        eligible=False,
        ground=Ground.CONTENT,
        reasons="No evidence is set out.",
        by=play("college_decision_maker"),
    )
    return complaint


def reopened(complaint: Complaint, *, reason: str = WHY) -> ReopenedDecision:
    """The decision of a complaint, opened again by the receiving authority."""
    text = letter_texts.reopened(complaint)
    by = play("hmicfrs_decision_maker")
    return reconsidering.reopen(complaint, reason=reason, text=text, by=by)


def test_views_that_differ_stand_side_by_side_with_who_recorded_each(client: Client) -> None:
    text = page(client, play("iopc_decision_maker"), "eligibility", differing())
    assert "The views differ, and the decision stays open" in text
    assert "no provision in law on this: it is this service’s own rule" in text
    assert "No evidence is set out." in text
    for who in ("Hmicfrs decision maker", "Iopc decision maker", "College decision maker"):
        assert who in text
    assert "0 days since receipt" in text


def test_a_meeting_is_noted_by_an_authority_and_never_shown_in_the_portal(client: Client) -> None:
    complaint, today = differing(), london_today()
    reconsidering.note_meeting(
        complaint, held_on=today, text=NOTE, by=play("college_decision_maker")
    )
    assert NOTE in page(client, play("hmicfrs_decision_maker"), "eligibility", complaint)
    for portal_page in ("tracker", "documents", "submitted"):
        text = page(client, play("body_approver"), portal_page, complaint)
        assert NOTE not in text
        assert "meeting" not in text.lower()
        assert "differ" not in text
    assert Complaint.objects.get(pk=complaint.pk).status == CaseStatus.SUBMITTED


@pytest.mark.parametrize("days", [-1, 1])
def test_a_meeting_is_neither_tomorrow_nor_before_receipt(days: int) -> None:
    complaint, day = differing(), london_today() + timedelta(days=days)
    with pytest.raises(ActRefusedError, match="The day of the meeting must be"):
        reconsidering.note_meeting(
            complaint, held_on=day, text=NOTE, by=play("iopc_decision_maker")
        )
    assert not MeetingNote.objects.exists()


@pytest.mark.parametrize("who", ["intake_officer", "body_approver", "stranger", "investigator"])
def test_only_who_records_views_notes_a_meeting(who: str) -> None:
    complaint = differing()
    with pytest.raises(PermissionDenied):
        reconsidering.note_meeting(complaint, held_on=london_today(), text=NOTE, by=play(who))


def test_a_decision_is_opened_again_with_a_reason_and_kept_as_it_was() -> None:
    complaint = a_not_eligible_complaint()
    kept = reopened(complaint)
    complaint.refresh_from_db()
    assert complaint.status == CaseStatus.SUBMITTED
    assert not EligibilityDecision.objects.exists()
    assert (kept.eligible, kept.reasons, kept.reason) == (False, REASONS, WHY)
    assert complaint.letters.filter(kind="reopened").count() == 1
    assert complaint.letters.filter(kind="not_eligible").get() == kept.letter


def test_a_decision_is_not_opened_again_without_a_reason() -> None:
    complaint = an_eligible_complaint()
    with pytest.raises(ActRefusedError, match="Give the reason"):
        reopened(complaint, reason=" ")
    assert EligibilityDecision.objects.exists()


def test_an_investigation_that_was_opened_closes_the_way_back() -> None:
    complaint = a_case_under_investigation()
    with pytest.raises(TransitionRefusedError):
        reopened(complaint)


def test_only_the_receiving_authority_opens_a_decision_again() -> None:
    complaint = an_eligible_complaint()
    with pytest.raises(ActRefusedError, match="Only HMICFRS"):
        reconsidering.reopen(complaint, reason=WHY, text="Again.", by=play("iopc_decision_maker"))


def test_a_decision_made_anew_starts_the_next_clock_of_progress_reports() -> None:
    complaint = an_eligible_complaint()
    reopened(complaint)
    text = letter_texts.decision(complaint, eligible=True)
    eligibility.decide(complaint, reasons="In form.", text=text, by=play("hmicfrs_decision_maker"))
    clocks = Deadline.objects.filter(case_key=complaint.key, rule_code="progress-report")
    states = list(clocks.order_by("number").values_list("number", "state"))
    assert states == [(1, DeadlineState.ENDED), (2, DeadlineState.OPEN)]


def test_the_body_reads_the_letter_of_a_reopened_decision(client: Client) -> None:
    complaint = a_not_eligible_complaint()
    reopened(complaint)
    text = page(client, play("body_approver"), "tracker", complaint)
    assert "Decision opened again" in text
    assert "It was found not eligible" not in text
    assert WHY not in text


def test_a_decision_is_opened_again_through_its_page(client: Client) -> None:
    complaint = an_eligible_complaint()
    signed_in_as(client, play("hmicfrs_decision_maker"))
    address = reverse("complaints:reopen", args=[complaint.reference])
    refused = client.post(address, {"reason": "", "text": "It is open again.", "send": "yes"})
    assert "Give the reason why" in refused.content.decode()
    sent = {"reason": WHY, "text": "It is open again.", "send": "yes"}
    assert client.post(address, sent).status_code == 302
    assert WHY in page(client, play("iopc_decision_maker"), "eligibility", complaint)
