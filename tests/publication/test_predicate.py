"""The one predicate, as the role of the public pages sees it: every condition, both clocks."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from accounts.models import Membership
from publication.models import Release, ReleaseHold, Suspension, Withdrawal
from publication.states import ReleaseKind
from tests.builders.accounts import a_membership
from tests.builders.complaints import a_draft
from tests.builders.publication import (
    a_sealed_release,
    an_approved_release,
    approve,
    in_seconds,
)
from tests.cast import play

pytestmark = pytest.mark.committed

NOW = "now"
FILES = "SELECT count(*) FROM public_release_files WHERE release_id = %s"


def seen(release: Release, *, clock: datetime | str | None = NOW) -> str:
    """What the role of the public reads of a release with the application's clock at `clock`.

    The files are counted with it: they are there exactly when the release is open.
    """
    public = connections["public"]
    with public.cursor() as cursor:
        cursor.execute("BEGIN")
        if clock is not None:
            told = timezone.now() if clock == NOW else clock
            cursor.execute("SELECT set_config('app.clock', %s, true)", [str(told)])
        cursor.execute("SELECT state FROM public_releases WHERE id = %s", [release.pk])
        row = cursor.fetchone()
        cursor.execute(FILES, [release.pk])
        files = cursor.fetchone()[0]
        cursor.execute("COMMIT")
    state = row[0] if row else "closed"
    assert bool(files) == (state == "open")
    return str(state)


def test_a_release_with_everything_is_open() -> None:
    assert seen(an_approved_release()) == "open"


@pytest.mark.parametrize(
    ("database_seconds", "application_seconds", "state"),
    [
        (-1, 0, "open"),
        (-1, 1, "open"),
        (-1, -1, "closed"),
        (60, -1, "closed"),
        (60, 0, "closed"),
        (60, 3600, "closed"),
        (1, 1, "closed"),
    ],
)
def test_both_clocks_must_have_reached_the_instant(
    database_seconds: int, application_seconds: int, state: str
) -> None:
    """The instant lies so far from the database's clock, the application's clock so far past it."""
    instant = in_seconds(database_seconds)
    release = an_approved_release(release_at=instant)
    assert seen(release, clock=instant + timedelta(seconds=application_seconds)) == state


@pytest.mark.parametrize("clock", [None, ""])
def test_without_the_applications_clock_the_door_is_closed(clock: str | None) -> None:
    assert seen(an_approved_release(), clock=clock) == "closed"


def test_a_clock_left_from_an_earlier_transaction_counts_for_nothing() -> None:
    release = an_approved_release()
    assert seen(release) == "open"
    assert seen(release, clock=None) == "closed"


def unsealed() -> Release:
    return a_sealed_release(sealed_at=None)


def seal_broken() -> Release:
    release = an_approved_release()
    release.unsealed_at = timezone.now()
    release.save()
    return release


def without_approval() -> Release:
    return a_sealed_release()


def with_one_approval() -> Release:
    release = a_sealed_release()
    approve(release, play("press_officer"))
    return release


def with_one_of_two_voided() -> Release:
    release = an_approved_release()
    release.approvals.filter(person=play("press_officer").user).update(voided_at=timezone.now())
    return release


def without_an_instant() -> Release:
    return a_sealed_release(release_at=None, wall_time="")


def moved_to_another_instant() -> Release:
    release = an_approved_release()
    release.release_at = in_seconds(-2)
    release.save()
    return release


def moved_and_moved_back() -> Release:
    release = an_approved_release()
    was = release.release_at
    for instant in (in_seconds(-3), was):
        release.release_at = instant
        release.save()
    return release


def held() -> Release:
    release = an_approved_release()
    ReleaseHold.objects.create(release=release, reason="A name must be checked.")
    return release


def held_twice_and_lifted_once() -> Release:
    release = held()
    second = ReleaseHold.objects.create(release=release, reason="Another name.")
    lift(second)
    return release


def suspended_before_it_was_ever_public() -> Release:
    release = an_approved_release()
    Suspension.objects.create(release=release, reason="A mistake.")
    return release


def withdrawn_before_it_was_ever_public() -> Release:
    release = an_approved_release()
    withdraw(release)
    return release


def lift(brake: ReleaseHold | Suspension) -> None:
    brake.lift_asked_by = play("press_officer")
    brake.lifted_by = play("hmicfrs_decision_maker")
    brake.lift_asked_at = brake.lifted_at = timezone.now()
    brake.save()


def withdraw(release: Release) -> None:
    Withdrawal.objects.create(
        release=release,
        reason="It named somebody.",
        asked_by=play("press_officer"),
        confirmed_by=play("hmicfrs_decision_maker"),
        withdrawn_at=timezone.now(),
    )


CLOSED: list[Callable[[], Release]] = [
    unsealed,
    seal_broken,
    without_approval,
    with_one_approval,
    with_one_of_two_voided,
    without_an_instant,
    moved_to_another_instant,
    moved_and_moved_back,
    held,
    held_twice_and_lifted_once,
    suspended_before_it_was_ever_public,
    withdrawn_before_it_was_ever_public,
]


@pytest.mark.parametrize("made", CLOSED, ids=lambda made: made.__name__)
def test_each_missing_condition_alone_keeps_it_closed(made: Callable[[], Release]) -> None:
    assert seen(made()) == "closed"


def test_a_lifted_hold_opens_it_and_moves_the_moment_of_publication() -> None:
    release = held()
    hold = release.releaseholds.get()
    lift(hold)
    assert seen(release) == "open"
    with connections["public"].cursor() as cursor:
        cursor.execute("SELECT set_config('app.clock', %s, false)", [timezone.now().isoformat()])
        cursor.execute("SELECT public_from FROM public_releases WHERE id = %s", [release.pk])
        assert cursor.fetchone()[0] == hold.lifted_at


def latch(release: Release, *, clock: datetime | None = None) -> bool:
    with connections["public"].cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT set_config('app.clock', %s, true)", [str(clock or timezone.now())])
        cursor.execute("SELECT latch(%s)", [release.pk])
        latched = cursor.fetchone()[0]
        cursor.execute("COMMIT")
    return bool(latched)


def test_a_latched_release_is_not_hidden_by_a_clock_stepped_back() -> None:
    release = an_approved_release()
    assert latch(release)
    assert seen(release, clock=in_seconds(-3600)) == "open"
    assert seen(release, clock=None) == "open"


def test_a_latch_is_written_once() -> None:
    release = an_approved_release()
    assert latch(release)
    release.refresh_from_db()
    first = release.latched_at
    assert not latch(release)
    release.refresh_from_db()
    assert release.latched_at == first


@pytest.mark.parametrize("made", CLOSED, ids=lambda made: made.__name__)
def test_the_latch_asks_the_whole_predicate_again(made: Callable[[], Release]) -> None:
    release = made()
    assert not latch(release)
    release.refresh_from_db()
    assert release.latched_at is None


def test_the_latch_obeys_both_clocks() -> None:
    assert not latch(an_approved_release(), clock=in_seconds(-60))
    early = an_approved_release(release_at=in_seconds(60))
    assert not latch(early, clock=in_seconds(120))


def test_the_latch_does_not_wait_for_an_act_that_has_the_row_in_hand() -> None:
    release = an_approved_release()
    with connections["default"].cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT id FROM publication_release WHERE id = %s FOR UPDATE", [release.pk])
        assert not latch(release)
        assert seen(release) == "open"
        cursor.execute("ROLLBACK")


@pytest.fixture
def published() -> Release:
    """A release that has been public."""
    release = an_approved_release()
    assert latch(release)
    return release


@pytest.mark.parametrize("brake", [Suspension, ReleaseHold])
def test_a_brake_after_publication_says_temporarily_withdrawn(
    published: Release, brake: Any
) -> None:
    placed = brake.objects.create(release=published, reason="A mistake.")
    assert seen(published) == "suspended"
    lift(placed)
    assert seen(published) == "open"


def test_a_withdrawn_release_says_so_and_nothing_else(published: Release) -> None:
    withdraw(published)
    assert seen(published) == "withdrawn"
    with connections["public"].cursor() as cursor:
        cursor.execute("SELECT * FROM public_releases WHERE id = %s", [published.pk])
        row = dict(
            zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True)
        )
    assert row["withdrawal_reason"] == "It named somebody."
    assert (row["title"], row["payload"], row["root_sha256"]) == ("", "{}", "")


def test_a_response_needs_one_person_and_imported_history_none() -> None:
    response = a_sealed_release(kind=ReleaseKind.RESPONSE, approvals_needed=1)
    assert seen(response) == "closed"
    approve(response, play("press_officer"))
    assert seen(response) == "open"
    history = a_draft()
    type(history).objects.filter(pk=history.pk).update(origin="import")
    assert seen(a_sealed_release(history, imported=True, approvals_needed=0)) == "open"


@pytest.fixture
def two_roles_of_one_person() -> list[Membership]:
    """Two memberships of one person."""
    first = play("press_officer")
    return [first, a_membership(at="iopc", user=first.user)]


def test_one_person_at_two_organisations_is_one_person(
    two_roles_of_one_person: list[Membership],
) -> None:
    release = a_sealed_release()
    approve(release, two_roles_of_one_person[0])
    with pytest.raises(Exception, match="one_standing_approval_of_a_person"):
        approve(release, two_roles_of_one_person[1])
    assert seen(release) == "closed"
