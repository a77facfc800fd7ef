"""The states of a stored file's scan and of a document's rendering."""

from django.db.models import TextChoices


class ScanState(TextChoices):
    """How far the virus check of a stored file has come. Only a clean file can be downloaded."""

    RECEIVED = "received", "Waiting for a virus check"
    SCANNING = "scanning", "Being checked for viruses"
    CLEAN = "clean", "Checked for viruses"
    QUARANTINED = "quarantined", "Quarantined"
    UNSCANNABLE = "unscannable", "Could not be checked for viruses"


class RenderState(TextChoices):
    """How far the making of a document has come."""

    QUEUED = "queued", "Waiting to be made"
    RENDERING = "rendering", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Could not be made"


# The states in which a check is over, one way or another.
SCANNED = frozenset({ScanState.CLEAN, ScanState.QUARANTINED, ScanState.UNSCANNABLE})
