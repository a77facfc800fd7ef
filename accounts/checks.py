"""System checks of the accounts room: the demo’s one click is no way into production."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def no_demo_in_production(**_given: Any) -> list[CheckMessage]:
    """Refuse a production in which anybody may sign in as anybody with one click."""
    if not (settings.DEMO and settings.PRODUCTION):
        return []
    hint = "Set DEMO=false, or PRODUCTION=false if this is a demonstration."
    message = "DEMO and PRODUCTION are both set: one click would sign anybody in."
    return [Error(message, hint=hint, id="accounts.E001")]
