"""Recommendations and own actions while they are drafted."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from accounts.models import AddresseeGroup
from audit.models import AuditEntry
from complaints.models import Complaint
from drafting.errors import VersionConflictError
from recommendations.models import OwnAction, Recommendation
from recommendations.services import drafting, issuing
from recommendations.services.drafting import Addressees, Deadline
from recommendations.states import Basis, DeadlineKind
from tests.builders.accounts import organisation
from tests.builders.investigations import an_agreed_finding, an_open_investigation
from tests.builders.recommendations import FIFTY_SIX_DAYS, a_recommendation
from tests.cast import play
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db
WALKED = (an_open_investigation,)


@pytest.fixture
def complaint() -> Complaint:
    return an_open_investigation().complaint


def test_recommendations_are_numbered_in_order(complaint: Complaint) -> None:
    assert [a_recommendation(complaint).number for _turn in range(2)] == ["1", "2"]


def test_a_recommendation_rests_on_findings_of_its_own_case(complaint: Complaint) -> None:
    with pytest.raises(ActRefusedError, match="another super-complaint"):
        a_recommendation(complaint, findings=[an_agreed_finding()])


@pytest.mark.parametrize(
    ("deadline", "told"),
    [
        (Deadline(DeadlineKind.DATE, Basis.SET_BY_REPORT), "by a date"),
        (Deadline(DeadlineKind.PERIOD, Basis.STATUTORY), "calendar days"),
        (Deadline(DeadlineKind.CONDITION, Basis.REQUESTED, condition=" "), "on a condition"),
        (Deadline(DeadlineKind.DATE, on=date(2027, 1, 1)), "based on"),
        (Deadline(DeadlineKind.DATE, Basis.STATUTORY, on=date(2027, 1, 1)), "one deadline only"),
        (Deadline(DeadlineKind.PERIOD, Basis.STATUTORY, calendar_days=28), "56 calendar days"),
    ],
)
def test_a_deadline_is_complete_and_has_a_basis(
    complaint: Complaint, deadline: Deadline, told: str
) -> None:
    with pytest.raises(ActRefusedError, match=told):
        a_recommendation(complaint, deadline=deadline)


def test_the_database_takes_no_date_or_condition_for_one_that_a_law_sets(
    complaint: Complaint,
) -> None:
    drafted = Recommendation.objects.filter(pk=a_recommendation(complaint).pk)
    with pytest.raises(IntegrityError, match="only_a_period_is_statutory"):
        drafted.update(deadline_kind=DeadlineKind.DATE, deadline_on=date(2027, 1, 1))


def test_a_deadline_keeps_what_its_kind_needs_and_no_more(complaint: Complaint) -> None:
    both = Deadline(DeadlineKind.DATE, Basis.REQUESTED, on=date(2027, 1, 1), calendar_days=56)
    drafted = a_recommendation(complaint, deadline=both)
    assert (drafted.deadline_on, drafted.deadline_calendar_days) == (date(2027, 1, 1), None)


def test_a_recommendation_has_an_addressee(complaint: Complaint) -> None:
    with pytest.raises(ActRefusedError, match="at least one addressee"):
        a_recommendation(complaint, addressees=Addressees())


def test_a_change_carries_the_version_it_was_made_on(complaint: Complaint) -> None:
    drafted = a_recommendation(complaint)
    said: dict[str, Any] = {
        "applies_to": "",
        "addressees": Addressees(groups=[AddresseeGroup.objects.get(key="chief-constables")]),
        "deadline": Deadline(),
        "findings": [],
        "version": drafted.version,
        "by": play("investigator"),
    }
    changed = drafting.change_recommendation(drafted, wording="Stop sharing.", **said)
    assert (changed.wording, changed.deadline_basis) == ("Stop sharing.", "")
    assert changed.addressees.get().group is not None
    with pytest.raises(VersionConflictError):
        drafting.change_recommendation(drafted, wording="Share more.", **said)


def test_what_was_issued_is_not_reworded(complaint: Complaint) -> None:
    drafted = a_recommendation(complaint)
    issuing.issue(complaint, published_on=date(2027, 1, 4))
    with pytest.raises(ActRefusedError, match="was issued"):
        drafting.change_recommendation(
            drafted,
            wording="Other",
            applies_to="",
            addressees=Addressees([organisation("norfolk")]),
            deadline=FIFTY_SIX_DAYS,
            findings=[],
            version=drafted.version,
            by=play("investigator"),
        )


def test_an_own_action_belongs_to_an_authority(complaint: Complaint) -> None:
    drafted = drafting.draft_action(
        complaint,
        authority=organisation("college"),
        text="We will write guidance.",
        by=play("investigator"),
    )
    assert drafted.number == "1"
    changed = drafting.change_action(
        drafted,
        authority=organisation("college"),
        text="We will write guidance by spring.",
        version=drafted.version,
        by=play("investigator"),
    )
    assert changed.text.endswith("by spring.")
    with pytest.raises(ActRefusedError, match="not one of the authorities"):
        drafting.draft_action(
            complaint, authority=organisation("norfolk"), text="x", by=play("investigator")
        )


def test_nobody_outside_the_team_drafts(complaint: Complaint) -> None:
    for outsider in ("unassigned_investigator", "submitter", "stranger"):
        with pytest.raises(PermissionDenied):
            a_recommendation(complaint, by=play(outsider))


def test_a_dropped_draft_leaves_no_gap(complaint: Complaint) -> None:
    first, second, third = [a_recommendation(complaint) for _turn in range(3)]
    drafting.drop_recommendation(second, reason="It repeats 1.", by=play("investigator"))
    left = Recommendation.objects.filter(complaint=complaint)
    assert [(row.pk, row.number, row.order) for row in left] == [
        (first.pk, "1", 1),
        (third.pk, "2", 2),
    ]
    assert AuditEntry.objects.filter(event="recommendation:dropped").count() == 1


def test_what_was_issued_is_not_dropped(complaint: Complaint) -> None:
    drafted = a_recommendation(complaint)
    issuing.issue(complaint, published_on=date(2027, 1, 4))
    with pytest.raises(ActRefusedError, match="was issued"):
        drafting.drop_recommendation(drafted, reason="Wrong.", by=play("investigator"))


def test_an_own_action_is_dropped_with_a_reason(complaint: Complaint) -> None:
    drafted = drafting.draft_action(
        complaint, authority=organisation("iopc"), text="Look.", by=play("investigator")
    )
    with pytest.raises(ActRefusedError, match="Say why"):
        drafting.drop_action(drafted, reason="", by=play("investigator"))
    drafting.drop_action(drafted, reason="Done already.", by=play("investigator"))
    assert not OwnAction.objects.filter(complaint=complaint).exists()
