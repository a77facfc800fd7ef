"""People, organisations and memberships for tests, and signing in as one of them."""

import base64
import hashlib
import hmac
import struct
import time
from itertools import count

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client

from accounts.middleware import SESSION_KEY
from accounts.models import Membership, Organisation, User
from accounts.roles import ROLES_AT, Role

PASSWORD = "three random words"
SECRET = "JBSWY3DPEHPK3PXP"

_numbers = count(1)


class OneRound(PBKDF2PasswordHasher):
    """One round is enough for a made-up password, and spares each test a third of a second."""

    iterations = 1


PASSWORD_HASH = OneRound().encode(PASSWORD, "salt")


def organisation(slug: str) -> Organisation:
    """An organisation of the reference rows, by slug: hmicfrs, iopc, college, liberty, norfolk."""
    return Organisation.objects.get(slug=slug)


def an_organisation(
    kind: Organisation.Kind = Organisation.Kind.OTHER, *, name: str = ""
) -> Organisation:
    """A made-up organisation, marked fictional."""
    number = next(_numbers)
    return Organisation.objects.create(
        name=name or f"Organisation {number}",
        short_name=f"Org {number}",
        slug=f"organisation-{number}",
        kind=kind,
        mailbox=f"organisation-{number}@example.invalid",
        fictional=True,
    )


def a_user(name: str = "") -> User:
    """A person with an address of their own, who signs in with PASSWORD."""
    name = name or f"Person {next(_numbers)}"
    address = f"{name.lower().replace(' ', '-')}@example.invalid"
    return User.objects.create(email=address, name=name, password=PASSWORD_HASH)


def with_an_app(user: User, secret: str = SECRET) -> User:
    """The person, with an authenticator app set up."""
    kept = {"secret": get_adapter().encrypt(secret)}
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=kept)
    return user


def app_code(secret: str = SECRET, *, at: float | None = None) -> str:
    """The six digits that an authenticator app shows. Written from RFC 6238, not from ours."""
    step = int((time.time() if at is None else at) // 30)
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def a_membership(
    role: Role = Role.INVESTIGATOR,
    *more: Role,
    at: str | Organisation = "",
    user: User | None = None,
    name: str = "",
) -> Membership:
    """A person at an organisation (a slug of the reference rows, or one made up) in a role.

    Without one they are at HMICFRS, or at CWJ where an authority has no such role.
    """
    at = at or ("hmicfrs" if role in ROLES_AT[Organisation.Kind.AUTHORITY] else "cwj")
    return Membership.objects.create(
        user=user or a_user(name),
        organisation=organisation(at) if isinstance(at, str) else at,
        roles=[role, *more],
    )


def any_membership(role: Role, *, at: str) -> Membership:
    """A role where it may not be, as no table takes it: what would it reach?"""
    return Membership(user=a_user(), organisation=organisation(at), roles=[role])


def signed_in_as(client: Client, membership: Membership, *, fresh: bool = True) -> Client:
    """The client, signed in with a password and second factor, acting as this membership.

    `fresh` says whether they have just signed in again, as approving and releasing ask.
    """
    client.force_login(membership.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    at = time.time() if fresh else time.time() - 24 * 3600
    session["account_authentication_methods"] = [
        {"method": "password", "at": at, "reauthenticated": fresh},
        {"method": "mfa", "type": "totp", "at": at, "reauthenticated": fresh},
    ]
    session["account_authentication_methods_user"] = str(membership.user_id)
    session[SESSION_KEY] = membership.pk
    session.save()
    return client
