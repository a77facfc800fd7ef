"""The embargo's instant on both nights of the clock change: as typed, as stored and as shown."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from publication.london import WallTimeError, in_words
from publication.models import Release
from publication.services import release as release_verbs
from tests.builders.publication import a_sealed_report
from tests.cast import play

pytestmark = pytest.mark.django_db
WALKED = (a_sealed_report,)


def set_to(release: Release, wall_time: str) -> Release:
    """The release with its instant as a press officer types it."""
    way = "By secure mail to the body’s approver"
    return release_verbs.prepare(release, wall_time=wall_time, way=way, by=play("press_officer"))


def stored(release: Release) -> tuple[int, datetime]:
    """What the database holds: seconds since 1970, and what clocks in London show then."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM release_at)::bigint, release_at AT TIME ZONE 'Europe/London'"
            " FROM publication_release WHERE id = %s",
            [release.pk],
        )
        seconds, wall = cursor.fetchone()
    return seconds, wall


def approved(release: Release) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT approved FROM release_standing WHERE release_id = %s", [release.pk])
        return bool(cursor.fetchone()[0])


def test_the_hour_that_comes_twice_is_two_instants_and_an_approval_is_for_one() -> None:
    release = set_to(a_sealed_report(), "2027-10-31 01:30 BST")
    assert release.release_at is not None
    seen: dict[str, Any] = {"root_sha256": release.root_sha256, "release_at": release.release_at}
    for name in ("hmicfrs_decision_maker", "press_officer"):
        release_verbs.approve(release, **seen, by=play(name))
    first, shown = stored(release)
    assert shown == datetime(2027, 10, 31, 1, 30)  # noqa: DTZ001  A wall clock has no zone.
    assert in_words(release.release_at) == "01:30 BST on Sunday 31 October 2027"
    assert approved(release)
    release = set_to(release, "2027-10-31 01:30 GMT")
    assert release.release_at is not None
    second, shown_again = stored(release)
    assert (second - first, shown_again) == (3600, shown)
    assert in_words(release.release_at) == "01:30 GMT on Sunday 31 October 2027"
    assert not approved(release)


@pytest.mark.parametrize("wall_time", ["2027-10-31 01:30", "2027-03-28 01:30", "2027-03-28 01:00"])
def test_a_wall_time_of_no_one_instant_leaves_the_release_without_any(wall_time: str) -> None:
    release = a_sealed_report()
    with pytest.raises(WallTimeError):
        set_to(release, wall_time)
    release.refresh_from_db()
    assert (release.release_at, release.wall_time) == (None, "")


def test_the_missing_hour_takes_no_time() -> None:
    release = set_to(a_sealed_report(), "2027-03-28 00:59")
    before, _shown = stored(release)
    release = set_to(release, "2027-03-28 02:00")
    after, shown = stored(release)
    assert after - before == 60
    assert shown == datetime(2027, 3, 28, 2)  # noqa: DTZ001  A wall clock has no zone.
    assert release.release_at is not None
    assert in_words(release.release_at) == "02:00 BST on Sunday 28 March 2027"
