"""Counting days as the law does: pure, with its working, and refusing to guess.

A period begins with the day itself. Every answer carries the days that were counted and the days
that were not, each with its reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class NotComputableError(Exception):
    """A day falls in a year whose holidays are not on record, so no answer would be safe."""

    def __init__(self, year: int) -> None:
        super().__init__(f"The bank holidays of {year} are not on record.")
        self.year = year


@dataclass(frozen=True)
class Excluded:
    """A day that does not count, and why."""

    day: date
    reason: str


@dataclass(frozen=True)
class Working:
    """How a last day was found: the days counted, the days not counted, and the end."""

    counted: tuple[date, ...]
    excluded: tuple[Excluded, ...]

    @property
    def due_on(self) -> date:
        """The last day of the period, inclusive."""
        return self.counted[-1]


@dataclass(frozen=True)
class Calendar:
    """The non-working days of England and Wales that are on record.

    `holidays` maps a day to its name; `years` are the years whose list is complete. A weekend
    needs no list, but a day in a year outside `years` is never guessed to be a working day.
    """

    holidays: Mapping[date, str]
    years: frozenset[int]

    def why_not_working(self, day: date) -> str:
        """Why a day is not a working day, or an empty string for one that is.

        Law: SI 2018/748 reg. 2(1). Christmas Day and Good Friday are named there by themselves;
        the list holds them beside the bank holidays.
        Raises: NotComputableError for a year without holiday data.
        """
        if day.year not in self.years:
            raise NotComputableError(day.year)
        if day in self.holidays:
            return self.holidays[day]
        return day.strftime("%A") if day.weekday() >= SATURDAY else ""

    def working_days(self, first: date, number: int) -> Working:
        """A period of working days that begins with a day, or with the next working day.

        Law: SI 2018/748 reg. 5. Raises: NotComputableError.
        """
        counted: list[date] = []
        excluded: list[Excluded] = []
        for day in days_from(first):
            if reason := self.why_not_working(day):
                excluded.append(Excluded(day, reason))
                continue
            counted.append(day)
            if len(counted) == number:
                break
        return Working(tuple(counted), tuple(excluded))


def calendar_days(first: date, number: int) -> Working:
    """A period of calendar days that begins with the day itself; weekends count like any day.

    Law: Police Act 1996 s.55(5A) counts so: the day of publication is day 1.
    """
    return Working(tuple(first + ONE_DAY * n for n in range(number)), ())


def days_from(first: date) -> Iterator[date]:
    """Every day from one on, until the calendar itself ends."""
    day = first
    while True:
        yield day
        day += ONE_DAY
