"""What this room refuses, each with a sentence that a person can act on."""

from workflow.errors import ActRefusedError


class UploadRefusedError(ActRefusedError):
    """A file that is not taken in; nothing of it was kept."""


class NoneTakenError(UploadRefusedError):
    """Several files of which none is taken in; `reasons` has a sentence for each."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class OffsetError(Exception):
    """A piece that does not follow what has come; `offset` is where the next one begins."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"The next piece begins at {offset}.")
        self.offset = offset


class FileClosedError(ActRefusedError):
    """A file that may not be opened: not checked, not clean, or not yet made."""


class RenderFailedError(Exception):
    """A document that could not be made; the message is what the progress page shows."""
