"""A decision of eligibility is announced: sealed, approved by two others, public at its instant."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEntry
from clock.london import london_day, london_today
from complaints.models import Complaint, Letter
from complaints.services import reconsidering, withdrawal
from complaints.services.letters import NOT_PUBLIC_YET
from publication.live import live_at
from publication.models import Release
from publication.services import holds
from publication.services.announcing import announcement_of, open_announcement, seal_announcement
from publication.services.release import approve
from publication.services.sealing import has_been_public
from tests.builders.accounts import signed_in_as
from tests.builders.announcements import a_sealed_announcement, announced, approved
from tests.builders.complaints import (
    a_not_eligible_complaint,
    a_submitted_complaint,
    an_eligible_complaint,
)
from tests.builders.publication import in_seconds
from tests.cast import play
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db
WALKED = (an_eligible_complaint,)
WORDS = "How files on crime victims are shared"
CHOSEN = "Other bodies have asked about the same feature."


@pytest.fixture
def eligible() -> Complaint:
    """A complaint that was found eligible."""
    return an_eligible_complaint()


def test_a_refusal_is_not_announced_without_a_recorded_reason_for_it() -> None:
    complaint = a_not_eligible_complaint()
    with pytest.raises(ActRefusedError, match="the reason for the choice is kept"):
        a_sealed_announcement(complaint, because="  ")
    assert announcement_of(complaint) is None
    a_sealed_announcement(complaint, because=CHOSEN)
    entry = AuditEntry.objects.get(event="announcement:sealed")
    assert entry.detail["because"] == CHOSEN


def test_the_database_refuses_a_refusal_announced_without_a_reason(eligible: Complaint) -> None:
    with (
        pytest.raises(IntegrityError, match="announcing_what_is_not_eligible_has_its_reason"),
        transaction.atomic(),
    ):
        Release.objects.create(
            kind="announcement", complaint=eligible, slug="x", payload={"eligible": False}
        )


def test_nothing_is_announced_before_there_is_a_decision() -> None:
    complaint = a_submitted_complaint()
    with pytest.raises(ActRefusedError, match="no decision of eligibility"):
        a_sealed_announcement(complaint)


def test_two_others_approve_it_and_never_who_sealed_it(eligible: Complaint) -> None:
    release = a_sealed_announcement(eligible)
    with pytest.raises(ActRefusedError, match="somebody else must approve"):
        approved(release, by=("hmicfrs_decision_maker",))
    approved(release, by=("iopc_decision_maker",))
    assert release.approvals.filter(voided_at=None).count() == 1
    assert not has_been_public(release)


def test_one_approval_does_not_make_it_public(eligible: Complaint) -> None:
    release = announced(a_sealed_announcement(eligible))
    assert has_been_public(release)
    first = release.approvals.earliest("pk")
    first.voided_at = timezone.now()
    first.save()
    assert not has_been_public(release)


def test_an_instant_that_has_passed_is_refused(eligible: Complaint) -> None:
    with pytest.raises(ActRefusedError, match="has passed"):
        a_sealed_announcement(eligible, at=in_seconds(-3600))


def test_a_second_announcement_of_one_case_is_refused(eligible: Complaint) -> None:
    a_sealed_announcement(eligible)
    with pytest.raises(ActRefusedError, match="sealed"):
        a_sealed_announcement(eligible)


@pytest.mark.parametrize("title", ["", "   ", "Hidden\u200bwords"])
def test_a_title_that_nobody_can_read_is_refused(eligible: Complaint, title: str) -> None:
    with pytest.raises(ActRefusedError, match=r"title"):
        a_sealed_announcement(eligible, title=title)


def test_an_announcement_names_no_case_that_is_not_public(eligible: Complaint) -> None:
    other = an_eligible_complaint(title="Another matter")
    with pytest.raises(ActRefusedError, match=f"{other.reference}, which is not public"):
        a_sealed_announcement(eligible, title=f"As {other.reference}")
    announced(a_sealed_announcement(other))
    assert a_sealed_announcement(eligible, title=f"As {other.reference}").is_sealed


def test_its_seal_is_opened_with_a_reason_and_its_approvals_are_void(eligible: Complaint) -> None:
    release = approved(a_sealed_announcement(eligible))
    with pytest.raises(ActRefusedError, match="Say why"):
        open_announcement(release, reason=" ", by=play("iopc_decision_maker"))
    open_announcement(release, reason="Another day", by=play("iopc_decision_maker"))
    assert announcement_of(eligible) is None
    assert not release.approvals.filter(voided_at=None).exists()
    assert AuditEntry.objects.filter(event="announcement:opened").count() == 1
    a_sealed_announcement(eligible, title="Another title")


def test_a_public_announcement_is_not_opened(eligible: Complaint) -> None:
    release = announced(a_sealed_announcement(eligible))
    with pytest.raises(ActRefusedError, match="is public"):
        open_announcement(release, reason="Too early", by=play("iopc_decision_maker"))


def test_why_it_was_chosen_is_frozen_with_the_seal() -> None:
    release = a_sealed_announcement(a_not_eligible_complaint(), because=CHOSEN)
    with pytest.raises(IntegrityError, match="What is sealed"), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(chosen_because="Another reason")


def test_a_decision_opened_again_takes_its_announcement_back(eligible: Complaint) -> None:
    release = approved(a_sealed_announcement(eligible))
    reconsidering.reopen(
        eligible,
        reason="A material fact",
        text="The decision is opened again, since a material fact came.",
        by=play("hmicfrs_decision_maker"),
    )
    release.refresh_from_db()
    assert not release.is_sealed
    assert not release.approvals.filter(voided_at=None).exists()


def test_a_case_that_is_withdrawn_is_not_announced(eligible: Complaint) -> None:
    release = approved(a_sealed_announcement(eligible))
    withdrawal.withdraw(
        eligible,
        reason="The body asks for it",
        asked_for_by_body=True,
        by=play("hmicfrs_decision_maker"),
    )
    release.refresh_from_db()
    assert not release.is_sealed
    with pytest.raises(ActRefusedError, match="no decision"):
        a_sealed_announcement(Complaint.objects.get(pk=eligible.pk))


def test_what_is_public_stays_so_when_the_decision_is_opened_again(eligible: Complaint) -> None:
    release = announced(a_sealed_announcement(eligible))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE complaints_complaint SET status = 'submitted' WHERE id = %s", [eligible.pk]
        )
    release.refresh_from_db()
    assert release.is_sealed
    assert has_been_public(release)


def test_a_hold_keeps_it_back_at_its_instant(eligible: Complaint) -> None:
    release = a_sealed_announcement(eligible)
    holds.hold(release, reason="A court order", by=play("iopc_decision_maker"))
    assert not has_been_public(announced(release))


@pytest.mark.parametrize("name", ["intake_officer", "submitter", "stranger", "investigator"])
def test_others_do_not_seal_it(eligible: Complaint, name: str) -> None:
    with pytest.raises(PermissionDenied):
        seal_announcement(eligible, title=WORDS, wall_time="2030-12-17 10:00", by=play(name))


def test_a_changed_seal_is_not_approved(eligible: Complaint) -> None:
    release = a_sealed_announcement(eligible)
    assert release.release_at is not None
    with pytest.raises(ActRefusedError, match="has changed"):
        approve(
            release,
            root_sha256="b" * 64,
            release_at=release.release_at,
            by=play("iopc_decision_maker"),
        )


def test_a_press_notice_lists_it_by_its_announced_title_once_it_is_public(
    eligible: Complaint,
) -> None:
    other, day = an_eligible_complaint(title="Another matter"), london_today()
    release = a_sealed_announcement(eligible)
    before = live_at(day + timedelta(days=1), other_than=other)
    assert before.announced == ()
    assert eligible.reference in before.warnings[0]
    announced(release)
    assert live_at(day + timedelta(days=1), other_than=other).announced == (WORDS,)


def test_a_press_notice_lists_what_is_approved_to_be_public_by_its_instant_and_nothing_later(
    eligible: Complaint,
) -> None:
    other = an_eligible_complaint(title="Another matter")
    release = a_sealed_announcement(eligible)
    at = release.release_at
    assert at is not None

    def listed(publishes_at: datetime) -> tuple[str, ...]:
        day = london_day(publishes_at)
        return live_at(day, other_than=other, publishes_at=publishes_at).announced

    assert listed(at) == ()
    approved(release)
    assert listed(at - timedelta(seconds=1)) == ()
    assert listed(at) == (WORDS,)
    holds.hold(release, reason="A court order", by=play("iopc_decision_maker"))
    assert listed(at) == ()


def test_the_body_has_its_letter_at_once_marked_as_not_public_yet(eligible: Complaint) -> None:
    letter = eligible.letters.get(kind=Letter.Kind.ELIGIBLE)
    assert letter.document is not None
    assert letter.document.context["marks"] == [NOT_PUBLIC_YET]
    client = signed_in_as(Client(), play("body_approver"))
    address = reverse("complaints:documents", args=[eligible.reference])
    assert "not public until the authorities announce it" in client.get(address).content.decode()
    release = a_sealed_announcement(eligible)
    assert "not public until" in client.get(address).content.decode()
    announced(release)
    assert "not public until" not in client.get(address).content.decode()
