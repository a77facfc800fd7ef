"""Stored files, uploads that come in pieces, and rendered documents."""

from documents.models.files import RenderedDocument, StoredFile, UncheckedOpening
from documents.models.pieces import UploadInPieces

__all__ = ["RenderedDocument", "StoredFile", "UncheckedOpening", "UploadInPieces"]
