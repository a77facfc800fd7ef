"""Reminding of deadlines: one message for each person, stage and due date."""

import logging

from django.db import transaction

from audit import chain
from clock.london import london_today, weekday_date
from deadlines.models import Deadline
from deadlines.states import DeadlineState
from notifications.audiences import outside_walls
from notifications.models import Reminder
from notifications.services.mailboxes import tell_mailbox
from notifications.services.outbox import owe
from notifications.stages import REMINDED, STAGES, StageRow, stage_on

log = logging.getLogger(__name__)


def remind_all() -> int:
    """Remind of every running clock that is near or past; returns the messages made.

    Called each minute; what was made before is found by its unique row and not made again.
    """
    today = london_today()
    running = Deadline.objects.filter(
        state=DeadlineState.OPEN, due_on__isnull=False, rule_code__in=REMINDED
    )
    near = [clock for clock in running if clock.due_on and stage_on(today, clock.due_on)]
    return sum(reminded_of(clock) for clock in near)


def reminded_of(clock: Deadline) -> int:
    """Remind of one clock; where that fails, the others are reminded of all the same."""
    try:
        return remind(clock)
    except Exception:  # Whatever is wrong with one clock, no other waits for it.
        log.exception("Clock %s is reminded of again in a minute.", clock.pk)
        return 0


@transaction.atomic
def remind(clock: Deadline) -> int:
    """Remind those whom one clock concerns, at the stage of today; returns the messages made."""
    today = london_today()
    row = stage_on(today, clock.due_on) if clock.due_on else None
    if row is None or clock.due_on is None:
        return 0
    chain.lock(clock.case_key)
    who = REMINDED[clock.rule_code]
    raised = row is STAGES[-1]
    audience = who.raised_with if raised else who.people
    place = who.raised_place if raised else who.place
    people = outside_walls(audience(clock.case_key, clock.subject), clock.case_key)
    reminded = Reminder.objects.filter(
        subject=clock.subject, rule_code=clock.rule_code, stage=row.stage, due_on=clock.due_on
    )
    key = f"remind:{row.stage}:{clock.due_on}:{clock.rule_code}:{clock.subject}"
    told = words(clock, row)
    made = 0
    tell_mailbox(audience, clock.case_key, clock.subject, key=key, told=told, place=place)
    for person in people.exclude(pk__in=reminded.values("recipient")):
        messages = owe(
            [person],
            key=key,
            case_key=clock.case_key,
            reference=clock.case_reference,
            told=told,
            place=place,
        )
        for message in messages:
            Reminder.objects.create(
                subject=clock.subject,
                rule_code=clock.rule_code,
                stage=row.stage,
                recipient=person,
                due_on=clock.due_on,
                message=message,
            )
            made += 1
    return made


def words(clock: Deadline, row: StageRow) -> str:
    """What the reminder says: the clock's general name and its day, nothing of the substance."""
    rule = "An answer" if clock.rule_code == "response" else f"“{clock.name}”"
    due = weekday_date(clock.due_on) if clock.due_on else ""
    return f"{rule} {row.told.format(due=due)}."
