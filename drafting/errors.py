"""What this room refuses."""

from workflow.errors import ActRefusedError


class VersionConflictError(ActRefusedError):
    """Somebody else saved the same thing after this form was opened. Nothing was changed."""

    def __init__(self, message: str = "") -> None:
        super().__init__(
            message or "Somebody else saved this after you opened it. Compare the two texts."
        )
