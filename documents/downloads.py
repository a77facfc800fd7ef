"""Answers that hand out bytes: always as a file to keep, never as a page to run.

The room that owns the case authorises first; here only the file's own state is asked.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO
from urllib.parse import quote

from django.http import StreamingHttpResponse

from documents import storage, vault
from documents.errors import FileClosedError
from documents.models import RenderedDocument, StoredFile

PIECE_BYTES = 64 * 1024
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def file_response(stored: StoredFile) -> StreamingHttpResponse:
    """Stream an uploaded file that was found clean.

    Raises: FileClosedError with the reason, for any other.
    """
    return attachment(
        open_for_download(stored),
        name=stored.original_name,
        content_type=stored.content_type,
        size_bytes=stored.size_bytes,
    )


def document_response(document: RenderedDocument) -> StreamingHttpResponse:
    """Stream a document of our own making. Raises: FileClosedError unless it is ready."""
    return attachment(
        open_document(document),
        name=document.file_name,
        content_type="application/pdf",
        size_bytes=document.size_bytes,
    )


def open_for_download(stored: StoredFile) -> Iterator[bytes]:
    """The bytes of a clean file, piece by piece. Raises: FileClosedError for any other."""
    if not stored.is_downloadable:
        note = stored.scan_note or "It opens once it has been checked."
        raise FileClosedError(
            f"“{stored.original_name}” can’t be opened: {stored.scan_words.lower()}. {note}"
        )
    try:
        return pieces_of(storage.place("uploads", stored.storage_key).open("rb"))
    except FileNotFoundError as error:
        raise FileClosedError(f"The bytes of “{stored.original_name}” are missing.") from error


def open_document(document: RenderedDocument) -> Iterator[bytes]:
    """The bytes of a ready document, piece by piece. Raises: FileClosedError for any other."""
    if not document.is_ready:
        raise FileClosedError(f"“{document.title}” has not been made yet.")
    return vault.read_sealed(vault.unwrap(document.wrapped_key), document.storage_key)


def attachment(
    pieces: Iterable[bytes], *, name: str, content_type: str, size_bytes: int
) -> StreamingHttpResponse:
    """An answer that the browser keeps as a file, under its name, and does not look into."""
    response = StreamingHttpResponse(pieces, content_type=content_type)
    response["Content-Length"] = str(size_bytes)
    response["Content-Disposition"] = disposition(name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def disposition(name: str) -> str:
    """`attachment` with the name in ASCII for old readers and in full by RFC 5987."""
    plain = "".join(
        letter if letter.isascii() and letter.isprintable() and letter not in '"\\%;' else "_"
        for letter in name
    )
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def pieces_of(file: BinaryIO) -> Iterator[bytes]:
    """A file piece by piece, closed at its end."""
    with file:
        while piece := file.read(PIECE_BYTES):
            yield piece
