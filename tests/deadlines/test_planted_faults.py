"""Ten ways to get the clock wrong, each planted once: the examples or the second count catch it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from clock.calendar import Calendar, NotComputableError, calendar_days
from clock.london import london_day
from tests.deadlines import independent_walk
from tests.deadlines.reference_calendar import reference_calendar
from tests.deadlines.worked_examples import ACKNOWLEDGE_BY, COMMENTS_BY

ONE = timedelta(days=1)
SOUND = reference_calendar()
LATE_EVENING = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Clock:
    """The questions a clock answers; a fault changes one of the answers."""

    working: Callable[[date, int], date]
    comments: Callable[[date], date] = lambda day: calendar_days(day, 56).due_on
    day_of: Callable[[datetime], date] = london_day


def with_calendar(calendar: Calendar) -> Clock:
    return Clock(working=lambda first, number: calendar.working_days(first, number).due_on)


def without(*days: date) -> Clock:
    left = {day: name for day, name in SOUND.holidays.items() if day not in days}
    return with_calendar(replace(SOUND, holidays=left))


def without_named(words: str) -> Clock:
    return without(*[day for day, name in SOUND.holidays.items() if words in name])


def with_extra(*days: date) -> Clock:
    more = {**SOUND.holidays, **dict.fromkeys(days, "not a holiday of England and Wales")}
    return with_calendar(replace(SOUND, holidays=more))


def begins_the_day_after(first: date, number: int) -> date:
    return SOUND.working_days(first + ONE, number).due_on


def counts_an_idle_first_day(first: date, number: int) -> date:
    idle = bool(SOUND.why_not_working(first))
    return SOUND.working_days(first, number - 1 if idle else number).due_on


def guesses(first: date, number: int) -> date:
    every_year = replace(SOUND, years=frozenset(range(2000, 2100)))
    return every_year.working_days(first, number).due_on


sound = with_calendar(SOUND)
YEARS = range(2018, 2028)

FAULTS: dict[str, Clock] = {
    "the count starts the day after": replace(sound, working=begins_the_day_after),
    "an idle first day counts as day one": replace(sound, working=counts_an_idle_first_day),
    "the day is taken in UTC": replace(sound, day_of=lambda at: at.astimezone(UTC).date()),
    "a one-off holiday is missing": without(date(2022, 9, 19)),
    "the other one-off holiday is missing": without(date(2023, 5, 8)),
    "substitute days are missing": without_named("substitute"),
    "Good Friday is missing": without_named("Good Friday"),
    "Christmas Eve is taken for a holiday": with_extra(*[date(y, 12, 24) for y in YEARS]),
    "Scottish holidays are counted": with_extra(*[date(y, 1, 2) for y in YEARS]),
    "fifty-six days are added": replace(sound, comments=lambda day: day + timedelta(days=56)),
    "a year without data is guessed": replace(sound, working=guesses),
}


def agrees(clock: Clock) -> bool:
    """Whether a clock passes all that the suite asks of it."""
    return passes_the_examples(clock) and walks_agree(clock)


def passes_the_examples(clock: Clock) -> bool:
    """Whether a clock gives the dates of the examples, and none where it would have to guess."""
    examples = all(clock.working(day, 5) == due for day, due in ACKNOWLEDGE_BY.items())
    comments = all(clock.comments(day) == due for day, due in COMMENTS_BY.items())
    london = clock.day_of(LATE_EVENING) == date(2026, 7, 2)
    return examples and comments and london and refuses_to_guess(clock)


def refuses_to_guess(clock: Clock) -> bool:
    try:
        clock.working(date(2027, 12, 30), 5)
    except NotComputableError:
        return True
    return False


def walks_agree(clock: Clock) -> bool:
    """Whether the second way to count agrees with a clock over its hundred thousand cases."""
    cases = independent_walk.cases()
    return all(clock.working(first, number) == end for first, number, end in cases)


def test_the_sound_clock_passes_the_examples() -> None:
    """That it agrees over the hundred thousand cases is asked beside the calendar."""
    assert passes_the_examples(sound)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(fault: str) -> None:
    assert not agrees(FAULTS[fault])
