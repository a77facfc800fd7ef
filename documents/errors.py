"""What this room refuses, each with a sentence that a person can act on."""

from workflow.errors import ActRefusedError


class UploadRefusedError(ActRefusedError):
    """A file that is not taken in; nothing of it was kept."""


class FileClosedError(ActRefusedError):
    """A file that may not be opened: not checked, not clean, or not yet made."""


class RenderFailedError(Exception):
    """A document that could not be made; the message is what the progress page shows."""
