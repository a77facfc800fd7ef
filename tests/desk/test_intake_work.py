"""What a body writes waits on the home page of the desk until somebody has dealt with it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from clock.london import london_today
from complaints.models import Complaint, Conversation
from complaints.services import contact, correspondence, withdrawal_requests
from notifications.models import Message as Notice
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import a_regime, an_acknowledged_complaint
from tests.cast import play
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db


def home(who: str = "intake_officer") -> str:
    return signed_in_as(Client(), play(who)).get("/casework/").content.decode()


def a_conversation() -> Conversation:
    return contact.open_conversation(
        a_regime(), subject="What we plan", text="May we talk?", by=play("submitter")
    )


def told(who: Membership) -> list[str]:
    """What the messages owed to somebody say."""
    return [notice.body for notice in Notice.objects.filter(recipient=who).order_by("pk")]


def answered_part(complaint: Complaint) -> None:
    """The body was asked for its contact person, and answered."""
    by = london_today() + timedelta(days=7)
    asked = correspondence.ask_for_part(
        complaint, part="contact", asked="Who is it?", answer_by=by, by=play("intake_officer")
    )
    assert "Read the answer about a missing part" not in home()
    correspondence.answer_part(complaint, asked_for=asked, answer="Ann", by=play("submitter"))


def test_both_sides_of_a_conversation_are_told_in_words_that_give_nothing_away() -> None:
    officer, body, other = play("intake_officer"), play("submitter"), play("other_body_submitter")
    begun = a_conversation()
    contact.write(begun, text="Tomorrow?", by=body)
    contact.write(begun, text="Yes.", by=officer)
    at_the_desk, at_the_body = told(officer), told(body)
    assert ["began" in at_the_desk[0], "wrote" in at_the_desk[1]] == [True, True]
    assert len(at_the_desk) == 2
    assert "/casework/intake/conversations" in at_the_desk[0]
    assert len(at_the_body) == 1
    assert "/portal/conversations" in at_the_body[0]
    assert not told(other)
    for words in (*at_the_desk, *at_the_body):
        assert "What we plan" not in words
        assert "Tomorrow" not in words


def test_a_conversation_waits_until_it_is_answered_or_noted() -> None:
    assert "Answer a body before its submission" not in home()
    begun = a_conversation()
    page = home()
    assert "Answer a body before its submission" in page
    assert "What we plan" in page
    assert reverse("complaints:conversation", args=[begun.pk]) in page
    assert "Answer a body" not in home("hmicfrs_decision_maker")
    contact.write(begun, text="Yes.", by=play("intake_officer"))
    assert "Answer a body" not in home()
    contact.write(begun, text="Thank you.", by=play("submitter"))
    assert "Answer a body" in home()
    contact.note(begun, text="No answer is needed.", by=play("intake_officer"))
    assert "Answer a body" not in home()


def test_messages_and_answers_wait_until_they_are_marked_as_read(client: Client) -> None:
    complaint = an_acknowledged_complaint()
    answered_part(complaint)
    correspondence.send_message(complaint, text="We moved.", by=play("submitter"))
    page = home()
    assert "Read the answer about a missing part" in page
    assert "Read a message of the body" in page
    browse = signed_in_as(client, play("intake_officer"))
    address = reverse("complaints:messages", args=[complaint.reference])
    assert "Mark all as read" in browse.get(address).content.decode()
    mark = reverse("complaints:mark_as_read", args=[complaint.reference])
    assert browse.post(mark)["Location"] == address
    assert "Mark all as read" not in browse.get(address).content.decode()
    assert "Nothing is due from you" in home()
    assert correspondence.mark_as_read(complaint, by=play("intake_officer")) == 0


def test_only_the_receiving_desk_marks_as_read() -> None:
    complaint = an_acknowledged_complaint()
    correspondence.send_message(complaint, text="We moved.", by=play("submitter"))
    for who, refusal in (("submitter", ActRefusedError), ("stranger", PermissionDenied)):
        with pytest.raises(refusal):
            correspondence.mark_as_read(complaint, by=play(who))
    assert "Read a message of the body" in home()


def test_a_request_to_withdraw_waits_until_it_is_decided() -> None:
    complaint = an_acknowledged_complaint()
    withdrawal_requests.ask_to_withdraw(complaint, reason="No means.", by=play("body_approver"))
    assert "Decide on a request to withdraw" in home()
    withdrawal_requests.decline_withdrawal(
        complaint, because="It matters.", by=play("intake_officer")
    )
    assert "Decide on a request to withdraw" not in home()
