"""May they? For verbs that change no state: asked of wall, matrix and grant as the engine asks."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied

from accounts.access import may
from accounts.roles import Action

if TYPE_CHECKING:
    from accounts.models import Membership


def refuse_unless_may(by: "Membership", action: Action, thing: Any) -> None:
    """Let a verb go on only for whom the matrix allows it on this row.

    Raises: PermissionDenied.
    """
    if not may(by, action, thing):
        raise PermissionDenied(f"{by} may not {action}.")
