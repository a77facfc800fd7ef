"""Pages about one document, for the room that owns its case to mount on an authorised row."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import acting
from documents.downloads import document_response
from documents.errors import FileClosedError
from documents.making import Making
from documents.models import RenderedDocument
from documents.services.requests import ask_again

# How often the progress page asks again by itself, and the word that stops it doing so.
REFRESH_SECONDS = 3
STILL = "still"


@dataclass(frozen=True)
class Links:
    """Where the pages of one document lead: to its file, to a new try, and back."""

    file: str
    retry: str
    back: str = ""
    back_text: str = "Back"


def progress_page(
    request: HttpRequest,
    making: Making,
    *,
    links: Links,
    template: str = "documents/progress.html",
    **context: Any,
) -> HttpResponse:
    """How far something is: its real stage and page, or why it failed, or the way to what it is.

    While it is under way the page asks again by itself, unless its reader has stopped that.
    """
    still = STILL in request.GET
    facts = {
        "layout": "layouts/staff.html",
        "may_retry": True,
        **context,
        "links": links,
        "still": still,
    }
    response = render(request, template, {**facts, "making": making})
    if making.is_under_way and not still:
        response["Refresh"] = str(REFRESH_SECONDS)
    response["Cache-Control"] = "private, no-store"
    return response


def retry(request: HttpRequest, document: RenderedDocument, *, then: str) -> HttpResponse:
    """Queue a failed document again, and go to its progress page."""
    ask_again(document, by=acting(request))
    return redirect(then)


def document_file(
    request: HttpRequest, document: RenderedDocument, *, links: Links
) -> HttpResponseBase:
    """The file of a ready document; of any other its progress page, which says why not."""
    try:
        return document_response(document)
    except FileClosedError:
        return progress_page(request, document, links=links)
