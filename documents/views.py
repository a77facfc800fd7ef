"""The pages of a document that one asked for oneself; rooms mount `documents.pages` for others."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.access import membership_of, signed_in
from documents import pages
from documents.models import RenderedDocument


def find_own(request: HttpRequest, pk: int) -> RenderedDocument:
    """The document, if this very membership asked for it. Raises: Http404."""
    own = RenderedDocument.objects.asked_for_by(membership_of(request)).filter(pk=pk)
    if (document := own.first()) is None:
        raise Http404
    return document


def links_of(document: RenderedDocument) -> pages.Links:
    """Where the pages of one's own document lead; its file is open here for an hour only."""
    file = reverse("document_file", args=[document.pk]) if document.is_fresh else ""
    return pages.Links(file=file, retry=reverse("document_retry", args=[document.pk]))


@signed_in
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a document is that one asked for."""
    document = find_own(request, pk)
    return pages.progress_page(request, document, links=links_of(document))


@signed_in
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failed document again."""
    document = find_own(request, pk)
    return pages.retry(request, document, then=reverse("document_progress", args=[pk]))


@signed_in
@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of a document that one asked for within the hour; later its case has it."""
    document = find_own(request, pk)
    if document.is_ready and not document.is_fresh:
        raise Http404
    return pages.document_file(request, document, links=links_of(document))
