"""What the documents room announces."""

from enum import StrEnum


class DocumentEvent(StrEnum):
    """A stored file's arrival and check, and a document's making."""

    FILE_RECEIVED = "file:received"
    FILE_CHECKED = "file:checked"
    FILE_QUARANTINED = "file:quarantined"
    FILE_OPENED_UNCHECKED = "file:opened_unchecked"
    FILE_UNSCANNABLE = "file:unscannable"
    DOCUMENT_REQUESTED = "document:requested"
    DOCUMENT_READY = "document:ready"
    DOCUMENT_FAILED = "document:failed"
