"""Clocks as a page shows them: name, words, tag and the way to the working."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from clock.london import weekday_date
from deadlines.models import Deadline
from deadlines.states import DeadlineState


@dataclass(frozen=True)
class ClockLine:
    """One clock in one line."""

    name: str
    reference: str
    words: str
    tag: str
    href: str
    due_on: date | None
    day: str = ""
    fictional: bool = False


def lines(clocks: Iterable[Deadline], *, today: date) -> list[ClockLine]:
    """Clocks as lines, seen from a day."""
    return [
        ClockLine(
            name=clock.name,
            reference=clock.case_reference,
            words=in_words(clock, today),
            tag=clock.tag(today),
            href=reverse("deadlines:working", args=[clock.pk]),
            due_on=clock.due_on,
            day=day_of(clock, today),
            # Only lists of several cases ask for it; a page of one says it in its frame.
            fictional=getattr(clock, "fictional", False),
        )
        for clock in clocks
    ]


def in_words(clock: Deadline, today: date) -> str:
    """What a clock says, without a full stop: due when, met when, how late, or what is missing."""
    if clock.state == DeadlineState.NOT_COMPUTABLE:
        return clock.not_computable_because.removesuffix(".")
    if clock.state == DeadlineState.ENDED:
        return "No longer needed"
    if clock.state == DeadlineState.MET:
        return _met(clock)
    if clock.due_on is None:
        return clock.condition.removesuffix(".") or "No date"
    late = (today - clock.due_on).days
    due = f"Due by the end of {weekday_date(clock.due_on)}"
    return f"{due}; {days(late)} late" if late > 0 else due


def day_of(clock: Deadline, today: date) -> str:
    """Which day of its period today is while the clock runs: Day 3 of 5. Empty otherwise."""
    if clock.state != DeadlineState.OPEN or not clock.working or clock.is_overdue(today):
        return ""
    of = len(clock.working["counted"])
    number = clock.day_number(today)
    return f"Day {number} of {of}" if number else f"Day 1 of {of} is still to come"


def _met(clock: Deadline) -> str:
    met = f"Met on {weekday_date(clock.met_on)}" if clock.met_on else "Met"
    if not clock.due_on:
        return met
    if clock.days_late:
        return f"{met}, {days(clock.days_late)} after {weekday_date(clock.due_on)}"
    return f"{met}; it was due by {weekday_date(clock.due_on)}"


def days(number: int) -> str:
    """1 day, 2 days."""
    return f"{number} day" if number == 1 else f"{number} days"
