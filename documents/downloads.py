"""Answers that hand out bytes: always as a file to keep, never as a page to run.

The room that owns the case authorises first; here only the file's own state is asked.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from django.http import StreamingHttpResponse

from accounts.models import Membership
from documents import storage, vault
from documents.errors import FileClosedError
from documents.models import RenderedDocument, StoredFile

PIECE_BYTES = 64 * 1024
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def file_response(stored: StoredFile, *, to: Membership | None = None) -> StreamingHttpResponse:
    """Stream an uploaded file that was found clean, or that was opened unchecked for its reader.

    Raises: FileClosedError with the reason, for any other.
    """
    return attachment(
        open_for_download(stored, to=to),
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


def open_for_download(stored: StoredFile, *, to: Membership | None = None) -> Iterator[bytes]:
    """The bytes of a file that is open to its reader. Raises: FileClosedError for any other."""
    if not stored.opens_for(to):
        note = stored.scan_note or "It opens once it has been checked."
        raise FileClosedError(
            f"“{stored.original_name}” can’t be opened: {stored.scan_words.lower()}. {note}"
        )
    path = storage.place("uploads", stored.storage_key)
    if not path.is_file():
        raise FileClosedError(f"The bytes of “{stored.original_name}” are missing.")
    return pieces_of(path)


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


def pieces_of(path: Path) -> Iterator[bytes]:
    """A file piece by piece; opened with the first one, so that none stays open unread."""
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            yield piece
