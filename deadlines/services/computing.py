"""Working out a due date from facts: the calendar on record, the length in force, the rule."""

from datetime import date
from typing import Any

from audit import chain
from clock.calendar import Calendar, Excluded, Working, calendar_days
from deadlines.models import BankHoliday, Deadline, HolidayYear, RuleSetting
from deadlines.rules import Rule, Unit

CALENDAR = "the calendar"


def keep_calendar() -> None:
    """Let nobody change the calendar until the transaction ends: a date of it is to be stored.

    What is received while a holiday is added is dated by the new list, or found by it afterwards.
    """
    chain.share(CALENDAR)


def lock_calendar() -> None:
    """Wait for those who store a date of the calendar, and have others wait until it is changed.

    It comes before the chain of any case: who keeps the calendar has that of a case just received,
    on which no clock of working days ran before, so nobody who changes the calendar waits for it.
    """
    chain.lock(CALENDAR)


def calendar_on_record() -> Calendar:
    """The holidays that stand and the years on record, in two queries."""
    return Calendar(
        holidays=dict(BankHoliday.objects.standing().values_list("day", "name")),
        years=frozenset(HolidayYear.objects.values_list("year", flat=True)),
    )


def length_in_force(rule: Rule, on: date) -> int:
    """The length of a rule's period on a day: the law's, or the setting that stood then."""
    if not rule.is_setting:
        return rule.length
    setting = (
        RuleSetting.objects.filter(rule_code=rule.code, regime=rule.regime, effective_from__lte=on)
        .order_by("-effective_from", "-set_at", "-pk")
        .first()
    )
    return setting.length if setting else rule.length


def work_out(rule: Rule, first: date, *, length: int, calendar: Calendar) -> Working:
    """The period that begins with a day, with its working. Raises: NotComputableError."""
    if rule.unit is Unit.WORKING_DAYS:
        return calendar.working_days(first, length)
    return calendar_days(first, length)


def as_stored(working: Working) -> dict[str, Any]:
    """The days of a period as they are kept with its clock."""
    return {
        "counted": [day.isoformat() for day in working.counted],
        "excluded": [[left.day.isoformat(), left.reason] for left in working.excluded],
    }


def working_of(clock: Deadline, rule: Rule) -> Working:
    """The days that gave a clock its due date, as they were counted then.

    A clock that has stopped keeps its date when a holiday is added, so its days are not counted
    anew. Raises: NotComputableError for a clock that has no date yet.
    """
    if clock.working is None:
        length = clock.length or rule.length
        return work_out(rule, clock.starts_on, length=length, calendar=calendar_on_record())
    return Working(
        tuple(date.fromisoformat(day) for day in clock.working["counted"]),
        tuple(
            Excluded(date.fromisoformat(day), reason) for day, reason in clock.working["excluded"]
        ),
    )
