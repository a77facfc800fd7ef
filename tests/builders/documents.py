"""Files and documents for tests, taken in and checked by the real verbs."""

import io
import zipfile
from datetime import date

import pikepdf
from celery import Celery
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Membership
from documents.models import RenderedDocument, StoredFile
from documents.printed import Letter, LetterSection
from documents.services.rendering import render
from documents.services.requests import request_document
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


def a_letter(paragraphs: int = 1) -> Letter:
    """A letter as short, or as long, as a test needs."""
    text = "The deciding authorities have read the super-complaint and weighed each ground of it. "
    return Letter(
        reference="SC-2018-417",
        subject="Your super-complaint",
        sender="The receiving authority",
        sender_lines=("London",),
        recipient="A designated body",
        recipient_lines=(),
        dated_on=date(2018, 12, 19),
        salutation="To the contact named in your super-complaint",
        sections=(LetterSection((text * 4,) * paragraphs),),
        signed_by_office="For the deciding authorities",
    )


def a_document(
    *,
    by: Membership,
    case_key: str = "case-1",
    of: str = "complaint:1",
    template: str = "pdf/letter.html",
    paragraphs: int = 1,
) -> RenderedDocument:
    """A letter asked for, and not yet made."""
    return request_document(
        case_key,
        kind="letter",
        of=of,
        title="A letter",
        template=template,
        context=a_letter(paragraphs),
        by=by,
    )


def a_rendered_document(*, by: Membership, case_key: str = "case-1") -> RenderedDocument:
    """A letter asked for and made."""
    document = a_document(by=by, case_key=case_key)
    render(document.pk)
    document.refresh_from_db()
    return document


RUNG: list[tuple[str, tuple[object, ...]]] = []


def ring(task: str, arguments: tuple[object, ...]) -> None:
    """A bell for `settings.TASK_SENDER` that only remembers having been rung."""
    RUNG.append((task, arguments))


def ring_where_no_redis_is(task: str, arguments: tuple[object, ...]) -> None:
    """As the service rings, with a Redis that has gone."""
    with Celery(broker="redis+socket:///nonexistent/redis.sock") as gone:
        gone.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
        gone.send_task(task, args=arguments, retry=False, ignore_result=True)
