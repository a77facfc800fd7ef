"""Issuing: one obligation for each addressee, with its own due date and basis."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AddresseeGroup, Organisation
from audit.models import AuditEntry
from clock.calendar import calendar_days
from complaints.models import Complaint
from recommendations.law import COMMENTS_CALENDAR_DAYS
from recommendations.models import Obligation, Recommendation
from recommendations.services.drafting import Addressees, Deadline
from recommendations.services.issuing import issue
from recommendations.states import Basis, DeadlineKind, RecommendationStatus
from recommendations.workflow import RECOMMENDATION
from tests.builders.accounts import an_organisation, organisation
from tests.builders.investigations import an_open_investigation
from tests.builders.recommendations import a_recommendation
from tests.cast import play

pytestmark = pytest.mark.django_db
WALKED = (an_open_investigation,)

PUBLISHED_ON = date(2020, 12, 17)


@pytest.fixture
def complaint() -> Complaint:
    return an_open_investigation().complaint


@pytest.mark.parametrize(
    ("published_on", "last"),
    [
        (date(2020, 12, 17), date(2021, 2, 10)),
        (date(2021, 5, 26), date(2021, 7, 20)),
        (date(2021, 8, 24), date(2021, 10, 18)),
        (date(2022, 6, 30), date(2022, 8, 24)),
        (date(2022, 12, 16), date(2023, 2, 9)),
        (date(2023, 12, 15), date(2024, 2, 8)),
        (date(2024, 9, 27), date(2024, 11, 21)),
    ],
)
def test_fifty_six_days_begin_with_the_day_of_publication(published_on: date, last: date) -> None:
    """Law: Police Act 1996 s.55(5A)."""
    assert calendar_days(published_on, COMMENTS_CALENDAR_DAYS).due_on == last


def test_each_member_of_a_group_owes_its_own_answer(complaint: Complaint) -> None:
    chiefs = AddresseeGroup.objects.get(key="chief-constables")
    addressees = Addressees([organisation("norfolk"), organisation("ho")], [chiefs])
    a_recommendation(complaint, addressees=addressees)
    opened = issue(complaint, published_on=PUBLISHED_ON)
    assert len(opened) == 43 + 1
    assert {one.due_on for one in opened} == {date(2021, 2, 10)}
    assert {one.basis for one in opened} == {Basis.STATUTORY}


def test_a_member_that_is_gone_owes_nothing(complaint: Complaint) -> None:
    chiefs = AddresseeGroup.objects.get(key="chief-constables")
    Organisation.objects.filter(slug="kent").update(exists_until=PUBLISHED_ON - timedelta(days=1))
    a_recommendation(complaint, addressees=Addressees(groups=[chiefs]))
    opened = issue(complaint, published_on=PUBLISHED_ON)
    assert "kent" not in {one.addressee.slug for one in opened}
    assert len(opened) == 42


def test_whoever_took_the_place_of_two_members_owes_one_answer(complaint: Complaint) -> None:
    chiefs = AddresseeGroup.objects.get(key="chief-constables")
    merged = an_organisation(Organisation.Kind.FORCE)
    gone = Organisation.objects.filter(slug__in=["norfolk", "suffolk"])
    gone.update(exists_until=PUBLISHED_ON - timedelta(days=1), succeeded_by=merged)
    a_recommendation(complaint, addressees=Addressees(groups=[chiefs]))
    opened = issue(complaint, published_on=PUBLISHED_ON)
    assert len(opened) == 41 + 1
    assert [one.addressee for one in opened].count(merged) == 1


def test_whoever_took_the_place_of_an_addressee_owes_its_answer(complaint: Complaint) -> None:
    gone = Organisation.objects.filter(slug="norfolk")
    gone.update(exists_until=PUBLISHED_ON, succeeded_by=organisation("suffolk"))
    a_recommendation(complaint, addressees=Addressees([organisation("norfolk")]))
    a_recommendation(complaint, addressees=Addressees([organisation("norfolk")]))
    first = issue(complaint, published_on=PUBLISHED_ON)
    assert {one.addressee.slug for one in first} == {"norfolk"}
    gone.update(exists_until=PUBLISHED_ON - timedelta(days=1))
    Obligation.objects.all().delete()
    after = issue(complaint, published_on=PUBLISHED_ON)
    assert {one.addressee.slug for one in after} == {"suffolk"}


def test_two_that_are_said_to_have_succeeded_each_other_end_the_search(
    complaint: Complaint,
) -> None:
    before = PUBLISHED_ON - timedelta(days=1)
    for gone, by in (("norfolk", "suffolk"), ("suffolk", "norfolk")):
        ended = Organisation.objects.filter(slug=gone)
        ended.update(exists_until=before, succeeded_by=organisation(by))
    a_recommendation(complaint, addressees=Addressees([organisation("norfolk")]))
    assert len(issue(complaint, published_on=PUBLISHED_ON)) == 1


def test_issuing_again_changes_nothing(complaint: Complaint) -> None:
    drafted = a_recommendation(complaint)
    assert len(issue(complaint, published_on=PUBLISHED_ON)) == 1
    entries = AuditEntry.objects.count()
    assert issue(complaint, published_on=PUBLISHED_ON + timedelta(days=3)) == []
    assert AuditEntry.objects.count() == entries
    drafted.refresh_from_db()
    assert drafted.status == RecommendationStatus.ISSUED
    assert drafted.obligations.get().opened_on == PUBLISHED_ON


@pytest.mark.parametrize(
    ("deadline", "due_on", "condition", "law"),
    [
        (
            Deadline(DeadlineKind.DATE, Basis.SET_BY_REPORT, on=date(2021, 5, 1)),
            date(2021, 5, 1),
            "",
            "",
        ),
        (
            Deadline(DeadlineKind.CONDITION, Basis.REQUESTED, condition="After recommendation 2"),
            None,
            "After recommendation 2",
            "",
        ),
        (Deadline(), None, "", ""),
        (
            Deadline(DeadlineKind.PERIOD, Basis.STATUTORY, calendar_days=56),
            date(2021, 2, 10),
            "",
            "Police Act 1996 s.55(5A)",
        ),
    ],
)
def test_the_obligation_says_by_when_and_on_what_basis(
    complaint: Complaint, deadline: Deadline, due_on: date | None, condition: str, law: str
) -> None:
    a_recommendation(complaint, deadline=deadline)
    (opened,) = issue(complaint, published_on=PUBLISHED_ON)
    assert (opened.due_on, opened.condition, opened.law) == (due_on, condition, law)
    detail = AuditEntry.objects.get(event="obligation:opened").detail
    assert detail["due_on"] == (due_on.isoformat() if due_on else None)
    assert (detail["basis"], detail["addressee"]) == (opened.basis, "norfolk")
    assert detail["name"] == "Answer of Norfolk to recommendation 1"


def test_an_investigator_does_not_issue(complaint: Complaint) -> None:
    a_recommendation(complaint)
    with pytest.raises(PermissionDenied):
        issue(complaint, published_on=PUBLISHED_ON, by=play("investigator"))
    assert Recommendation.objects.get().status == RecommendationStatus.DRAFT


def test_the_service_takes_no_step_that_the_table_does_not_give_it(complaint: Complaint) -> None:
    assert [step.name for step in RECOMMENDATION if step.of_service] == ["issue"]
