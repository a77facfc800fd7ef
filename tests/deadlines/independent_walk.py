"""A second way to count, which imports nothing of ours: it walks day by day with `holidays`."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import holidays

ENGLAND = holidays.country_holidays("GB", subdiv="ENG", years=range(2017, 2029))
OFF = frozenset(ENGLAND.keys())
ONE = timedelta(days=1)
FIRST, LAST = date(2018, 1, 1), date(2027, 12, 31)


def is_off(day: date) -> bool:
    """Whether a day is a weekend or a holiday in England."""
    return day.isoweekday() > 5 or day in OFF


@cache
def end_of_working_days(received: date, number: int) -> date:
    """Walk from the first day on until enough working days lie behind."""
    day, walked = received - ONE, 0
    while walked < number:
        day += ONE
        if not is_off(day):
            walked += 1
    return day


def end_of_calendar_days(published: date, number: int) -> date:
    """Walk from the day itself, one day at a time."""
    day = published
    for _ in range(number - 1):
        day += ONE
    return day


def cases() -> Iterator[tuple[date, int, date]]:
    """A hundred thousand periods of working days: the first day, their number, and the end.

    A period that leaves the years on record has no answer of ours, so it is not drawn.
    """
    drawn = random.Random(748)  # noqa: S311  (the same cases at each run)
    found = 0
    while found < 100_000:
        first = FIRST + timedelta(days=drawn.randrange((LAST - FIRST).days + 1))
        number = drawn.randrange(1, 12)
        end = end_of_working_days(first, number)
        if end <= LAST:
            found += 1
            yield first, number, end
