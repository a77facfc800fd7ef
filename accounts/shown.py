"""How the person of a session showed who they are, as django-allauth keeps it in the session.

Read here without django-allauth's own modules, since the doors are loaded before its models are.
"""

import time
from typing import Any

from django.conf import settings
from django.http import HttpRequest

DEMO_METHOD = "demo"
_METHODS = "account_authentication_methods"
_OF_USER = "account_authentication_methods_user"


def shown(request: HttpRequest) -> list[dict[str, Any]]:
    """Each way in which the person showed who they are, in order: its method and instant."""
    if str(request.user.pk) != request.session.get(_OF_USER):
        return []
    return list(request.session.get(_METHODS, []))


def second_factor_shown(request: HttpRequest) -> bool:
    """Whether this session was opened with TOTP, a passkey or a recovery code.

    A demo sign-in counts in demo mode only: a session from then is worth nothing after.
    """
    accepted = {"mfa", DEMO_METHOD} if settings.DEMO else {"mfa"}
    return any(way["method"] in accepted for way in shown(request))


def signed_in_recently(request: HttpRequest) -> bool:
    """Whether the person showed who they are within the time that sensitive acts ask for."""
    ways = shown(request)
    if ways and ways[-1]["method"] == DEMO_METHOD:
        return bool(settings.DEMO)
    fresh_for = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return bool(ways) and time.time() - float(ways[-1]["at"]) < fresh_for
