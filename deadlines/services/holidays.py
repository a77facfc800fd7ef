"""Adding and withdrawing holiday data, and dating every running clock anew when it changes."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import Membership
from audit import chain
from audit.events import record
from deadlines.events import DeadlineEvent
from deadlines.models import BankHoliday, Deadline, DeadlineMove, HolidayYear
from deadlines.querysets import DeadlineQuerySet
from deadlines.rules import RULES, Unit, rule_named
from deadlines.services import clocks
from deadlines.services.computing import lock_calendar
from workflow.errors import ActRefusedError

IN_WORKING_DAYS = {rule.code for rule in RULES if rule.unit is Unit.WORKING_DAYS}


@transaction.atomic
def add_holiday(*, day: date, name: str, source: str, by: Membership) -> BankHoliday:
    """Add a bank holiday, such as a one-off one, and date every running clock anew.

    Law: SI 2018/748 reg. 2(1); a holiday by proclamation counts like any other.
    Records: holiday:added, and deadline:moved for each clock that moved.
    Raises: ActRefusedError when the day is on record.
    """
    _take_turn()
    if held := BankHoliday.objects.standing().filter(day=day).first():
        raise ActRefusedError(f"That day is on record already: {held.name}.")
    holiday = BankHoliday.objects.create(day=day, name=name, source=source, added_by=by)
    record(DeadlineEvent.HOLIDAY_ADDED, subject=holiday, by=by, day=day, name=name, source=source)
    date_anew(reason=f"Bank holiday added: {name}, {day:%d %B %Y}", by=by)
    return holiday


@transaction.atomic
def withdraw_holiday(holiday: BankHoliday, *, reason: str, by: Membership) -> BankHoliday:
    """Take back a bank holiday that was entered by mistake, and date every running clock anew.

    Its row stays, with who withdrew it and why; the same day may be added again.
    Records: holiday:withdrawn, and deadline:moved for each clock that moved.
    Raises: ActRefusedError when it is withdrawn already, or without a reason.
    """
    if not reason.strip():
        raise ActRefusedError("Enter the reason for the withdrawal.")
    _take_turn()
    holiday.refresh_from_db()
    if holiday.withdrawn_at:
        raise ActRefusedError(f"{holiday.name} is withdrawn already.")
    holiday.withdrawn_at, holiday.withdrawn_by = timezone.now(), by
    holiday.withdrawn_reason = reason
    holiday.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    day, name = holiday.day, holiday.name
    record(
        DeadlineEvent.HOLIDAY_WITHDRAWN, subject=holiday, by=by, day=day, name=name, reason=reason
    )
    date_anew(reason=f"Bank holiday withdrawn: {name}, {day:%d %B %Y}", by=by)
    return holiday


@transaction.atomic
def add_year(*, year: int, source: str, by: Membership) -> HolidayYear:
    """Say that the list of holidays of a year is complete, and compute what waited for it.

    Records: holiday:year_added, and deadline:moved for each clock that got its date.
    Raises: ActRefusedError when the year is on record.
    """
    _take_turn()
    if HolidayYear.objects.filter(year=year).exists():
        raise ActRefusedError(f"{year} is on record already.")
    added = HolidayYear.objects.create(year=year, source=source, added_by=by)
    record(DeadlineEvent.HOLIDAY_YEAR_ADDED, subject=added, by=by, year=year, source=source)
    date_anew(reason=f"Bank holidays of {year} added", by=by)
    return added


def date_anew(*, reason: str, by: Membership) -> list[DeadlineMove]:
    """Work out every running clock again and keep what moved."""
    moves = []
    for clock in running().order_by("pk").select_for_update():
        before = clock.due_on
        clocks.compute(clock, rule_named(clock.rule_code, clock.regime))
        if clock.due_on != before:
            moves.append(_keep(clock, before, reason, by))
    return moves


def _take_turn() -> None:
    """Lock the calendar, then the case of each clock that it may move, before any row or record.

    An act locks its case before the case's clocks, and the house's chain after it; so do we.
    """
    lock_calendar()
    for case_key in running().order_by("case_key").values_list("case_key", flat=True).distinct():
        chain.lock(case_key)


def running() -> DeadlineQuerySet:
    """The running clocks of working days: those that a change of the calendar may move."""
    return Deadline.objects.unmet().filter(rule_code__in=IN_WORKING_DAYS)


def _keep(clock: Deadline, before: date | None, reason: str, by: Membership) -> DeadlineMove:
    """Keep one move, in its own row and in the record of the case."""
    record(
        DeadlineEvent.DEADLINE_MOVED,
        subject=clock,
        by=by,
        rule=clock.rule_code,
        due_before=before,
        due_after=clock.due_on,
        reason=reason,
    )
    return DeadlineMove.objects.create(
        deadline=clock, due_before=before, due_after=clock.due_on, reason=reason
    )
