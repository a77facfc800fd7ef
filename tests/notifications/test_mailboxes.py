"""An addressee of which nobody has an account is written to at its contact mailbox."""

from datetime import date, timedelta

import pytest
import time_machine

from accounts.models import Membership
from accounts.services.walls import raise_wall
from notifications.models import Message, Reminder
from notifications.services.reminding import remind_all
from recommendations.models import Obligation
from tests.builders.accounts import organisation
from tests.builders.recommendations import an_obligation
from tests.cast import play

pytestmark = pytest.mark.django_db

PUBLISHED_ON = date(2020, 12, 17)
DUE = date(2021, 2, 10)


def owed() -> Obligation:
    return an_obligation(published_on=PUBLISHED_ON)


def at_mailbox() -> list[Message]:
    return list(Message.objects.filter(address=organisation("norfolk").mailbox))


def reminded_on(day: date) -> int:
    """Run the reminders of a day twice; how many messages came to the mailbox."""
    before = len(at_mailbox())
    with time_machine.travel(f"{day}T12:00:00+00:00", tick=False):
        remind_all()
        remind_all()
    return len(at_mailbox()) - before


def test_the_mailbox_is_told_of_the_recommendation_and_whom_to_ask_for_an_account() -> None:
    obligation = owed()
    [message] = at_mailbox()
    assert message.subject == obligation.recommendation.complaint.reference
    assert "A published recommendation is addressed to your organisation" in message.body
    assert organisation("hmicfrs").mailbox in message.body
    assert "Norfolk Constabulary" in message.body
    assert obligation.recommendation.wording not in message.body


def test_once_somebody_can_sign_in_they_are_told_and_the_mailbox_is_not(
    responder: Membership,
) -> None:
    owed()
    assert Message.objects.filter(recipient=responder).count() == 1
    assert at_mailbox() == []


def test_somebody_behind_a_wall_is_still_somebody(responder: Membership) -> None:
    complaint = owed().recommendation.complaint
    by = play("administrator")
    raise_wall(complaint, person=responder.user, reason="A conflict.", by=by)
    assert reminded_on(DUE) == 0


def test_the_mailbox_is_reminded_once_at_each_stage_until_the_lead_is() -> None:
    owed()
    stages = [reminded_on(DUE + timedelta(days=days)) for days in (-4, -3, -1, 0, 1, 6, 7, 8)]
    assert stages == [0, 1, 0, 1, 1, 0, 0, 0]
    escalated = Reminder.objects.filter(stage=Reminder.Stage.ESCALATION)
    assert {one.recipient for one in escalated} == {play("lead_investigator")}


def test_people_of_the_addressee_are_reminded_at_each_stage(responder: Membership) -> None:
    owed()
    for days in (-3, 0, 1):
        assert reminded_on(DUE + timedelta(days=days)) == 0
    assert sorted(Reminder.objects.filter(recipient=responder).values_list("stage", flat=True)) == [
        "after",
        "before",
        "on_the_day",
    ]
