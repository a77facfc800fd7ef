"""Files and documents for tests, taken in and checked by the real verbs."""

import io
import zipfile

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Membership
from documents.models import StoredFile
from documents.services.scanning import scan
from documents.services.uploads import receive_upload

TEXT = b"Facts, one to a line.\nA second line.\n"
# The industry's harmless test file, in two halves so that no scanner stops at this one.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def an_upload(content: bytes = TEXT, name: str = "facts.txt") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def a_stored_file(
    *, by: Membership, case_key: str = "case-1", content: bytes = TEXT, name: str = "facts.txt"
) -> StoredFile:
    """A file taken in, and not yet checked."""
    return receive_upload(case_key, upload=an_upload(content, name), by=by)


def a_checked_file(
    *, by: Membership, case_key: str = "case-1", content: bytes = TEXT, name: str = "facts.txt"
) -> StoredFile:
    """A file taken in and checked by the real scanner, whatever its verdict."""
    stored = a_stored_file(by=by, case_key=case_key, content=content, name=name)
    scan(stored.pk)
    stored.refresh_from_db()
    return stored


def a_zip(parts: dict[str, bytes | str]) -> bytes:
    """An archive with these parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def a_word_document(**more: bytes | str) -> bytes:
    """A zipped Word document, as little as makes one, with more parts by name."""
    types = '<?xml version="1.0"?><Types><Default Extension="xml" ContentType="text/xml"/></Types>'
    return a_zip({"[Content_Types].xml": types, "word/document.xml": "<w:document/>", **more})


def a_pdf_with_password() -> bytes:
    """A PDF that nobody can read without its password."""
    held = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(held, encryption=pikepdf.Encryption(owner="owner", user="reader"))
    return held.getvalue()


RUNG: list[tuple[str, tuple[object, ...]]] = []


def ring(task: str, arguments: tuple[object, ...]) -> None:
    """A bell for `settings.TASK_SENDER` that only remembers having been rung."""
    RUNG.append((task, arguments))
