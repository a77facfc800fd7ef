"""What a sealed notice lists, when what is announced by its instant changes after the seal."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.services.teams import add_to_team, remove_from_team, team_members
from accounts.services.walls import raise_wall
from audit.models import AuditEntry
from clock.london import LONDON
from complaints.services import withdrawal
from publication.events import PublicationEvent
from publication.live import lists_others, live_at
from publication.models import Release, ReleaseApproval, Report
from publication.services import holds, report
from publication.services.announcing import open_announcement
from publication.tasks import sweep
from tests.builders.accounts import signed_in_as
from tests.builders.announcements import a_sealed_announcement, approved
from tests.builders.complaints import an_eligible_complaint
from tests.builders.publication import (
    a_report_being_drafted,
    armed,
    prepared,
    sealed,
    signed_off,
)
from tests.builders.walked import as_made
from tests.cast import play
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db

NEED = "The press notice lists what is announced by then"
INSTANT = (timezone.now() + timedelta(days=3)).replace(second=0, microsecond=0)


def planned(found: Report) -> Report:
    """The report, its press notice for three days on."""
    return report.edit_notice(
        found,
        title=found.title,
        headline="",
        standfirst="",
        planned_for=f"{timezone.localtime(INSTANT, LONDON):%Y-%m-%d %H:%M %Z}",
        version=found.version,
        by=play("investigator"),
    )


@pytest.fixture(scope="module")
def made(shared_rows: None) -> tuple[Release, Release]:
    """A report sealed for three days on, and the announcement for tomorrow that it lists."""
    drafted = report.propose(planned(a_report_being_drafted()), by=play("investigator"))
    other = an_eligible_complaint()
    for member in team_members(drafted.complaint):
        add_to_team(other, member=member, by=play("hmicfrs_decision_maker"))
    announcement = approved(a_sealed_announcement(other))
    return sealed(signed_off(drafted)), announcement


@pytest.fixture
def release(made: tuple[Release, Release]) -> Release:
    return as_made(made[0])


@pytest.fixture
def announcement(made: tuple[Release, Release]) -> Release:
    return as_made(made[1])


def desk(release: Release) -> str:
    client = signed_in_as(Client(), play("press_officer"))
    page = client.get(reverse("publication:release", args=[release.reference]))
    return " ".join(page.content.decode().split())


def test_it_lists_what_is_approved_to_be_announced_before_it(
    release: Release, announcement: Release
) -> None:
    assert release.payload["notice_lists"] == [announcement.reference]
    prepared(release, INSTANT)
    assert f'{NEED}<div class="govuk-task-list__hint">no difference' in desk(release)


@pytest.mark.parametrize("barred", ["not on its team", "behind a wall"])
def test_nobody_reads_in_a_notice_of_a_case_that_not_all_of_them_may_open_yet(
    release: Release, announcement: Release, barred: str
) -> None:
    other, by = announcement.complaint, play("hmicfrs_decision_maker")
    if barred == "not on its team":
        remove_from_team(other, member=play("investigator"), by=by)
    else:
        who = play("iopc_decision_maker").user
        raise_wall(other, person=who, reason="A relative", by=play("administrator"))
    day = timezone.localtime(INSTANT, LONDON).date()
    made = live_at(day, other_than=release.complaint, publishes_at=INSTANT)
    assert made.announced == ()
    assert "1 will be announced by the time of publication" in made.warnings[-1]
    assert made.due == (other.reference,)
    assert "names 1 too many" in lists_others(prepared(release, INSTANT))


def test_what_is_announced_before_it_after_the_seal_is_a_need_not_met_and_bars_its_approval(
    release: Release,
) -> None:
    more = an_eligible_complaint(title="Searches that nobody wrote down")
    approved(a_sealed_announcement(more, title=more.title))
    with pytest.raises(ActRefusedError, match="lacks 1 and names 0 too many"):
        armed(release, INSTANT)
    said = desk(release)
    assert "lacks 1 and names 0 too many" in said
    assert more.reference not in said
    assert not release.approvals.exists()


def test_an_approval_that_passed_a_hold_unseen_is_void_within_a_minute(
    release: Release, announcement: Release
) -> None:
    release = armed(release, INSTANT)
    sweep()
    assert release.approvals.filter(voided_at=None).count() == 2
    holds.hold(announcement, reason="A court order", by=play("hmicfrs_decision_maker"))
    # As two acts leave it that were under way at once: neither saw the other.
    for name in ("iopc_decision_maker", "second_press_officer"):
        seal = {"root_sha256": release.root_sha256, "release_at": release.release_at}
        by = play(name)
        ReleaseApproval.objects.create(release=release, person=by.user, by=by, **seal)
    sweep()
    assert not release.approvals.filter(voided_at=None).exists()
    voided = AuditEntry.objects.get(event=PublicationEvent.RELEASE_APPROVALS_VOIDED)
    assert (voided.chain, voided.detail["approvals"]) == (release.complaint.key, 2)


@pytest.mark.parametrize("kept_back", ["held", "opened", "withdrawn"])
def test_an_announcement_kept_back_keeps_back_the_notice_that_lists_it(
    release: Release, announcement: Release, kept_back: str
) -> None:
    release = armed(release, INSTANT)
    by = play("hmicfrs_decision_maker")
    if kept_back == "held":
        holds.hold(announcement, reason="A court order", by=by)
    elif kept_back == "opened":
        open_announcement(announcement, reason="The title is wrong", by=by)
    else:
        withdrawal.withdraw(
            announcement.complaint, reason="It asks for it", asked_for_by_body=True, by=by
        )
    assert not release.approvals.filter(voided_at=None).exists()
    assert "lacks 0 and names 1 too many" in desk(release)
    with pytest.raises(ActRefusedError, match="names 1 too many"):
        armed(release, INSTANT)
