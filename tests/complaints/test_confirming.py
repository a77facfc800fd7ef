"""The body that leads says whether what was registered from a letter is its own."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from accounts.roles import Role
from audit.models import AuditEntry
from complaints.events import ComplaintEvent
from complaints.models import BodyConfirmation, Complaint
from complaints.services import confirming, withdrawal
from complaints.services.submission import LetterContent
from notifications.models import Message
from tests.builders.accounts import a_membership, organisation, signed_in_as
from tests.builders.complaints import a_registered_complaint, a_submitted_complaint
from tests.cast import play
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db

WORK = "Read why the body says that it is not its own"
REASON = "Nobody at our organisation wrote it."


def at(page: str, complaint: Complaint) -> str:
    return reverse(f"complaints:{page}", args=[complaint.reference])


def seen_by(who: Membership, page: str) -> str:
    return signed_in_as(Client(), who).get(page).content.decode()


def overview(complaint: Complaint) -> str:
    return seen_by(play("intake_officer"), reverse("desk:overview", args=[complaint.reference]))


def told(who: Membership) -> list[str]:
    return [one.body for one in Message.objects.filter(recipient=who).order_by("pk")]


def of_two_bodies() -> tuple[Complaint, Membership]:
    """Registered for the Centre for Women's Justice and Hestia; an approver of the second."""
    second = a_membership(Role.BODY_APPROVER, at="hestia")
    content = LetterContent(joint_bodies=[organisation("hestia")])
    return a_registered_complaint(content=content), second


def test_the_body_that_leads_is_asked_and_the_others_are_told_of_the_receipt() -> None:
    lead = play("body_approver")
    complaint, second = of_two_bodies()
    [asked] = told(lead)
    assert "Confirm that it is yours, or tell us that it is not." in asked
    assert at("tracker", complaint) in asked
    assert complaint.title not in asked
    [received] = told(second)
    assert "Your super-complaint was received." in received


def test_what_the_portal_took_in_is_confirmed_by_nobody() -> None:
    lead = play("body_approver")
    complaint = a_submitted_complaint()
    assert "Your super-complaint was received." in told(lead)[-1]
    assert "Confirmed by the body" not in overview(complaint)


def test_a_body_that_does_not_lead_answers_nothing() -> None:
    complaint, second = of_two_bodies()
    for answer in (confirming.confirm_registration, confirming.disown):
        with pytest.raises(PermissionDenied):
            answer(complaint, by=second, **({"reason": "x"} if answer is confirming.disown else {}))
    page = seen_by(second, at("tracker", complaint))
    assert "We asked Centre for Women&#x27;s Justice to confirm it." in page
    assert "Confirm that it is ours" not in page
    assert "Confirm that" not in seen_by(second, reverse("complaints:portal"))


def test_a_case_says_until_then_that_the_body_has_not_confirmed() -> None:
    complaint, lead = a_registered_complaint(), play("body_approver")
    assert "Not yet. It was asked on" in overview(complaint)
    assert f"Read and confirm {complaint.reference}" in seen_by(lead, reverse("complaints:portal"))
    confirming.confirm_registration(complaint, by=lead)
    assert "Confirmed on" in overview(complaint)
    assert "Read and confirm" not in seen_by(lead, reverse("complaints:portal"))


def test_this_is_not_ours_is_work_of_the_desk_with_its_reason_until_it_is_settled(
    client: Client,
) -> None:
    complaint, lead, officer = (
        a_registered_complaint(),
        play("body_approver"),
        play("intake_officer"),
    )
    assert at("disown", complaint) in seen_by(lead, at("tracker", complaint))
    assert WORK not in seen_by(officer, reverse("desk:today"))
    signed_in_as(client, lead)
    silent = client.post(at("disown", complaint), {"reason": ""})
    assert "Say why it is not yours." in silent.content.decode()
    for _click in range(2):
        client.post(at("disown", complaint), {"reason": REASON})
    entry = AuditEntry.objects.get(event=ComplaintEvent.DISOWNED)
    assert entry.detail["reason"] == REASON
    assert "not its own" in told(officer)[-1]
    assert WORK in seen_by(officer, reverse("desk:today"))
    assert REASON in overview(complaint)
    assert REASON in client.get(at("tracker", complaint)).content.decode()
    withdrawal.withdraw(complaint, reason="Not theirs.", asked_for_by_body=False, by=officer)
    assert WORK not in seen_by(officer, reverse("desk:today"))


def test_a_word_that_was_a_mistake_is_put_right_and_a_confirmed_one_is_not_disowned() -> None:
    complaint, lead = a_registered_complaint(), play("body_approver")
    with pytest.raises(ActRefusedError, match="Say why it is not yours"):
        confirming.disown(complaint, reason=" ", by=lead)
    confirming.disown(complaint, reason=REASON, by=lead)
    confirming.confirm_registration(complaint, by=lead)
    assert WORK not in seen_by(play("intake_officer"), reverse("desk:today"))
    with pytest.raises(ActRefusedError, match="You confirmed that it is yours"):
        confirming.disown(complaint, reason=REASON, by=lead)


def test_the_database_keeps_no_disowned_complaint_without_its_reason() -> None:
    complaint = a_registered_complaint()
    with pytest.raises(IntegrityError, match="what_a_body_disowns_has_its_reason"):
        BodyConfirmation.objects.filter(complaint=complaint).update(
            disowned_at=complaint.submitted_at
        )
