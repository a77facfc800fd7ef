"""Making a document that was asked for: claimed, rendered, sealed, and only then ready."""

import hashlib
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.utils import timezone

from audit.events import record
from documents import vault
from documents.errors import RenderFailedError
from documents.events import DocumentEvent
from documents.making import Making, claim_of
from documents.models import RenderedDocument
from documents.pdf import Progress, render_pdf
from documents.querysets import MAX_ATTEMPTS
from documents.states import RenderState

log = logging.getLogger(__name__)

# A page that is laid out is told at most this often: the reader refreshes every two seconds.
TELL_EVERY_SECONDS = 0.5

GAVE_UP = "The service stopped several times while making it. Try again; if it fails again, ask."
DISK = "The finished document could not be stored: the disk is full or away."
TEMPLATE = "Its template is missing or broken."
UNKNOWN = "The renderer stopped with an error, which is in the service’s log."


def render(document_id: int) -> None:
    """Make one document: claim it, render it, seal it, say it is ready. Safe to call twice.

    1. One conditional UPDATE claims the row; another worker's fresh claim ends it here.
    2. The PDF is rendered outside any transaction, telling its real stage and page.
    3. Its bytes go into the vault under the row's own storage key, in one step: a second
       rendering replaces the first, and a killed one leaves no half.
    4. A second conditional UPDATE makes it ready, if the claim is still ours.

    Records: document:ready or document:failed.
    """
    document = claimed(document_id, timezone.now())
    if document is None:
        return
    if document.attempts > MAX_ATTEMPTS:
        fail(document, GAVE_UP)
        return
    try:
        size_bytes, sha256 = made(document)
    except RenderFailedError as error:
        log.exception("Document %s could not be made.", document_id)
        fail(document, str(error))
    else:
        finish(document, size_bytes=size_bytes, sha256=sha256)


def claimed(document_id: int, now: datetime) -> RenderedDocument | None:
    """Claim a document that waits to be made, or whose worker fell silent."""
    claim: RenderedDocument | None = RenderedDocument.objects.claimed(document_id, now)
    return claim


def made(document: RenderedDocument) -> tuple[int, str]:
    """Render and seal; the size and hash of the PDF.

    Raises: RenderFailedError with the reason that its page shows.
    """
    with failures_named():
        content = render_pdf(
            document.template,
            document.context,
            title=document.title,
            on_progress=Teller(document),
        )
    try:
        key = vault.unwrap(document.wrapped_key)
        vault.seal_bytes(key, content, storage_key=document.storage_key)
    except OSError as error:
        raise RenderFailedError(DISK) from error
    return len(content), hashlib.sha256(content).hexdigest()


@contextmanager
def failures_named() -> Iterator[None]:
    """Name what goes wrong in rendering. Raises: RenderFailedError with the reason to show."""
    try:
        yield
    except (TemplateDoesNotExist, TemplateSyntaxError) as error:
        raise RenderFailedError(TEMPLATE) from error
    except Exception as error:  # Whatever a renderer of this size raises, its page must say so.
        raise RenderFailedError(UNKNOWN) from error


class Teller:
    """Writes the renderer's progress to the row, as long as the claim stands.

    Each word renews the claim, so that a worker that died is missed within minutes.
    """

    def __init__(self, making: Making) -> None:
        self.row = claim_of(making)
        self.stage = ""
        self.page_number = 0
        self.told_at = 0.0

    def __call__(self, progress: Progress) -> None:
        """Tell a new stage at once, and pages of one stage at a pace."""
        self.page_number = max(self.page_number, progress.page_number)
        now = time.monotonic()
        if progress.stage == self.stage and now - self.told_at < TELL_EVERY_SECONDS:
            return
        self.stage, self.told_at = progress.stage, now
        reached: dict[str, Any] = {
            "stage": progress.stage,
            "page_number": self.page_number,
            "claimed_at": timezone.now(),
        }
        if not progress.page_number and self.page_number:
            reached["page_count"] = self.page_number  # Laying out is over.
        self.row.update(**reached)


@transaction.atomic
def finish(document: RenderedDocument, *, size_bytes: int, sha256: str) -> None:
    """Make a document ready, once: a worker whose claim was taken over changes nothing."""
    outcome: dict[str, Any] = {
        "state": RenderState.READY,
        "finished_at": timezone.now(),
        "size_bytes": size_bytes,
        "sha256": sha256,
        "stage": "",
    }
    if claim_of(document).update(**outcome) == 1:
        facts: dict[str, Any] = {"kind": document.kind, "sha256": sha256}
        record(DocumentEvent.DOCUMENT_READY, subject=document, by=None, **facts)


@transaction.atomic
def fail(document: RenderedDocument, reason: str) -> None:
    """Say why a document could not be made; its page offers to try again."""
    outcome: dict[str, Any] = {"state": RenderState.FAILED, "failure": reason, "stage": ""}
    if claim_of(document).update(**outcome) == 1:
        facts: dict[str, Any] = {"kind": document.kind, "reason": reason}
        record(DocumentEvent.DOCUMENT_FAILED, subject=document, by=None, **facts)
