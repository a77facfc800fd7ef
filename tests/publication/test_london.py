"""Wall times in London: each names one instant, or is refused with what to type instead."""

from datetime import UTC, datetime

import pytest

from publication.london import WallTimeError, in_words, instant_of


@pytest.mark.parametrize(
    ("wall_time", "instant"),
    [
        ("2020-12-17 10:00", datetime(2020, 12, 17, 10, tzinfo=UTC)),
        ("2026-07-01 10:00", datetime(2026, 7, 1, 9, tzinfo=UTC)),
        ("2026-07-01T10:00", datetime(2026, 7, 1, 9, tzinfo=UTC)),
        ("2026-03-29 00:59", datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        ("2026-03-29 02:00", datetime(2026, 3, 29, 1, tzinfo=UTC)),
        ("2026-10-25 00:59", datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        ("2026-10-25 01:30 BST", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-10-25 01:30 GMT", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        ("2026-10-25 02:00", datetime(2026, 10, 25, 2, tzinfo=UTC)),
    ],
)
def test_a_wall_time_names_one_instant(wall_time: str, instant: datetime) -> None:
    assert instant_of(wall_time) == instant


@pytest.mark.parametrize(
    ("wall_time", "says"),
    [
        ("2026-03-29 01:30", "does not exist in London"),
        ("2026-03-29 01:00", "does not exist in London"),
        ("2026-10-25 01:30", "happens twice in London"),
        ("2026-07-01 10:00 GMT", "London is not on GMT"),
        ("2026-02-30 10:00", "no such date"),
        ("2026-12-17 25:00", "no such date"),
        ("17 December 2026", "like 2026-12-17 10:00"),
        ("", "like 2026-12-17 10:00"),
    ],
)
def test_a_wall_time_that_names_none_or_two_is_refused(wall_time: str, says: str) -> None:
    with pytest.raises(WallTimeError, match=says):
        instant_of(wall_time)


def test_an_instant_is_said_in_london_with_its_zone() -> None:
    assert in_words(datetime(2020, 12, 17, 10, tzinfo=UTC)) == (
        "10:00 GMT on Thursday 17 December 2020"
    )
    assert in_words(datetime(2026, 7, 1, 9, tzinfo=UTC)) == "10:00 BST on Wednesday 1 July 2026"
