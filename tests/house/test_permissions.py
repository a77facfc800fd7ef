"""The matrix is driven: every role, every action, every way of standing to a case.

What a cell ought to give is written here a second time, by scope and relation, and asked of the
real rows.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from guardian.shortcuts import assign_perm

from accounts.access import WORK_ON_CASE, allowed
from accounts.models import Membership, Wall
from accounts.roles import MATRIX, Action, Role, Scope
from accounts.services.teams import add_to_team
from complaints.models import Complaint
from tests.builders.accounts import a_membership, any_membership, organisation
from tests.builders.complaints import a_draft, a_registered_complaint
from tests.builders.joint import a_joint_draft, an_invitation
from tests.cast import play
from tests.house.machines import put_on_team

ALL, OWN, DECIDED = Scope.ALL, Scope.OWN_ORGANISATION, Scope.DECIDED
ASSIGNED, LED = Scope.ASSIGNED, Scope.LED


@dataclass(frozen=True)
class Relation:
    """A way of standing to a case, and the scopes that reach it so."""

    at: str
    case: Callable[[], Complaint]
    reached_by: frozenset[Scope]
    on_team: bool = False
    walled: bool = False


def theirs() -> Complaint:
    """A complaint that CWJ makes."""
    return a_registered_complaint(lead_body=organisation("cwj"))


def invited_to() -> Complaint:
    """A draft of CWJ that Hestia may join."""
    return an_invitation(a_draft()).complaint


RELATIONS = {
    "its organisation makes it": Relation("cwj", theirs, frozenset({ALL, OWN, LED})),
    "another body makes it": Relation("hestia", theirs, frozenset({ALL})),
    "its organisation drafts it": Relation("cwj", a_draft, frozenset({ALL, OWN, LED})),
    "its organisation joined it": Relation("hestia", a_joint_draft, frozenset({ALL, OWN})),
    "its organisation is invited to it": Relation("hestia", invited_to, frozenset({ALL})),
    "another body drafts it": Relation("hestia", a_draft, frozenset({ALL})),
    "a body drafts it, its authority would decide": Relation("iopc", a_draft, frozenset({ALL})),
    "its authority decides it": Relation("iopc", theirs, frozenset({ALL, DECIDED})),
    "it is on the case's team": Relation(
        "iopc", theirs, frozenset({ALL, DECIDED, ASSIGNED}), on_team=True
    ),
    "its authority decides in another regime": Relation("spcc", theirs, frozenset({ALL})),
    "its organisation is a force": Relation("norfolk", theirs, frozenset({ALL})),
    "a wall stands, though it is on the team": Relation(
        "iopc", theirs, frozenset(), on_team=True, walled=True
    ),
}


def stand(member: Membership, relation: Relation, case: Complaint) -> None:
    """Put a membership where the relation says."""
    if relation.on_team:
        put_on_team(member, case)
    if relation.walled:
        Wall.objects.create(
            user=member.user, case_key=case.key, reason="Trial.", raised_by=play("administrator")
        )


@pytest.mark.django_db
@pytest.mark.parametrize("relation", RELATIONS.values(), ids=RELATIONS)
def test_each_cell_of_the_matrix_reaches_what_its_scope_says(relation: Relation) -> None:
    case, wrong = relation.case(), []
    for role in Role:
        member = any_membership(role, at=relation.at)
        stand(member, relation, case)
        together = allowed(member, Action, case)
        for action in Action:
            scope = MATRIX[role].get(action, Scope.NONE)
            reached = Complaint.objects.for_action(member, action).filter(pk=case.pk).exists()
            if {reached, action in together} != {scope in relation.reached_by}:
                wrong.append(f"{role.label}: {action} ({scope.value})")
    assert wrong == []


@pytest.mark.django_db
def test_roles_of_one_membership_are_joined_and_those_of_another_never() -> None:
    case = theirs()
    joined = a_membership(Role.INVESTIGATOR, Role.DECISION_MAKER, at="iopc")
    also = a_membership(Role.RESPONDER, at="norfolk", user=joined.user)
    for_finding = Complaint.objects.for_action(joined, Action.FINDING_AGREE)
    assert for_finding.filter(pk=case.pk).exists()
    assert not Complaint.objects.visible_to(also).filter(pk=case.pk).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["ended", "deactivated", "nobody"])
def test_who_has_ended_reaches_nothing(ending: str) -> None:
    case = theirs()
    member: Membership | None = play("iopc_decision_maker")
    assert member is not None
    assert Complaint.objects.visible_to(member).filter(pk=case.pk).exists()
    if ending == "ended":
        member.ended_at = member.began_at
    elif ending == "deactivated":
        member.user.is_active = False
    else:
        member = None
    assert not Complaint.objects.visible_to(member).exists()


@pytest.mark.django_db
def test_no_permission_of_a_user_or_superuser_reaches_a_case() -> None:
    case, member = theirs(), play("unassigned_investigator")
    assign_perm(WORK_ON_CASE, member.user, case)
    member.user.is_superuser = True
    member.user.save()
    assert not Complaint.objects.visible_to(member).exists()
    add_to_team(case, member=member, by=play("hmicfrs_decision_maker"))
    assert Complaint.objects.visible_to(member).get() == case


def test_every_action_belongs_to_somebody() -> None:
    given = {action for cells in MATRIX.values() for action in cells}
    assert set(Action) - given == set()
    assert set(MATRIX) == set(Role)


def test_actions_are_named_alphabetically_by_what_and_how() -> None:
    names = [str(action) for action in Action]
    assert names == sorted(names)
    assert all(name.count(":") == 1 for name in names)
