"""People and their memberships: changing roles, leaving, being shut out, a lost second factor."""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.access import scopes
from accounts.errors import ActRefusedError
from accounts.events import AccountEvent
from accounts.models import Membership, Organisation, SecondFactorReset, User
from accounts.roles import ROLES_AT, Action, Role
from audit.events import record


@transaction.atomic
def change_roles(
    membership: Membership,
    *,
    roles: list[Role],
    before: list[str] | None = None,
    by: Membership,
) -> Membership:
    """Give a membership other roles than it has, from its next request.

    Args: `before` are the roles that one saw; None where nobody looked.
    Records: membership:roles_changed. Raises: PermissionDenied; ActRefusedError for one's own
    membership, one that has ended, no role at all, roles that the organisation does not have, or
    roles that somebody changed meanwhile.
    """
    check_administers(by)
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    _check_stands(membership)
    _check_other(membership.user, by, "Ask another administrator to change your own roles.")
    if not roles:
        raise ActRefusedError("Select at least one role, or end the membership instead.")
    check_roles_at(membership.organisation, roles)
    stood = sorted(membership.roles)
    if before is not None and sorted(before) != stood:
        raise ActRefusedError(
            "Another administrator has changed these roles meanwhile. Open this page again, and "
            "see what they chose."
        )
    membership.roles = sorted(roles)
    membership.save(update_fields=["roles"])
    record(
        AccountEvent.MEMBERSHIP_ROLES_CHANGED,
        subject=membership,
        by=by,
        private={"person": membership.user.name},
        before=stood,
        after=membership.roles,
    )
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, by: Membership) -> Membership:
    """End what a person does at one organisation, and take them off its case teams.

    Records: membership:ended. Raises: PermissionDenied; ActRefusedError for one's own membership
    or one that has ended.
    """
    check_administers(by)
    _check_stands(membership)
    _check_other(membership.user, by, "Ask another administrator to end your own membership.")
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    teams = membership.user.groups.filter(case_team__organisation=membership.organisation)
    membership.user.groups.remove(*teams)
    record(
        AccountEvent.MEMBERSHIP_ENDED,
        subject=membership,
        by=by,
        private={"person": membership.user.name},
        organisation=membership.organisation.name,
    )
    return membership


@transaction.atomic
def deactivate(person: User, *, reason: str, by: Membership) -> User:
    """Shut a person out: every session of theirs ends at its next request.

    Records: person:deactivated. Raises: PermissionDenied; ActRefusedError for oneself, for
    somebody already shut out, or without a reason.
    """
    check_administers(by)
    _check_other(person, by, "Ask another administrator to deactivate your account.")
    check_reason(reason)
    if not person.is_active:
        raise ActRefusedError(f"{person}’s account is deactivated already.")
    person.is_active, person.deactivated_at = False, timezone.now()
    person.save(update_fields=["is_active", "deactivated_at"])
    record(
        AccountEvent.PERSON_DEACTIVATED,
        subject=person,
        by=by,
        private={"person": person.name, "reason": reason},
    )
    return person


@transaction.atomic
def request_second_factor_reset(person: User, *, reason: str, by: Membership) -> SecondFactorReset:
    """Ask for a lost second factor to be removed; another administrator confirms it.

    Records: second_factor:reset_requested. Raises: PermissionDenied; ActRefusedError for
    oneself, when a request is open already, or without a reason.
    """
    check_administers(by)
    _check_other(person, by, "Ask another administrator to request this for you.")
    check_reason(reason)
    if person.second_factor_resets.open().exists():
        raise ActRefusedError(
            "This has been requested already. Another administrator confirms or refuses it."
        )
    reset = SecondFactorReset.objects.create(user=person, reason=reason, requested_by=by)
    record(
        AccountEvent.SECOND_FACTOR_RESET_REQUESTED,
        subject=person,
        by=by,
        private={"person": person.name, "reason": reason},
    )
    return reset


@transaction.atomic
def confirm_second_factor_reset(reset: SecondFactorReset, *, by: Membership) -> SecondFactorReset:
    """Remove a lost second factor: the person sets up another at their next sign-in.

    Records: second_factor:reset. Raises: PermissionDenied; ActRefusedError for whoever requested
    it, for oneself, or when it is answered already.
    """
    reset = _reset_to_answer(reset, by)
    reset.confirmed_by, reset.confirmed_at = by, timezone.now()
    reset.save(update_fields=["confirmed_by", "confirmed_at"])
    Authenticator.objects.filter(user=reset.user).delete()
    record(
        AccountEvent.SECOND_FACTOR_RESET,
        subject=reset.user,
        by=by,
        private={"person": reset.user.name},
        requested_by=reset.requested_by_id,
    )
    return reset


@transaction.atomic
def refuse_second_factor_reset(
    reset: SecondFactorReset, *, reason: str, by: Membership
) -> SecondFactorReset:
    """Refuse to remove a second factor: it stays, and a new request can be made.

    Records: second_factor:reset_refused. Raises: PermissionDenied; ActRefusedError for whoever
    requested it, for oneself, without a reason, or when it is answered already.
    """
    reset = _reset_to_answer(reset, by)
    check_reason(reason)
    reset.refused_by, reset.refused_at, reset.refused_reason = by, timezone.now(), reason
    reset.save(update_fields=["refused_by", "refused_at", "refused_reason"])
    record(
        AccountEvent.SECOND_FACTOR_RESET_REFUSED,
        subject=reset.user,
        by=by,
        private={"person": reset.user.name, "reason": reason},
        requested_by=reset.requested_by_id,
    )
    return reset


def _reset_to_answer(reset: SecondFactorReset, by: Membership) -> SecondFactorReset:
    """The reset, locked, if this administrator may confirm or refuse it."""
    check_administers(by)
    resets = SecondFactorReset.objects.select_related("user", "requested_by__user")
    reset = resets.select_for_update(of=("self",)).get(pk=reset.pk)
    _check_other(reset.user, by, "Ask another administrator to answer this for you.")
    requested_by = reset.requested_by.user
    _check_other(requested_by, by, "Another administrator than the one who requested it answers.")
    if reset.confirmed_at:
        raise ActRefusedError("This reset is confirmed already.")
    if reset.refused_at:
        raise ActRefusedError("This reset is refused already. Request it anew if it is needed.")
    return reset


def left_without_approver(memberships: Iterable[Membership]) -> list[Organisation]:
    """The bodies that would have no approver without these memberships.

    Whether a draft waits for one is not known here: an administrator sees nothing of cases.
    """
    approvers = Membership.objects.current().with_role(Role.BODY_APPROVER)
    going = [one.pk for one in memberships]
    bodies = approvers.filter(pk__in=going).values("organisation")
    others = approvers.exclude(pk__in=going).values("organisation")
    return list(Organisation.objects.filter(pk__in=bodies).exclude(pk__in=others))


def check_administers(by: Membership) -> None:
    """Ask the matrix whether this membership administers people.

    Raises: PermissionDenied.
    """
    if not scopes(by, Action.PEOPLE_ADMINISTER):
        raise PermissionDenied(f"{by} may not {Action.PEOPLE_ADMINISTER}.")


def check_roles_at(organisation: Organisation, roles: Iterable[Role | str]) -> None:
    """Ask the table of roles whether an organisation of this kind has these.

    Raises: ActRefusedError.
    """
    there = ROLES_AT[Organisation.Kind(organisation.kind)]
    elsewhere = set(roles) - there
    if elsewhere:
        raise ActRefusedError(
            f"Nobody at {organisation} can have this role: {in_words(elsewhere)}. "
            f"Select from these: {in_words(there)}."
        )


def in_words(roles: Iterable[Role | str]) -> str:
    """Roles as a person reads them, in the order of the table."""
    given = set(roles)
    return ", ".join(role.label for role in Role if role in given)


def _check_other(person: User, by: Membership, sentence: str) -> None:
    """Nobody does this to themselves."""
    if person.pk == by.user_id:
        raise ActRefusedError(sentence)


def _check_stands(membership: Membership) -> None:
    """A membership that has ended is not changed."""
    if membership.ended_at:
        raise ActRefusedError(f"{membership} has ended. Invite the person again instead.")


def check_reason(reason: str) -> None:
    """Shutting somebody out, or letting them in, has a reason.

    Raises: ActRefusedError.
    """
    if not reason.strip():
        raise ActRefusedError("Enter the reason.")
