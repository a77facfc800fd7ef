"""Sending the report to the body: approved first, kept back by brakes, undone with its seal."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEntry
from clock.london import london_day
from deadlines.models import Deadline
from deadlines.states import DeadlineState
from publication.events import PublicationEvent as Event
from publication.models import Release, Sending
from publication.services import corrections, holds, sealing
from publication.services import release as verbs
from tests.builders.accounts import signed_in_as
from tests.builders.publication import (
    a_sealed_report,
    armed,
    in_seconds,
    made_public,
    prepared,
)
from tests.cast import play
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db
WALKED = (a_sealed_report,)


@pytest.fixture
def sealed() -> Release:
    """A sealed report's release."""
    return a_sealed_report()


def events(event: Event) -> int:
    return AuditEntry.objects.filter(event=str(event)).count()


def progress_clocks(release: Release) -> list[Deadline]:
    """The case's clocks of progress reports, the first one first."""
    clocks = Deadline.objects.filter(case_key=release.chain, rule_code="progress-report")
    return list(clocks.order_by("number"))


def test_the_sending_to_the_body_is_its_own_act(sealed: Release) -> None:
    with pytest.raises(ActRefusedError, match="how it is sent"):
        verbs.send_to_body(sealed, by=play("press_officer"))
    release = armed(sealed)
    first = verbs.send_to_body(release, by=play("press_officer"))
    assert verbs.send_to_body(release, by=play("press_officer")).sent_at == first.sent_at
    assert events(Event.REPORT_SENT_TO_BODY) == 1


def test_the_body_is_sent_only_what_two_people_approved_and_nothing_keeps_back(
    sealed: Release,
) -> None:
    press = play("press_officer")
    verbs.plan_sending(sealed, way="By secure mail", by=press)
    with pytest.raises(ActRefusedError, match="Set the time of publication"):
        verbs.send_to_body(sealed, by=press)
    release = prepared(sealed)
    with pytest.raises(ActRefusedError, match="Two people must approve"):
        verbs.send_to_body(release, by=press)
    release = armed(release)
    held = holds.hold(release, reason="A name.", by=press)
    with pytest.raises(ActRefusedError, match="Have two people lift the hold"):
        verbs.send_to_body(release, by=press)
    for name in ("press_officer", "iopc_decision_maker"):
        holds.lift(held, by=play(name))
    prepared(release, in_seconds(7200))
    with pytest.raises(ActRefusedError, match="Two people must approve"):
        verbs.send_to_body(release, by=press)
    assert events(Event.REPORT_SENT_TO_BODY) == 0


def test_a_suspended_report_is_not_sent(sealed: Release) -> None:
    release, press = made_public(prepared(sealed)), play("press_officer")
    corrections.suspend(release, reason="A mistake.", by=press)
    with pytest.raises(ActRefusedError, match="suspended"):
        verbs.send_to_body(release, by=press)


def test_the_page_says_what_keeps_it_from_being_sent_and_asks_who_sends_it(
    sealed: Release,
) -> None:
    release, client = prepared(sealed), signed_in_as(Client(), play("press_officer"), fresh=False)
    page = reverse("publication:release", args=[release.reference])
    send = reverse("publication:send_to_body", args=[release.reference])
    assert "Two people must approve" in client.get(page).content.decode()
    assert send not in client.get(page).content.decode()
    armed(release)
    assert send in client.get(page).content.decode()
    assert client.post(send).headers["Location"].startswith("/sign-in/again")
    assert events(Event.REPORT_SENT_TO_BODY) == 0
    signed_in_as(client, play("press_officer")).post(send)
    assert events(Event.REPORT_SENT_TO_BODY) == 1


def test_opening_the_seal_of_a_report_that_was_sent_lets_the_progress_clock_run_again(
    sealed: Release,
) -> None:
    release = armed(sealed)
    assert release.report
    verbs.send_to_body(release, by=play("press_officer"))
    assert [clock.state for clock in progress_clocks(release)] == [DeadlineState.ENDED]
    # It was sent yesterday: the day of the sending is the last on which the body was told.
    yesterday = timezone.now() - timedelta(days=1)
    Sending.objects.filter(release=release).update(sent_at=yesterday)
    sealing.unseal(release.report, reason="A figure.", by=play("lead_investigator"))
    _ended, running = progress_clocks(release)
    assert running.state == DeadlineState.OPEN
    assert running.starts_on == london_day(yesterday)
    assert running.due_on == running.starts_on + timedelta(days=55)


def test_opening_a_seal_that_was_not_sent_leaves_the_progress_clock_alone(sealed: Release) -> None:
    assert sealed.report
    sealing.unseal(sealed.report, reason="A figure.", by=play("lead_investigator"))
    assert [clock.state for clock in progress_clocks(sealed)] == [DeadlineState.OPEN]
    assert events(Event.SENDING_UNDONE) == 0
