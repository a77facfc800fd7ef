"""Who works on a case, and who is walled off from it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from guardian.models import GroupObjectPermissionBase

from accounts.errors import ActRefusedError
from accounts.models import CaseTeam, Membership, Regime, Wall
from accounts.roles import Action, Role
from accounts.services.teams import add_to_team, can_join_teams, remove_from_team, team_members
from accounts.services.walls import lift_wall, raise_wall
from audit.models import AuditEntry
from complaints.models import Complaint, ComplaintGroupObjectPermission
from complaints.states import Origin
from tests.builders.accounts import a_membership, organisation

pytestmark = pytest.mark.django_db

REASON = "Worked for the body until last year."


@pytest.fixture
def case() -> Complaint:
    """A letter that the intake officer has begun to register."""
    return Complaint.objects.create(
        regime=Regime.objects.get(key="police"),
        lead_body=organisation("cwj"),
        origin=Origin.LETTER,
    )


@pytest.fixture
def chief(decision_makers: dict[str, Membership]) -> Membership:
    """A decision-maker, who may change the team."""
    return decision_makers["hmicfrs"]


def sees(member: Membership, case: Complaint) -> bool:
    return Complaint.objects.visible_to(member).filter(pk=case.pk).exists()


def test_an_investigator_sees_a_case_from_joining_its_team_until_leaving_it(
    case: Complaint, chief: Membership, investigator: Membership
) -> None:
    assert not sees(investigator, case)
    add_to_team(case, member=investigator, by=chief)
    assert sees(investigator, case)
    remove_from_team(case, member=investigator, by=chief)
    assert not sees(investigator, case)


def test_a_colleague_outside_the_team_sees_nothing(
    case: Complaint,
    chief: Membership,
    investigator: Membership,
    unassigned_investigator: Membership,
) -> None:
    add_to_team(case, member=investigator, by=chief)
    assert not sees(unassigned_investigator, case)


def test_a_place_on_a_team_counts_at_its_organisation_only(
    case: Complaint, chief: Membership, investigator: Membership
) -> None:
    elsewhere = a_membership(Role.INVESTIGATOR, at="iopc", user=investigator.user)
    add_to_team(case, member=investigator, by=chief)
    assert not sees(elsewhere, case)


def test_a_place_on_a_team_is_worth_nothing_without_the_grant(
    case: Complaint, chief: Membership, investigator: Membership
) -> None:
    add_to_team(case, member=investigator, by=chief)
    ComplaintGroupObjectPermission.objects.all().delete()
    assert CaseTeam.objects.filter(group__user=investigator.user).exists()
    assert not sees(investigator, case)


def test_a_grant_is_worth_nothing_without_a_place_on_the_team(
    case: Complaint, chief: Membership, investigator: Membership
) -> None:
    team = add_to_team(case, member=investigator, by=chief)
    team.group.user_set.clear()
    grants: type[GroupObjectPermissionBase] = ComplaintGroupObjectPermission
    assert grants.objects.filter(group=team.group).exists()
    assert not sees(investigator, case)


def test_joining_twice_is_joining_once(
    case: Complaint, chief: Membership, investigator: Membership
) -> None:
    add_to_team(case, member=investigator, by=chief)
    add_to_team(case, member=investigator, by=chief)
    assert AuditEntry.objects.of_chain(case.chain).filter(event="team:joined").count() == 1
    assert list(team_members(case)) == [investigator]


def test_each_organisation_has_a_team_of_its_own(
    case: Complaint, chief: Membership, investigator: Membership
) -> None:
    from_iopc = a_membership(Role.INVESTIGATOR, at="iopc")
    add_to_team(case, member=investigator, by=chief)
    add_to_team(case, member=from_iopc, by=chief)
    assert set(team_members(case)) == {investigator, from_iopc}
    remove_from_team(case, member=from_iopc, by=chief)
    assert sees(investigator, case)
    assert not sees(from_iopc, case)


def test_only_those_join_to_whom_a_team_means_something(
    case: Complaint, chief: Membership, submitter: Membership, press_officer: Membership
) -> None:
    with pytest.raises(ActRefusedError, match="has no role"):
        add_to_team(case, member=submitter, by=chief)
    assert press_officer in can_join_teams()
    assert submitter not in can_join_teams()


def test_an_investigator_may_not_change_the_team(
    case: Complaint, chief: Membership, investigator: Membership, press_officer: Membership
) -> None:
    add_to_team(case, member=investigator, by=chief)
    with pytest.raises(PermissionDenied):
        add_to_team(case, member=press_officer, by=investigator)
    with pytest.raises(PermissionDenied):
        remove_from_team(case, member=investigator, by=investigator)


def test_who_is_not_on_the_team_can_not_leave_it(
    case: Complaint, chief: Membership, investigator: Membership
) -> None:
    with pytest.raises(ActRefusedError, match="not on the team"):
        remove_from_team(case, member=investigator, by=chief)


def test_a_wall_beats_the_grant_and_the_role_of_every_membership(
    case: Complaint, chief: Membership, investigator: Membership, administrator: Membership
) -> None:
    deciding_elsewhere = a_membership(Role.DECISION_MAKER, at="iopc", user=investigator.user)
    add_to_team(case, member=investigator, by=chief)
    raise_wall(case, person=investigator.user, reason=REASON, by=administrator)
    assert not sees(investigator, case)
    assert not sees(deciding_elsewhere, case)
    assert not Complaint.objects.for_action(investigator, Action.COMPLAINT_READ).exists()


def test_a_lifted_wall_gives_back_what_the_grant_gave(
    case: Complaint, chief: Membership, investigator: Membership, administrator: Membership
) -> None:
    add_to_team(case, member=investigator, by=chief)
    raise_wall(case, person=investigator.user, reason=REASON, by=administrator)
    lift_wall(case, person=investigator.user, reason="Raised in error.", by=administrator)
    assert sees(investigator, case)


def test_a_walled_person_can_not_join_the_team(
    case: Complaint, chief: Membership, investigator: Membership, administrator: Membership
) -> None:
    raise_wall(case, person=investigator.user, reason=REASON, by=administrator)
    with pytest.raises(ActRefusedError, match="A wall stands"):
        add_to_team(case, member=investigator, by=chief)


def test_a_walled_administrator_can_not_lift_their_own_wall(
    case: Complaint, administrator: Membership, second_administrator: Membership
) -> None:
    raise_wall(case, person=administrator.user, reason=REASON, by=second_administrator)
    with pytest.raises(PermissionDenied):
        lift_wall(case, person=administrator.user, reason="No matter.", by=administrator)


def test_only_an_administrator_raises_a_wall(
    case: Complaint, chief: Membership, investigator: Membership
) -> None:
    with pytest.raises(PermissionDenied):
        raise_wall(case, person=investigator.user, reason=REASON, by=chief)


def test_a_wall_is_raised_once_and_lifted_once_each_with_a_reason(
    case: Complaint, investigator: Membership, administrator: Membership
) -> None:
    person = investigator.user
    with pytest.raises(ActRefusedError, match="No wall stands"):
        lift_wall(case, person=person, reason=REASON, by=administrator)
    with pytest.raises(ActRefusedError, match="Enter the reason"):
        raise_wall(case, person=person, reason=" ", by=administrator)
    raise_wall(case, person=person, reason=REASON, by=administrator)
    with pytest.raises(ActRefusedError, match="already stands"):
        raise_wall(case, person=person, reason=REASON, by=administrator)


def test_the_database_refuses_a_wall_lifted_without_a_name_and_reason(
    case: Complaint, investigator: Membership, administrator: Membership
) -> None:
    wall = raise_wall(case, person=investigator.user, reason=REASON, by=administrator)
    with pytest.raises(IntegrityError, match="a_lifted_wall_says"), transaction.atomic():
        Wall.objects.filter(pk=wall.pk).update(lifted_at=timezone.now())


def test_the_record_of_a_wall_keeps_name_and_reason_beside_the_chain(
    case: Complaint, investigator: Membership, administrator: Membership
) -> None:
    raise_wall(case, person=investigator.user, reason=REASON, by=administrator)
    entry = AuditEntry.objects.of_chain(case.chain).get(event="wall:raised")
    assert investigator.user.name not in str(entry.detail)
    assert REASON not in str(entry.detail)
    assert entry.private.content["reason"] == REASON
