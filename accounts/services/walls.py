"""Conflicts of interest: a wall between a person and a case beats every role and grant."""

from django.db import transaction
from django.utils import timezone

from accounts.errors import ActRefusedError
from accounts.events import AccountEvent
from accounts.models import Membership, User, Wall
from accounts.roles import Action
from accounts.services.teams import Case, check_may
from audit import chain
from audit.events import record


@transaction.atomic
def raise_wall(case: Case, *, person: User, reason: str, by: Membership) -> Wall:
    """Shut a person off from a case, from their next request, in all their memberships.

    Records: wall:raised. Raises: PermissionDenied; ActRefusedError when one stands already, or
    without a reason.
    """
    chain.lock(case.chain)
    check_may(by, Action.WALL_RAISE, case)
    _check_reason(reason)
    if _standing(case, person) is not None:
        raise ActRefusedError(f"A wall already stands between {person} and this case.")
    wall = Wall.objects.create(user=person, case_key=case.key, reason=reason, raised_by=by)
    record(
        AccountEvent.WALL_RAISED,
        subject=case,
        by=by,
        private={"person": person.name, "reason": reason},
        user=person.pk,
    )
    return wall


@transaction.atomic
def lift_wall(case: Case, *, person: User, reason: str, by: Membership) -> Wall:
    """Open a case to a person again, as far as their roles and grants reach.

    Records: wall:lifted. Raises: PermissionDenied, also to the walled person themselves;
    ActRefusedError when none stands, or without a reason.
    """
    chain.lock(case.chain)
    check_may(by, Action.WALL_RAISE, case)
    _check_reason(reason)
    wall = _standing(case, person)
    if wall is None:
        raise ActRefusedError(f"No wall stands between {person} and this case.")
    wall.lifted_at, wall.lifted_by, wall.lifted_reason = timezone.now(), by, reason
    wall.save(update_fields=["lifted_at", "lifted_by", "lifted_reason"])
    record(
        AccountEvent.WALL_LIFTED,
        subject=case,
        by=by,
        private={"person": person.name, "reason": reason},
        user=person.pk,
    )
    return wall


def _standing(case: Case, person: User) -> Wall | None:
    """The wall that stands between a person and a case."""
    return Wall.objects.filter(user=person, case_key=case.key, lifted_at=None).first()


def _check_reason(reason: str) -> None:
    """A wall is raised and lifted for a reason."""
    if not reason.strip():
        raise ActRefusedError("Enter the reason.")
