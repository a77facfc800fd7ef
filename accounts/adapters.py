"""How django-allauth behaves in this house: who needs a code, what it says, what it keeps."""

import base64
import hashlib
import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from accounts.errors import MailAwayError
from accounts.models import Membership
from accounts.shown import signed_in_recently

log = logging.getLogger(__name__)

_LOCKED = (
    "You have tried too many times. Wait 5 minutes and try again, "
    "or ask an administrator of this service."
)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in by e-mail and password; nobody signs themselves up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": (
            "The email address or password is not right. Check both and try again."
        ),
        "incorrect_password": "The password is not right. Check it and try again.",
        "incorrect_code": "The code is not right. Check it and try again.",
        "too_many_login_attempts": _LOCKED,
        "rate_limited": _LOCKED,
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Never: people are invited."""
        return False

    def is_login_by_code_required(self, login: Any) -> bool:
        """A mailed code for whoever has neither TOTP nor a passkey (yet)."""
        second = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        has_one = Authenticator.objects.filter(user=login.user, type__in=second).exists()
        return not has_one and bool(super().is_login_by_code_required(login))

    def is_reauthentication_required(self, *, app: str, **_kwargs: Any) -> bool:
        """Changing one's way in asks for a fresh sign-in."""
        return not signed_in_recently(self.request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send what a page has promised.

        Raises: MailAwayError where no mail server takes it.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as failure:
            raise MailAwayError from failure

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """Send the link to a new password; where that fails, the page says what it always does.

        It says the same of an address that nobody has: another answer would tell who has one.
        """
        try:
            super().send_password_reset_mail(user, email, context)
        except MailAwayError as failure:
            log.warning(
                "A link to a new password was not mailed: %s", type(failure.__cause__).__name__
            )

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """Say nothing of signing in and out: the page that follows shows it."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """TOTP and passkeys; secrets are encrypted where they are kept."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": (
            "The code is not right. Enter the 6 digits that your app shows now, "
            "and check that your device’s clock is right."
        ),
        "cannot_delete_authenticator": (
            "Your role needs a second factor. Add another before you remove this one."
        ),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last second factor of somebody whose role demands one."""
        memberships = Membership.objects.current().filter(user_id=authenticator.user_id)
        if not any(membership.needs_second_factor for membership in memberships):
            return True
        second = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=second)
        return bool(others.exclude(pk=authenticator.pk).exists())

    def build_totp_svg(self, url: str) -> str:
        """The code to scan, to be drawn inside a page: without the declaration of a file."""
        svg = super().build_totp_svg(url)
        return str(svg[svg.index("<svg") :])

    def encrypt(self, text: str) -> str:
        """A secret as the database keeps it."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """A secret as it was."""
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> Fernet:
    """The key for second factors, derived from the secret key: a copied table is no way in."""
    key = hashlib.sha256(b"second factor" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
