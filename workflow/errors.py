"""What an act may refuse, each with a sentence that a person can act on."""

from accounts.errors import ActRefusedError

__all__ = ["ActRefusedError", "GuardRefusedError", "TransitionRefusedError"]


class TransitionRefusedError(ActRefusedError):
    """The state does not allow this step."""


class GuardRefusedError(ActRefusedError):
    """The state allows the step, but the facts do not yet."""
