"""Asking for a document, and asking again for one that failed."""

from typing import Any

from django.utils import timezone

from accounts.models import Membership
from audit.events import record
from documents import vault
from documents.events import DocumentEvent
from documents.models import RenderedDocument
from documents.printed import Printed, frozen
from documents.states import RenderState
from documents.storage import new_storage_key
from workflow.acts import act
from workflow.later import after_commit


@act
def request_document(
    case_key: str,
    *,
    kind: str,
    of: str,
    title: str,
    template: str,
    context: Printed,
    by: Membership,
    file_name: str = "",
) -> RenderedDocument:
    """Have a PDF made, once: asking twice for the same answers the document already asked for.

    Args: `of` says what it is the document of, such as `complaint:12` or a seal's hash, and is
    unique with `kind`; `context` is frozen here, so that later changes do not reach the PDF.
    Records: document:requested.
    """
    facts: dict[str, Any] = {
        "kind": kind,
        "case_key": case_key,
        "title": title,
        "file_name": file_name or f"{kind}.pdf",
        "template": template,
        "context": frozen(context),
        "requested_by": by,
        "storage_key": new_storage_key(),
        "wrapped_key": vault.wrap(vault.new_key()),
    }
    document, is_new = RenderedDocument.objects.get_or_create(
        natural_key=f"{kind}:{of}", defaults=facts
    )
    if is_new:
        record(DocumentEvent.DOCUMENT_REQUESTED, subject=document, by=by, kind=kind)
        after_commit("documents.tasks.render_document", document.pk)
    return document


@act
def ask_again(document: RenderedDocument, *, by: Membership) -> RenderedDocument:
    """Queue a failed document once more; any other state is left alone, as a double click is.

    Records: document:requested.
    """
    failed = RenderedDocument.objects.filter(pk=document.pk, state=RenderState.FAILED)
    queued = {
        "state": RenderState.QUEUED,
        "requested_at": timezone.now(),
        "attempts": 0,
        "failure": "",
        "stage": "",
        "page_number": 0,
    }
    if failed.update(**queued):
        record(DocumentEvent.DOCUMENT_REQUESTED, subject=document, by=by, kind=document.kind)
        after_commit("documents.tasks.render_document", document.pk)
    document.refresh_from_db()
    return document
