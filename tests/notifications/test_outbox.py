"""Whoever is to know is told once, in words that give nothing away."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Membership
from accounts.services.walls import raise_wall
from complaints.services import acknowledgement
from deadlines.models import HolidayYear
from notifications.models import Message
from notifications.services import sending
from tests.builders.complaints import a_registered_complaint, an_acknowledged_complaint

pytestmark = pytest.mark.django_db

TITLE = "Searches of children in Borchester"


def test_receipt_is_told_to_the_intake_officers(intake_officer: Membership) -> None:
    complaint = a_registered_complaint(title=TITLE)
    message = Message.objects.get(recipient=intake_officer)
    assert message.subject == complaint.reference
    assert "is to be acknowledged" in message.body


def test_a_message_gives_away_no_title_and_no_body(intake_officer: Membership) -> None:
    complaint = an_acknowledged_complaint(title=TITLE)
    told = "".join(message.subject + message.body for message in Message.objects.all())
    assert Message.objects.count() > 1
    assert TITLE not in told
    assert complaint.lead_body.name not in told


def test_whoever_stands_behind_a_wall_is_not_told(
    intake_officer: Membership,
    administrator: Membership,
    hmicfrs_decision_maker: Membership,
    iopc_decision_maker: Membership,
) -> None:
    complaint = a_registered_complaint()
    walled = hmicfrs_decision_maker
    raise_wall(complaint, person=walled.user, reason="A relative", by=administrator)
    acknowledgement.acknowledge(complaint, text="We have it.", way="By post", by=intake_officer)
    assert not Message.objects.filter(recipient=walled).exists()
    assert Message.objects.filter(recipient=iopc_decision_maker).count() == 1


def test_a_message_is_sent_once_however_often_it_is_asked_for(
    intake_officer: Membership, mailoutbox: list[EmailMessage]
) -> None:
    a_registered_complaint()
    message = Message.objects.get(recipient=intake_officer)
    sending.deliver(message.pk)
    sending.deliver(message.pk)
    message.refresh_from_db()
    assert message.sent_at is not None
    assert [mail.extra_headers["Message-ID"] for mail in mailoutbox] == [message.message_id]
    assert mailoutbox[0].subject == message.subject


def test_a_worker_killed_after_sending_leaves_a_copy_of_the_same_name(
    intake_officer: Membership,
    mailoutbox: list[EmailMessage],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a_registered_complaint()
    message = Message.objects.get(recipient=intake_officer)
    send = EmailMessage.send

    def sent_and_killed(mail: EmailMessage) -> None:
        send(mail)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(EmailMessage, "send", sent_and_killed)
        with pytest.raises(KeyboardInterrupt):
            sending.deliver(message.pk)
    sending.deliver(message.pk)
    assert len(mailoutbox) == 1, "The claim is still fresh."
    with time_machine.travel(timezone.now() + sending.STALE_CLAIM + timedelta(seconds=1)):
        sending.deliver(message.pk)
        sending.deliver(message.pk)
    names = [mail.extra_headers["Message-ID"] for mail in mailoutbox]
    assert names == [message.message_id] * 2


def test_each_administrator_is_told_once_of_a_year_without_holidays(
    administrator: Membership, second_administrator: Membership, intake_officer: Membership
) -> None:
    HolidayYear.objects.filter(year=2018).delete()
    complaint = a_registered_complaint(received_on=date(2018, 12, 18))
    alerts = Message.objects.filter(body__contains="bank holidays of a year are not on record")
    assert {alert.recipient for alert in alerts} == {administrator, second_administrator}
    assert {alert.subject for alert in alerts} == {complaint.reference}
    assert all("/administration/holidays" in alert.body for alert in alerts)


def test_a_claim_of_a_dead_worker_is_taken_up_again(intake_officer: Membership) -> None:
    a_registered_complaint()
    message = Message.objects.get(recipient=intake_officer)
    Message.objects.update(claimed_at=timezone.now())
    assert sending.owed() == []
    Message.objects.update(claimed_at=timezone.now() - timedelta(minutes=6))
    assert message.pk in sending.owed()


def test_what_is_sent_leaves_after_the_commit_only(
    intake_officer: Membership,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks() as rung:
        a_registered_complaint()
    assert len(rung) >= Message.objects.count()
    assert Message.objects.filter(sent_at=None).count() == Message.objects.count()
