"""One message a day for whoever wants that; what has a date, a letter or an embargo never waits."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Membership
from accounts.services.walls import raise_wall
from complaints.models import Complaint
from complaints.services import correspondence
from notifications import tasks
from notifications.catalogue import CATALOGUE
from notifications.models import AtOnce, Message
from notifications.services import digests, sending
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import a_submitted_complaint, acknowledged
from tests.cast import play

pytestmark = pytest.mark.django_db
WALKED = (a_submitted_complaint,)

CHOICE = "/account/notifications"
WRITTEN = "A message on your super-complaint waits for you."


@pytest.fixture
def complaint(frozen_clock: time_machine.Traveller) -> Complaint:
    """A complaint whose body has somebody who chose nothing and somebody who wants each at once."""
    complaint = a_submitted_complaint()
    submitter, at_once = play("submitter"), play("body_approver")
    assert digests.is_daily(submitter)
    digests.choose(at_once, daily=False, by=at_once)
    Message.objects.all().delete()
    return complaint


def written_to(complaint: Complaint, text: str = "We have read it.") -> None:
    correspondence.send_message(complaint, text=text, by=play("intake_officer"))


def mails_to(member: Membership, mailoutbox: list[EmailMessage]) -> list[EmailMessage]:
    """What is in somebody's letter box, once the worker has swept."""
    tasks.sweep()
    return [mail for mail in mailoutbox if mail.to == [member.user.email]]


def test_what_may_wait_comes_once_a_day_at_eight_and_to_others_at_once(
    complaint: Complaint,
    frozen_clock: time_machine.Traveller,
    mailoutbox: list[EmailMessage],
) -> None:
    for text in ("One.", "Two."):
        written_to(complaint, text)
    assert len(mails_to(play("body_approver"), mailoutbox)) == 2
    assert mails_to(play("submitter"), mailoutbox) == []
    frozen_clock.shift(timedelta(hours=21, minutes=59))
    assert mails_to(play("submitter"), mailoutbox) == []
    frozen_clock.shift(timedelta(minutes=1))
    [digest] = mails_to(play("submitter"), mailoutbox)
    assert digest.body.count(f"{complaint.reference}: {WRITTEN}") == 2
    assert f"/portal/complaints/{complaint.reference}" in digest.body
    assert CHOICE in digest.body
    assert complaint.reference not in digest.subject
    assert complaint.title not in digest.body
    assert len(mails_to(play("submitter"), mailoutbox)) == 1


def test_what_comes_after_eight_waits_for_the_next_day(
    complaint: Complaint,
    frozen_clock: time_machine.Traveller,
    mailoutbox: list[EmailMessage],
) -> None:
    written_to(complaint)
    frozen_clock.shift(timedelta(hours=22))
    assert len(mails_to(play("submitter"), mailoutbox)) == 1
    frozen_clock.shift(timedelta(minutes=5))
    written_to(complaint)
    assert len(mails_to(play("submitter"), mailoutbox)) == 1
    frozen_clock.shift(timedelta(days=1))
    assert len(mails_to(play("submitter"), mailoutbox)) == 2


def test_a_digest_that_is_late_is_made_when_the_worker_is_back(
    complaint: Complaint,
    frozen_clock: time_machine.Traveller,
    mailoutbox: list[EmailMessage],
) -> None:
    written_to(complaint)
    frozen_clock.shift(timedelta(hours=30))
    assert len(mails_to(play("submitter"), mailoutbox)) == 1


def test_a_letter_comes_at_once(complaint: Complaint, mailoutbox: list[EmailMessage]) -> None:
    acknowledged(complaint)
    [mail] = mails_to(play("submitter"), mailoutbox)
    assert "Receipt of your super-complaint was acknowledged." in mail.body


def test_the_catalogue_lets_wait_what_has_neither_letter_nor_date_nor_embargo() -> None:
    assert {str(row.event) for row in CATALOGUE if row.may_wait} == {
        "complaint:body_written_to",
        "complaint:body_wrote",
        "complaint:draft_restored",
        "complaint:evidence_added",
        "complaint:investigation_opened",
        "complaint:joint_accepted",
        "complaint:joint_declined",
        "complaint:joint_left",
        "complaint:version_approved",
        "contact:answered",
        "contact:written",
    }


def test_nothing_is_told_of_a_case_before_which_a_wall_was_raised_meanwhile(
    complaint: Complaint,
    frozen_clock: time_machine.Traveller,
    mailoutbox: list[EmailMessage],
) -> None:
    written_to(complaint)
    by, person = play("administrator"), play("submitter").user
    raise_wall(complaint, person=person, reason="A relative", by=by)
    frozen_clock.shift(timedelta(hours=22))
    assert mails_to(play("submitter"), mailoutbox) == []


def test_who_has_left_gets_no_digest(
    complaint: Complaint,
    frozen_clock: time_machine.Traveller,
    mailoutbox: list[EmailMessage],
) -> None:
    written_to(complaint)
    Membership.objects.filter(pk=play("submitter").pk).update(ended_at=play("submitter").began_at)
    frozen_clock.shift(timedelta(hours=22))
    tasks.sweep()
    assert not Message.objects.filter(key__startswith="digest:").exists()


def test_what_waited_comes_at_once_when_the_digest_is_given_up(
    complaint: Complaint,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    written_to(complaint)
    waiting = Message.objects.get(recipient=play("submitter"))
    sending.deliver(waiting.pk)
    assert mailoutbox == []
    with django_capture_on_commit_callbacks() as rung:
        digests.choose(play("submitter"), daily=False, by=play("submitter"))
    assert len(rung) == 1
    assert len(mails_to(play("submitter"), mailoutbox)) == 1
    written_to(complaint)
    assert len(mails_to(play("submitter"), mailoutbox)) == 2


def test_nobody_chooses_for_another() -> None:
    with pytest.raises(PermissionDenied):
        digests.choose(play("submitter"), daily=False, by=play("body_approver"))
    assert not AtOnce.objects.exists()


def test_the_choice_is_made_on_a_page(client: Client) -> None:
    by = play("submitter")
    signed_in_as(client, by)
    assert CHOICE in client.get("/account").content.decode()
    page = client.get(CHOICE).content.decode()
    assert by.user.email in page
    assert 'value="daily" checked' in " ".join(page.split())
    assert "Choose how you want to hear from us." in client.post(CHOICE, {}).content.decode()
    for chosen, stands in (("at_once", False), ("at_once", False), ("daily", True)):
        answer = client.post(CHOICE, {"how_often": chosen}, follow=True)
        assert "Your choice is saved." in answer.content.decode()
        assert digests.is_daily(by) is stands


def test_the_page_is_nobodys_who_is_not_signed_in(client: Client) -> None:
    assert "/sign-in" in client.get(CHOICE)["Location"]
