"""The question of a crowd is planned once by each connection, and decided at each asking."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connections
from django.test.utils import CaptureQueriesContext

from publication import public_door
from publication.models import Release, ReleaseHold
from tests.builders.publication import an_approved_release, in_seconds

pytestmark = pytest.mark.committed

# PostgreSQL keeps one plan for every value once it has made five for single ones.
OFTEN = 10


def found(release: Release) -> bool:
    """Whether the door finds the latest edition at the address, content and all."""
    edition = public_door.edition_at(release.slug)
    return edition is not None and edition.is_open


def plans_kept() -> tuple[int, int]:
    """How often the connection answered with a plan for one value, and with one for all."""
    with connections["public"].cursor() as cursor:
        cursor.execute("SELECT custom_plans, generic_plans FROM pg_prepared_statements")
        custom, generic = cursor.fetchone()
    return custom, generic


def test_one_plan_answers_from_the_sixth_asking_on() -> None:
    release = an_approved_release()
    assert all(found(release) for _ in range(OFTEN))
    custom, generic = plans_kept()
    assert custom + generic == OFTEN
    assert generic > 0


def test_a_plan_kept_from_before_the_instant_opens_at_it() -> None:
    instant = in_seconds(-60)
    release = an_approved_release(release_at=instant)
    with time_machine.travel(instant - timedelta(seconds=1), tick=False) as clock:
        assert not any(found(release) for _ in range(OFTEN))
        clock.move_to(instant)
        assert found(release)


def test_a_hold_is_obeyed_by_a_plan_kept_from_before_it() -> None:
    release = an_approved_release()
    assert all(found(release) for _ in range(OFTEN))
    ReleaseHold.objects.create(release=release, reason="A name must be checked.")
    assert not found(release)


def test_a_file_is_hidden_by_a_hold_that_came_after_its_plan() -> None:
    release = an_approved_release()
    path = release.files.values_list("path", flat=True)[0]
    open_now = public_door.edition_at(release.slug)
    assert open_now is not None
    assert all(public_door.file_of(open_now, path) for _ in range(OFTEN))
    assert public_door.file_of(open_now, f"{path}x") is None
    ReleaseHold.objects.create(release=release, reason="A name must be checked.")
    assert public_door.file_of(open_now, path) is None


def test_a_new_connection_plans_anew() -> None:
    release = an_approved_release()
    assert found(release)
    # What knew the question is still in somebody's hands, as that of another thread would be.
    before = connections["public"].connection
    connections["public"].close()
    assert found(release)
    assert connections["public"].connection is not before


def test_a_connection_that_knows_the_question_makes_one_journey() -> None:
    release = an_approved_release()
    assert found(release)
    with CaptureQueriesContext(connections["public"]) as asked:
        assert found(release)
    assert len(asked) == 1
