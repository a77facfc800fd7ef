"""Has the receipt made when a super-complaint is received, once its clock has started.

The receipt states the day by which receipt is acknowledged, with the days counted. The room of
complaints stands below this one and can't ask for them, so this listener hands them down.
"""

from audit.events import Happening
from clock.calendar import Working
from complaints.events import ComplaintEvent
from complaints.services.receipts import issue_receipt
from deadlines.models import Deadline
from deadlines.rules import RULES, Rule
from deadlines.services.computing import working_of
from documents.printed import CountedDay
from documents.printed import Deadline as PrintedDeadline

ACKNOWLEDGE = "acknowledge-receipt"


def on_event(happening: Happening) -> None:
    """Make the receipt of what was received."""
    if happening.event == ComplaintEvent.RECEIVED:
        issue_receipt(
            happening.subject,
            entry=happening.entry,
            acknowledge_by=acknowledge_by(happening.entry.chain),
            by=happening.by,
        )


def acknowledge_by(case_key: str) -> PrintedDeadline:
    """By when receipt of a case is acknowledged, with its working, as it is printed."""
    clock = Deadline.objects.of_case(case_key).filter(rule_code=ACKNOWLEDGE).first()
    if clock is None:
        return PrintedDeadline("Acknowledge receipt", "", None, not_computable="No rule is known.")
    working: tuple[CountedDay, ...] = ()
    if clock.due_on:
        working = tuple(days_of(working_of(clock, rule_of(clock))))
    return PrintedDeadline(
        name=clock.name,
        law=clock.law,
        due_on=clock.due_on,
        working=working,
        not_computable=clock.not_computable_because,
    )


def rule_of(clock: Deadline) -> Rule:
    """The row of the table that a clock runs by."""
    return next(row for row in RULES if (row.code, row.regime) == (clock.rule_code, clock.regime))


def days_of(working: Working) -> list[CountedDay]:
    """The days of a period in their order: those counted, and why the others are not."""
    counted = [CountedDay(day, number) for number, day in enumerate(working.counted, start=1)]
    excluded = [CountedDay(each.day, None, each.reason) for each in working.excluded]
    return sorted(counted + excluded, key=lambda each: each.day)
