"""Talking before a submission: two sides, notes of the desk apart, no case touched."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from accounts.roles import Role
from audit.models import AuditEntry
from complaints.models import Complaint, ContactNote, Conversation
from complaints.services import contact
from deadlines.models import Deadline
from tests.builders.accounts import a_membership, signed_in_as
from tests.builders.complaints import a_regime, a_submitted_complaint
from tests.cast import play
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db

NOTE = "They have no figures yet."
OWN, DESK = "complaints:own_conversation", "complaints:conversation"


def a_conversation(by: Membership | None = None) -> Conversation:
    """Begun by a body of the police scheme."""
    return contact.open_conversation(
        a_regime(), subject="What we plan", text="May we talk?", by=by or play("submitter")
    )


def test_a_body_begins_it_and_the_desk_answers_without_its_officers_name(client: Client) -> None:
    signed_in_as(client, play("submitter"))
    typed = {"regime": a_regime().pk, "subject": "What we plan", "text": "May we talk?"}
    assert client.post(reverse("complaints:own_conversations"), typed).status_code == 302
    begun = Conversation.objects.get()
    desk = signed_in_as(Client(), play("intake_officer"))
    assert "What we plan" in desk.get(reverse("complaints:conversations")).content.decode()
    address = reverse(DESK, args=[begun.pk])
    assert desk.post(address, {"text": "Yes, on Monday."}).status_code == 302
    assert desk.post(address, {"note": NOTE}).status_code == 302
    page = client.get(reverse(OWN, args=[begun.pk])).content.decode()
    assert "Yes, on Monday." in page
    assert "Intake officer" not in page
    assert NOTE not in page
    assert NOTE in desk.get(address).content.decode()


def test_it_stays_apart_from_the_case_that_comes_of_it(client: Client) -> None:
    begun = a_conversation()
    contact.note(begun, text=NOTE, by=play("intake_officer"))
    complaint = a_submitted_complaint()
    signed_in_as(client, play("intake_officer"))
    for name in ("eligibility", "messages", "letters"):
        page = client.get(reverse(f"complaints:{name}", args=[complaint.reference]))
        assert NOTE not in page.content.decode()
    chains = AuditEntry.objects.filter(event__startswith="contact:").values_list("chain", flat=True)
    assert set(chains) == {"house"}


def test_it_starts_no_clock_and_makes_no_complaint() -> None:
    a_conversation()
    assert not Deadline.objects.exists()
    assert not Complaint.objects.exists()


@pytest.mark.parametrize(
    "who", ["other_body_submitter", "iopc_decision_maker", "responder", "auditor", "stranger"]
)
def test_nobody_else_knows_of_it(client: Client, who: str) -> None:
    begun = a_conversation()
    signed_in_as(client, play(who))
    for page in (OWN, DESK):
        assert client.get(reverse(page, args=[begun.pk])).status_code == 404
    assert (
        "What we plan" not in client.get(reverse("complaints:own_conversations")).content.decode()
    )
    with pytest.raises(PermissionDenied):
        contact.write(begun, text="Mine.", by=play(who))


def test_neither_side_has_the_others_door(client: Client) -> None:
    begun = a_conversation()
    signed_in_as(client, play("intake_officer"))
    assert client.get(reverse(OWN, args=[begun.pk])).status_code == 404
    signed_in_as(client, play("body_approver"))
    assert client.get(reverse(DESK, args=[begun.pk])).status_code == 404
    assert client.get(reverse(OWN, args=[begun.pk])).status_code == 200


def test_only_the_desk_keeps_a_note() -> None:
    begun = a_conversation()
    with pytest.raises(ActRefusedError, match="Only HMICFRS"):
        contact.note(begun, text=NOTE, by=play("submitter"))
    assert not ContactNote.objects.exists()


def test_a_body_that_is_not_designated_in_the_scheme_begins_nothing(client: Client) -> None:
    other = a_membership(Role.BODY_APPROVER, at="cmj")
    with pytest.raises(ActRefusedError, match="not designated"):
        a_conversation(by=other)
    with pytest.raises(PermissionDenied):
        contact.open_conversation(
            a_regime(), subject="A", text="B", by=a_membership(Role.RESPONDER, at="cwj")
        )
    assert not Conversation.objects.exists()
    typed = {"regime": a_regime().pk, "subject": " ", "text": ""}
    signed_in_as(client, play("submitter"))
    page = client.post(reverse("complaints:own_conversations"), typed).content.decode()
    assert "Enter a subject." in page
