"""Where no mail server takes it, a message waits and is sent later, once; other work goes on."""

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Membership
from accounts.services.people import deactivate, end_membership
from accounts.services.walls import raise_wall
from notifications.models import MAX_ATTEMPTS, Message
from notifications.services import sending
from notifications.services.outbox import owe_to_address
from notifications.tasks import STEPS, sweep
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import a_registered_complaint
from tests.builders.mail_server import mail_server
from tests.cast import play

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
UNSENT = "/administration/mail"
SENDS = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True)
def no_server_found_away() -> Iterator[None]:
    """What one test found of a server says nothing to the next."""
    sending._quiet["until"] = 0.0
    yield
    sending._quiet["until"] = 0.0


@pytest.fixture
def mail_away(settings: Settings) -> None:
    """A mail server that refuses each connection: nothing listens on its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = free.getsockname()[1]
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def owed_to(address: str) -> Message:
    """A message to somebody of the public."""
    return owe_to_address(address, key=address, reference="SC-2026-417", body="An answer came.")


def sweep_each_minute(begun: datetime, minutes: int) -> None:
    """The tick of some minutes."""
    assert MINUTE.total_seconds() > sending.QUIET_FOR_S
    for minute in range(minutes):
        sending._quiet["until"] = 0.0  # It has passed, by a clock that does not travel.
        with time_machine.travel(begun + minute * MINUTE, tick=False):
            sweep()


def test_an_hour_without_a_mail_server_loses_nothing_and_sends_nothing_twice(
    mail_away: None, settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    addresses = [f"reader-{number}@example.org" for number in range(3)]
    for address in addresses:
        owed_to(address)
    begun = timezone.now()
    sweep_each_minute(begun, 60)
    assert mailoutbox == []
    settings.EMAIL_BACKEND = SENDS
    sweep_each_minute(begun + 60 * MINUTE, 60)
    assert sorted(mail.to[0] for mail in mailoutbox) == addresses


@pytest.mark.parametrize("barred", ["walled off", "deactivated", "membership ended"])
def test_what_comes_late_is_not_told_to_whoever_may_hear_it_no_more(
    barred: str,
    intake_officer: Membership,
    administrator: Membership,
    mailoutbox: list[EmailMessage],
) -> None:
    complaint = a_registered_complaint()
    message = Message.objects.get(recipient=intake_officer)
    if barred == "walled off":
        raise_wall(complaint, person=intake_officer.user, reason="A relative", by=administrator)
    elif barred == "deactivated":
        deactivate(intake_officer.user, reason="Left.", by=administrator)
    else:
        end_membership(intake_officer, by=administrator)
    sending.deliver(message.pk)
    sweep()
    assert [mail for mail in mailoutbox if mail.to == [message.address]] == []


def test_a_days_one_message_is_not_sent_before_a_wall_of_a_case_it_speaks_of(
    administrator: Membership, mailoutbox: list[EmailMessage]
) -> None:
    complaint = a_registered_complaint()
    decider = play("iopc_decision_maker")
    digest = Message.objects.create(key="digest", recipient=decider, address=decider.user.email)
    told = {"recipient": decider, "address": digest.address, "case_key": complaint.key}
    Message.objects.create(key="one", waits=True, digest=digest, **told)
    raise_wall(complaint, person=decider.user, reason="A relative", by=administrator)
    sending.deliver(digest.pk)
    assert mailoutbox == []


def test_a_message_waits_longer_after_each_failure_and_for_days_in_all() -> None:
    at = begun = timezone.now()
    waits = []
    for attempt in range(1, MAX_ATTEMPTS):
        at, before = sending.next_attempt(at, attempt), at
        waits.append(at - before)
    assert waits[:4] == [MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE]
    assert waits == sorted(waits)
    assert at - begun > timedelta(days=5)


def test_a_server_that_is_away_is_asked_once_a_minute(mail_away: None) -> None:
    first, second = owed_to("first@example.org"), owed_to("second@example.org")
    sweep()
    attempts = Message.objects.values_list("attempts", flat=True)
    assert list(attempts.filter(pk__in=[first.pk, second.pk]).order_by("pk")) == [1, 0]


def test_an_address_that_is_refused_keeps_no_other_waiting(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    refused, good = owed_to("gone@example.org"), owed_to("good@example.org")
    with mail_server(settings, knows=lambda address: address == good.address) as server:
        sweep()
    assert server.taken == [good.address]
    refused.refresh_from_db()
    assert (refused.attempts, refused.claimed_at) == (1, None)
    assert f"Message {refused.pk} was not sent" in caplog.text
    assert refused.address not in caplog.text


def test_an_administrator_sees_what_was_given_up_and_has_it_tried_again(
    administrator: Membership, mailoutbox: list[EmailMessage]
) -> None:
    message = owed_to("reader@example.org")
    failed = {"attempts": MAX_ATTEMPTS, "failure": "550 No such user"}
    Message.objects.filter(pk=message.pk).update(retry_at=timezone.now(), **failed)
    sweep()
    assert mailoutbox == []
    desk = signed_in_as(Client(), administrator)
    told = desk.get(UNSENT).content.decode()
    assert all(said in told for said in (message.address, "550 No such user", "given up"))
    told = desk.post(UNSENT, follow=True).content.decode()
    assert "tried again within a minute: 1." in told
    assert "No message waits" in told
    sweep()
    assert [mail.to for mail in mailoutbox] == [[message.address]]


def test_nobody_else_reads_addresses_or_has_mail_tried_again(
    hmicfrs_decision_maker: Membership,
) -> None:
    desk = signed_in_as(Client(), hmicfrs_decision_maker)
    assert [desk.get(UNSENT).status_code, desk.post(UNSENT).status_code] == [404, 404]
    with pytest.raises(PermissionDenied):
        sending.try_all_again(hmicfrs_decision_maker)


def test_what_is_owed_is_sent_though_another_step_fails(
    mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    owed_to("reader@example.org")
    monkeypatch.setattr("notifications.tasks.STEPS", (fails, *STEPS))
    sweep()
    assert len(mailoutbox) == 1


def fails() -> None:
    """A step that never gets anywhere."""
    raise RuntimeError
