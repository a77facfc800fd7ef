"""From the seal to the public: the instant, two approvals, brakes, and what follows once."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from audit.chain import HOUSE
from audit.models import AuditEntry
from clock.london import LONDON
from publication.events import PublicationEvent as Event
from publication.london import WallTimeError
from publication.models import AfterWork, Release, ReleaseHold, ReleaseStanding, ReportSection
from publication.published import released_at
from publication.services import corrections, holds, sealing
from publication.services import release as verbs
from publication.services.after import due, follow_up
from publication.services.release import CHANGED
from publication.states import ReportStatus
from publication.tasks import sweep
from recommendations.models import Obligation
from tests.builders.publication import (
    a_sealed_release,
    a_sealed_report,
    approve,
    armed,
    in_seconds,
    made_public,
    prepared,
)
from tests.builders.walked import as_made
from tests.cast import play
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(shared_rows: None) -> Release:
    """A sealed report's release, made once."""
    return a_sealed_report()


@pytest.fixture
def sealed(made: Release) -> Release:
    """A sealed report's release."""
    return as_made(made)


def events(event: Event, chain: str | None = None) -> int:
    entries = AuditEntry.objects.filter(event=str(event))
    return entries.filter(chain=chain).count() if chain else entries.count()


def test_another_instant_voids_both_approvals(sealed: Release) -> None:
    release = armed(sealed)
    assert release.approvals.filter(voided_at=None).count() == 2
    prepared(release, in_seconds(2 * 86400))
    assert not release.approvals.filter(voided_at=None).exists()
    assert events(Event.RELEASE_APPROVALS_VOIDED) == 1


def test_the_same_instant_set_again_changes_nothing(sealed: Release) -> None:
    release = armed(sealed)
    verbs.prepare(release, wall_time=release.wall_time, by=play("press_officer"))
    assert release.approvals.filter(voided_at=None).count() == 2


def test_a_time_that_a_colleague_set_meanwhile_is_not_written_over(sealed: Release) -> None:
    seen, first = verbs.standing_of(sealed), prepared(sealed)
    later: dict[str, Any] = {
        "wall_time": "2030-12-17 10:00",
        "way": "By hand",
        "by": play("press_officer"),
    }
    with pytest.raises(ActRefusedError, match="Somebody else has changed the time"):
        verbs.prepare(first, seen=seen, **later)
    assert Release.objects.get(pk=sealed.pk).release_at == first.release_at
    verbs.prepare(first, seen=verbs.standing_of(first), **later)


@pytest.mark.parametrize(
    ("wall_time", "says"),
    [
        ("2020-12-17 10:00", "has passed"),
        ("2027-03-28 01:30", "does not exist"),
        ("2027-10-31 01:30", "happens twice"),
    ],
)
def test_a_time_that_cannot_be_meant_is_refused(sealed: Release, wall_time: str, says: str) -> None:
    with pytest.raises((ActRefusedError, WallTimeError), match=says):
        verbs.prepare(sealed, wall_time=wall_time, by=play("press_officer"))


def test_an_approval_of_what_has_changed_since_is_refused(sealed: Release) -> None:
    release = prepared(sealed)
    assert release.release_at
    for root, at in [
        ("c" * 64, release.release_at),
        (release.root_sha256, release.release_at + timedelta(minutes=1)),
    ]:
        with pytest.raises(ActRefusedError, match=CHANGED):
            verbs.approve(release, root_sha256=root, release_at=at, by=play("press_officer"))


def test_one_person_who_approves_twice_counts_once(sealed: Release) -> None:
    release = prepared(sealed)
    for _ in range(2):
        verbs.approve(
            release,
            root_sha256=release.root_sha256,
            release_at=release.release_at,  # type: ignore[arg-type]
            by=play("press_officer"),
        )
    assert release.approvals.count() == 1
    assert not ReleaseStanding.objects.get(release_id=release.pk).approved


def test_nobody_approves_without_a_way_to_the_body_or_the_right_to(sealed: Release) -> None:
    there = timezone.localtime(in_seconds(86400), LONDON)
    wall_time = f"{there:%Y-%m-%d %H:%M}"
    release = verbs.prepare(sealed, wall_time=wall_time, by=play("press_officer"))
    given = {"root_sha256": release.root_sha256, "release_at": release.release_at}
    with pytest.raises(ActRefusedError, match="how the report will be sent"):
        verbs.approve(release, by=play("press_officer"), **given)  # type: ignore[arg-type]
    for name in ("investigator", "lead_investigator", "stranger"):
        with pytest.raises(PermissionDenied):
            verbs.approve(release, by=play(name), **given)  # type: ignore[arg-type]


def test_a_notice_that_states_its_time_is_released_at_that_time(sealed: Release) -> None:
    release = a_sealed_release(
        sealed.complaint,
        payload={"planned_for": "2030-12-17 10:00"},
        release_at=None,
        wall_time="",
    )
    with pytest.raises(ActRefusedError, match="says 10:00 GMT on Tuesday 17 December 2030"):
        verbs.prepare(release, wall_time="2030-12-17 11:00", by=play("press_officer"))
    set_ = verbs.prepare(release, wall_time="2030-12-17 10:00", by=play("press_officer"))
    assert set_.release_at is not None


def test_a_hold_is_recorded_in_house_and_lifted_by_two(sealed: Release) -> None:
    placed = holds.hold(sealed, reason="A name.", by=play("press_officer"))
    assert ReleaseStanding.objects.get(release_id=sealed.pk).held
    assert events(Event.RELEASE_HELD, HOUSE) == 1
    holds.lift(placed, by=play("press_officer"))
    with pytest.raises(ActRefusedError, match="Somebody else must lift it"):
        holds.lift(placed, by=play("press_officer"))
    assert ReleaseStanding.objects.get(release_id=sealed.pk).held
    holds.lift(placed, by=play("second_press_officer"))
    assert not ReleaseStanding.objects.get(release_id=sealed.pk).held


def test_the_command_and_the_sql_line_hold_and_are_recorded(sealed: Release) -> None:
    said, by = StringIO(), play("press_officer")
    how = ("--reason", "A name.", "--by", by.user.email.upper())
    call_command("hold_release", sealed.reference, *how, stdout=said)
    assert "Held: 1." in said.getvalue()
    entry = AuditEntry.objects.filter(chain=HOUSE, event=Event.RELEASE_HELD).get()
    assert entry.by_user_id == by.user_id
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT hold_release('{sealed.reference}', 'Another name')")
    sweep()
    sweep()
    assert ReleaseHold.objects.filter(recorded_at=None).count() == 0
    assert events(Event.RELEASE_HELD, HOUSE) == 2
    with pytest.raises(CommandError, match="Nothing of SC-1999-001 has a seal"):
        call_command("hold_release", "SC-1999-001", *how)
    with pytest.raises(CommandError, match=r"Nobody in this service has the address who@where"):
        call_command("hold_release", sealed.reference, "--reason", "A name.", "--by", "who@where")


def test_after_work_is_done_exactly_once_and_counts_from_the_london_day(sealed: Release) -> None:
    release = made_public(sealed)
    assert due() == [release.pk]
    sweep()
    assert not follow_up(release.pk)
    sweep()
    assert AfterWork.objects.filter(release=release).count() == 1
    assert events(Event.RELEASED) == 1
    owed = Obligation.objects.get(recommendation__complaint=release.complaint)
    assert release.release_at
    day = release.release_at.astimezone(LONDON).date()
    assert owed.opened_on == day
    assert owed.due_on == day + timedelta(days=55)
    release.refresh_from_db()
    assert release.latched_at is not None
    assert released_at(release.complaint_id) == release.release_at


def test_nothing_follows_a_release_that_is_not_public(sealed: Release) -> None:
    release = armed(sealed)
    assert due() == []
    assert not follow_up(release.pk)
    assert released_at(release.complaint_id) is None
    assert not Obligation.objects.exists()


def test_what_was_never_public_is_held_and_not_suspended(sealed: Release) -> None:
    with pytest.raises(ActRefusedError, match="Hold it instead"):
        corrections.suspend(sealed, reason="A mistake.", by=play("press_officer"))


def test_a_public_report_is_suspended_by_one_and_withdrawn_by_two(sealed: Release) -> None:
    release = made_public(sealed)
    placed = corrections.suspend(release, reason="A mistake.", by=play("press_officer"))
    standing = ReleaseStanding.objects.filter(release_id=release.pk)
    assert standing.get().state == "suspended"
    for name in ("press_officer", "iopc_decision_maker"):
        holds.lift(placed, by=play(name))
    assert standing.get().state == "open"
    corrections.withdraw(release, reason="It named somebody.", by=play("press_officer"))
    with pytest.raises(ActRefusedError, match="Somebody else must confirm"):
        corrections.withdraw(release, reason="", by=play("press_officer"))
    corrections.withdraw(release, reason="", by=play("iopc_decision_maker"))
    assert standing.get().state == "withdrawn"


def test_a_public_report_is_not_unsealed_or_given_another_instant(sealed: Release) -> None:
    release = made_public(sealed)
    assert release.report
    with pytest.raises(ActRefusedError, match="Correct or withdraw it"):
        sealing.unseal(release.report, reason="A name.", by=play("lead_investigator"))
    with pytest.raises(ActRefusedError, match="public already"):
        prepared(release)


def test_a_correction_is_a_new_report_with_the_old_text(sealed: Release) -> None:
    release = made_public(sealed)
    note = "A figure was wrong."
    corrected = corrections.correct(release, note=note, by=play("press_officer"))
    assert corrected.edition_number == 2
    assert corrected.status == ReportStatus.DRAFTING
    texts = ReportSection.objects.order_by("order")
    assert list(texts.filter(report=corrected).values_list("text")) == list(
        texts.filter(report__releases=release).values_list("text")
    )
    with pytest.raises(ActRefusedError, match="under way already"):
        corrections.correct(release, note=note, by=play("press_officer"))


def test_the_last_editor_is_named_on_the_seal_and_may_not_approve(sealed: Release) -> None:
    assert sealed.last_editor == play("investigator").user
    editor = play("second_press_officer")
    mine = a_sealed_release(sealed.complaint, last_editor=editor.user, release_at=in_seconds(600))
    with pytest.raises(ActRefusedError, match="somebody else must approve"):
        verbs.approve(
            mine,
            root_sha256=mine.root_sha256,
            release_at=mine.release_at,  # type: ignore[arg-type]
            by=editor,
        )
    approve(mine, play("press_officer"))
