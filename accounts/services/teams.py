"""Who works on a case: each organisation has its own team, to whose group the case is granted."""

from typing import Protocol, cast

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from guardian.shortcuts import assign_perm, remove_perm

from accounts.access import WORK_ON_CASE, may
from accounts.errors import ActRefusedError
from accounts.events import AccountEvent
from accounts.models import CaseTeam, Membership, MembershipQuerySet, Wall
from accounts.roles import MATRIX, Action, Role, Scope
from audit import chain
from audit.events import record


class Case(Protocol):
    """What a team works on: it has a key that never changes, and a chain in the record."""

    pk: int

    @property
    def key(self) -> str: ...

    @property
    def chain(self) -> str: ...


@transaction.atomic
def add_to_team(case: Case, *, member: Membership, by: Membership) -> CaseTeam:
    """Put a person on their organisation's team for a case, and grant the case to that team.

    Records: team:joined. Raises: PermissionDenied unless `by` may change the case's team;
    ActRefusedError when the person's roles can't use it, or a wall stands.
    """
    chain.lock(case.chain)
    check_may(by, Action.TEAM_CHANGE, case)
    _check_can_join(case, member)
    team = _team(case, member)
    if team.group.user_set.filter(pk=member.user_id).exists():
        return team
    team.group.user_set.add(member.user)
    assign_perm(WORK_ON_CASE, team.group, cast(models.Model, case))
    record(
        AccountEvent.TEAM_JOINED,
        subject=case,
        by=by,
        private={"person": member.user.name},
        membership=member.pk,
        organisation=member.organisation.name,
    )
    return team


@transaction.atomic
def remove_from_team(case: Case, *, member: Membership, by: Membership) -> None:
    """Take a person off a case's team; with the last one, the grant goes too.

    Records: team:left. Raises: PermissionDenied unless `by` may change the case's team;
    ActRefusedError when the person is not on it.
    """
    chain.lock(case.chain)
    check_may(by, Action.TEAM_CHANGE, case)
    team = CaseTeam.objects.filter(
        case_key=case.key, organisation=member.organisation, group__user=member.user
    ).first()
    if team is None:
        raise ActRefusedError(f"{member} is not on the team for this case.")
    team.group.user_set.remove(member.user)
    if not team.group.user_set.exists():
        remove_perm(WORK_ON_CASE, team.group, cast(models.Model, case))
    record(
        AccountEvent.TEAM_LEFT,
        subject=case,
        by=by,
        private={"person": member.user.name},
        membership=member.pk,
        organisation=member.organisation.name,
    )


def team_members(case: Case) -> models.QuerySet[Membership]:
    """The memberships on a case's teams, by organisation; each sees the case as that one only."""
    teams = CaseTeam.objects.filter(case_key=case.key, organisation=models.OuterRef("organisation"))
    return (
        Membership.objects.current()
        .filter(models.Exists(teams.filter(group__user=models.OuterRef("user"))))
        .select_related("user", "organisation")
    )


def can_join_teams() -> MembershipQuerySet:
    """The memberships whose roles mean something on a team: the choices of a form."""
    roles = [role.value for role in Role if Scope.ASSIGNED in MATRIX[role].values()]
    standing = Membership.objects.current().filter(roles__overlap=roles)
    return standing.select_related("user", "organisation")


def check_may(by: Membership, action: Action, case: Case) -> None:
    """Ask wall, matrix and grant of a case.

    Raises: PermissionDenied.
    """
    if not may(by, action, case):
        raise PermissionDenied(f"{by} may not {action}.")


def _check_can_join(case: Case, member: Membership) -> None:
    """Refuse whom a place on the team would give nothing, or may give nothing."""
    if not can_join_teams().filter(pk=member.pk).exists():
        raise ActRefusedError(
            f"{member} has no role that works on a case team. Give them one, or choose another."
        )
    if Wall.objects.filter(user=member.user, case_key=case.key, lifted_at=None).exists():
        raise ActRefusedError(f"A wall stands between {member} and this case. Choose another.")


def _team(case: Case, member: Membership) -> CaseTeam:
    """The team of a member's organisation on a case, with its group."""
    team = CaseTeam.objects.filter(case_key=case.key, organisation=member.organisation).first()
    if team is None:
        group = Group.objects.create(name=f"{member.organisation.slug} on {case.key}")
        team = CaseTeam.objects.create(
            case_key=case.key, organisation=member.organisation, group=group
        )
    return team
