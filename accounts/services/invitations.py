"""Coming in: an invitation is a mailed one-use link, and the first administrator's is printed."""

import logging
import secrets
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.errors import ActRefusedError
from accounts.events import AccountEvent
from accounts.models import Invitation, Membership, Organisation, User
from accounts.models.entrance import token_sha256
from accounts.roles import Role
from accounts.services.people import check_administers, check_roles_at
from audit.events import record
from clock.london import london_day, long_date

log = logging.getLogger(__name__)

INVITATION_STANDS_FOR = timedelta(days=7)


@transaction.atomic
def invite(
    organisation: Organisation, *, email: str, name: str, roles: list[Role], by: Membership
) -> Invitation:
    """Invite a person to an organisation in some roles; the link goes by mail and is kept nowhere.

    Records: person:invited, and invitation:withdrawn where it can't be mailed. Raises:
    PermissionDenied; ActRefusedError when the person is a member of the organisation or invited
    there already, when the organisation does not have such roles, for what is no address, and
    where the link was not mailed.
    """
    check_administers(by)
    invitation, token = _new_invitation(organisation, email=email, name=name, roles=roles, by=by)
    transaction.on_commit(_mailing(invitation, token, or_else=lambda: _take_back(invitation, by)))
    return invitation


@transaction.atomic
def invite_first_administrator(
    organisation: Organisation, *, email: str, name: str
) -> tuple[Invitation, str]:
    """Invite an administrator from the command line, which prints the link as well.

    Records: person:invited, by the service. Raises: ActRefusedError when the person is a member
    of the organisation or invited there already, no administrator works there, or it is no address.
    """
    invitation, token = _new_invitation(
        organisation, email=email, name=name, roles=[Role.ADMINISTRATOR], by=None
    )
    # The link is printed besides, and must not be lost because no mail server answers.
    transaction.on_commit(_mailing(invitation, token, or_else=lambda: None))
    return invitation, link(token)


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Membership) -> Invitation:
    """Make an invitation's link worthless.

    Records: invitation:withdrawn. Raises: PermissionDenied; ActRefusedError when it was accepted.
    """
    check_administers(by)
    if not Invitation.objects.usable(timezone.now()).filter(pk=invitation.pk).exists():
        raise ActRefusedError("This invitation was accepted, withdrawn or has expired.")
    _withdraw(invitation, by)
    return invitation


def usable_invitation(token: str) -> Invitation | None:
    """The invitation that a link belongs to, while it can be used."""
    found = Invitation.objects.usable(timezone.now()).filter(token_sha256=token_sha256(token))
    return found.select_related("organisation").first()


def person_invited(invitation: Invitation) -> User | None:
    """The person with the invited address, if they have an account already."""
    return User.objects.filter(email__iexact=invitation.email).first()


@transaction.atomic
def accept_invitation(token: str, *, password: str) -> Membership:
    """Make the reader of a link a member, once; one without an account sets their password.

    Records: person:joined. Raises: ActRefusedError when the link can't be used (any more), or
    the organisation does not have such roles (any more); ValidationError when the password is too
    weak.
    """
    found = Invitation.objects.select_for_update().usable(timezone.now())
    invitation = found.filter(token_sha256=token_sha256(token)).first()
    if invitation is None:
        raise ActRefusedError("This link has been used or has expired. Ask for a new invitation.")
    _check_not_a_member(invitation.organisation, invitation.email)
    check_roles_at(invitation.organisation, invitation.roles)
    person = person_invited(invitation) or _new_person(invitation, password)
    membership = Membership.objects.create(
        user=person, organisation=invitation.organisation, roles=invitation.roles
    )
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    record(AccountEvent.PERSON_JOINED, subject=membership, by=membership, roles=membership.roles)
    return membership


def link(token: str) -> str:
    """The address that an invitation is accepted at."""
    return f"{settings.BASE_URL}/invitation/{token}"


def _new_invitation(
    organisation: Organisation, *, email: str, name: str, roles: list[Role], by: Membership | None
) -> tuple[Invitation, str]:
    """An invitation and its token, which is kept as a hash only."""
    _check_address(email)
    _check_not_a_member(organisation, email)
    check_roles_at(organisation, roles)
    _make_room(organisation, email, by)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        token_sha256=token_sha256(token),
        email=email.strip().lower(),
        name=name,
        organisation=organisation,
        roles=sorted(roles),
        invited_by=by,
        expires_at=timezone.now() + INVITATION_STANDS_FOR,
    )
    record(
        AccountEvent.PERSON_INVITED,
        subject=invitation,
        by=by,
        private={"person": name, "email": invitation.email},
        organisation=organisation.name,
        roles=invitation.roles,
    )
    return invitation, token


def _new_person(invitation: Invitation, password: str) -> User:
    """An account for the invited address.

    Raises: ValidationError when the password is too weak.
    """
    validate_password(password)
    return User.objects.create_user(invitation.email, invitation.name, password)


def _check_not_a_member(organisation: Organisation, email: str) -> None:
    """Roles of a member are changed, not invited a second time; who was shut out stays out."""
    if User.objects.filter(email__iexact=email.strip(), is_active=False).exists():
        raise ActRefusedError(
            f"The account of {email} is deactivated. Find it under “Left or deactivated” on the "
            "page People, and reactivate it."
        )
    standing = Membership.objects.filter(
        organisation=organisation, user__email__iexact=email.strip(), ended_at=None
    )
    if standing.exists():
        raise ActRefusedError(
            f"{email} is a member of {organisation} already. Change their roles instead."
        )


def _check_address(email: str) -> None:
    """An invitation goes by mail, also where no form has asked for the address."""
    try:
        validate_email(email.strip())
    except ValidationError as wrong:
        raise ActRefusedError(
            f"{email} is no email address. Enter one in the correct format, like name@example.com."
        ) from wrong


def _make_room(organisation: Organisation, email: str, by: Membership | None) -> None:
    """One invitation of an address stands: the first is kept, and one that expired is withdrawn."""
    # Who invites there at the same moment waits, and finds this one.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    earlier = Invitation.objects.filter(
        organisation=organisation,
        email=email.strip().lower(),
        accepted_at=None,
        withdrawn_at=None,
    ).first()
    if earlier is None:
        return
    if timezone.now() < earlier.expires_at:
        raise ActRefusedError(
            f"{earlier.email} is invited to {organisation} already, until "
            f"{long_date(london_day(earlier.expires_at))}. Withdraw that invitation before you "
            "send another."
        )
    _withdraw(earlier, by)


def _withdraw(invitation: Invitation, by: Membership | None) -> None:
    """Withdraw an invitation, on record."""
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    record(
        AccountEvent.INVITATION_WITHDRAWN,
        subject=invitation,
        by=by,
        private={"person": invitation.name},
    )


def _mailing(
    invitation: Invitation, token: str, *, or_else: Callable[[], None]
) -> Callable[[], None]:
    """What mails an invitation once it is committed: the token is in no table to mail it from."""
    context = {"invitation": invitation, "link": link(token), "service": settings.SERVICE_NAME}
    subject = render_to_string("emails/person_invited-subject.txt", context).strip()
    body = render_to_string("emails/person_invited-body.txt", context)

    def mail() -> None:
        try:
            send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [invitation.email])
        except (OSError, ValueError) as failure:  # No server, or an address that none can take.
            # By its kind alone: its words may hold the address.
            log.warning("The invitation was not mailed: %s", type(failure).__name__)
            or_else()

    return mail


def _take_back(invitation: Invitation, by: Membership) -> None:
    """Withdraw what nobody was sent: its link is lost.

    Raises: ActRefusedError, to say so.
    """
    withdraw_invitation(invitation, by=by)
    raise ActRefusedError(
        f"The invitation could not be mailed to {invitation.email}, and its link was withdrawn. "
        "Check the address, and invite them again when the mail server answers."
    )
