"""What an act may refuse, each with a sentence that a person can act on."""


class ActRefusedError(Exception):
    """An act that may not be done now; the message says why and what to do."""


class TransitionRefusedError(ActRefusedError):
    """The state does not allow this step."""


class GuardRefusedError(ActRefusedError):
    """The state allows the step, but the facts do not yet."""
