"""Days are counted as the law counts them, with the working shown and nothing guessed."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from clock.calendar import SATURDAY, NotComputableError, calendar_days
from clock.london import london_day
from tests.deadlines import independent_walk
from tests.deadlines.reference_calendar import reference_calendar
from tests.deadlines.worked_examples import (
    ACKNOWLEDGE_BY,
    COMMENTS_BY,
    COUNTED,
    FROM_PUBLICATION,
    HOLIDAYS,
)

CALENDAR = reference_calendar()


@pytest.mark.parametrize(("received", "due"), ACKNOWLEDGE_BY.items())
def test_five_working_days_begin_with_the_day_of_receipt(received: date, due: date) -> None:
    assert CALENDAR.working_days(received, 5).due_on == due


@pytest.mark.parametrize(("received", "days"), COUNTED.items())
def test_the_working_names_each_day_that_was_counted(received: date, days: list[str]) -> None:
    working = CALENDAR.working_days(received, 5)
    assert [f"{day:%m-%d}" for day in working.counted] == days


@pytest.mark.parametrize(("published", "due"), COMMENTS_BY.items())
def test_fifty_six_days_begin_with_the_day_of_publication(published: date, due: date) -> None:
    assert calendar_days(published, 56).due_on == due


@pytest.mark.parametrize(("published", "due"), FROM_PUBLICATION.items())
def test_days_from_publication_end_one_day_after_the_days_that_begin_with_it(
    published: date, due: date
) -> None:
    """A report that says "56 days from publication" gives a day more than the law would."""
    assert calendar_days(published, 57).due_on == due == COMMENTS_BY[published] + timedelta(days=1)


@pytest.mark.parametrize("year", HOLIDAYS)
def test_the_holidays_on_record_are_those_of_the_process_reference(year: int) -> None:
    on_record = [day for day in sorted(CALENDAR.holidays) if day.year == year]
    assert [f"{day:%m-%d}" for day in on_record] == HOLIDAYS[year].split()


def test_the_holidays_on_record_are_those_of_the_second_calendar() -> None:
    ours = {day for day in CALENDAR.holidays if day.weekday() < SATURDAY}
    theirs = {day for day in independent_walk.OFF if day.weekday() < SATURDAY}
    assert ours == {day for day in theirs if day.year in HOLIDAYS}


def test_a_day_left_out_says_why() -> None:
    working = CALENDAR.working_days(date(2026, 4, 2), 5)
    assert {f"{left.day:%d %b}": left.reason for left in working.excluded} == {
        "03 Apr": "Good Friday",
        "04 Apr": "Saturday",
        "05 Apr": "Sunday",
        "06 Apr": "Easter Monday",
    }


def test_christmas_eve_and_new_years_eve_are_working_days() -> None:
    assert CALENDAR.why_not_working(date(2018, 12, 24)) == ""
    assert CALENDAR.why_not_working(date(2018, 12, 31)) == ""


def test_a_year_without_data_is_not_guessed() -> None:
    with pytest.raises(NotComputableError, match="The bank holidays of 2028 are not on record"):
        CALENDAR.working_days(date(2027, 12, 30), 5)


def test_calendar_days_need_no_holiday_data() -> None:
    assert calendar_days(date(2031, 1, 1), 56).due_on == date(2031, 2, 25)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 12, 1, 23, 30, tzinfo=UTC), date(2026, 12, 1)),
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_the_day_of_an_instant_is_the_london_one(instant: datetime, day: date) -> None:
    assert london_day(instant) == day


def test_a_second_way_to_count_agrees_over_a_hundred_thousand_cases() -> None:
    for first, number, end in independent_walk.cases():
        assert CALENDAR.working_days(first, number).due_on == end, (first, number)


def test_a_second_way_to_count_agrees_on_calendar_days() -> None:
    drawn = random.Random(55)  # noqa: S311  (the same cases at each run)
    for _ in range(2_000):
        first = independent_walk.FIRST + timedelta(days=drawn.randrange(3652))
        number = drawn.randrange(1, 120)
        ours = calendar_days(first, number).due_on
        assert ours == independent_walk.end_of_calendar_days(first, number), (first, number)
