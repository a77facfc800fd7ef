"""Makes PDFs: a frozen dataclass through a template, tagged for PDF/UA-1. Only here is WeasyPrint.

The renderer fetches nothing: it sees the template's HTML, our print style sheet, and the pictures
that it is handed. What it leaves undone for readers with a screen reader is put right by
`documents.tagging`.
"""

import logging
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.logger import PROGRESS_LOGGER
from weasyprint.pdf import tags
from weasyprint.urls import URLFetcher, URLFetcherResponse

from documents.printed import Printed, frozen, thawed
from documents.tagging import put_right, trace_of

log = logging.getLogger(__name__)

VARIANT = "pdf/ua-1"
HANDED = "handed:"
LAST_STAGE = "Marking up for screen readers"

# The renderer's own steps, by the beginning of what it logs, in words for the progress page.
STAGES = (
    ("Step 1", "Reading the text"),
    ("Step 2", "Reading the styles"),
    ("Step 3", "Applying the styles"),
    ("Step 4", "Building the document"),
    ("Step 5", "Laying out pages"),
    ("Step 6", "Writing the PDF"),
    ("Step 7", "Writing the PDF"),
)
PAGE = re.compile(r"Page (\d+)")


@dataclass(frozen=True)
class Progress:
    """How far the renderer is: the stage in words, and the page it lays out (0 if none yet)."""

    stage: str
    page_number: int = 0


@dataclass(frozen=True)
class Picture:
    """A picture handed to the renderer, by its bytes and type."""

    content: bytes
    content_type: str


OnProgress = Callable[[Progress], None]


def render_pdf(
    template: str,
    printed: Printed | Mapping[str, Any],
    *,
    title: str,
    on_progress: OnProgress | None = None,
    pictures: Mapping[str, Picture] | None = None,
    language: str = "en-GB",
) -> bytes:
    """The PDF of what is printed, the same bytes each time for the same facts.

    Args: the template sees the facts as `printed`, and names a picture as `handed:name`.
    """
    html = printed_html(template, printed, title=title, language=language)
    return pdf_of_html(html, on_progress=on_progress, pictures=pictures)


def printed_html(
    template: str, printed: Printed | Mapping[str, Any], *, title: str, language: str = "en-GB"
) -> str:
    """The HTML that the PDF is made of; its text is the PDF's text."""
    # Rows keep their context frozen already; freezing that once more changes nothing.
    facts = thawed(frozen(printed))
    context = {
        "printed": facts,
        "title": title,
        "language": language,
        "service_name": settings.SERVICE_NAME,
    }
    return render_to_string(template, context)


def pdf_of_html(
    html: str,
    *,
    on_progress: OnProgress | None = None,
    pictures: Mapping[str, Picture] | None = None,
) -> bytes:
    """The PDF of a page that extends `pdf/base.html`."""
    tell = on_progress or (lambda _progress: None)
    fetcher = ClosedFetcher(pictures or {})
    with followed(tell):
        source = HTML(string=html, url_fetcher=fetcher, base_url=None)
        for number, element in enumerate(source.etree_element.iter()):
            element.attrib["data-trace"] = str(number)
        style = CSS(string=print_style(), url_fetcher=fetcher)
        rendered = source.write_pdf(pdf_variant=VARIANT, stylesheets=[style])
    tell(Progress(LAST_STAGE))
    return put_right(rendered)


def drawing_of_html(html: str) -> bytes:
    """The PDF of a page that is only drawn, into another PDF: without tags, with its letters."""
    source = HTML(string=html, url_fetcher=ClosedFetcher({}), base_url=None)
    drawn: bytes = source.write_pdf()
    return drawn


def print_style() -> str:
    """Our print style sheet."""
    return render_to_string("pdf/print.css")


class ClosedFetcher(URLFetcher):  # type: ignore[misc]
    """Fetches nothing but the pictures it was handed: no file, no host, no data address."""

    def __init__(self, pictures: Mapping[str, Picture]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.pictures = pictures

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """A handed picture. Raises: ValueError for every other address, which is left out."""
        picture = self.pictures.get(url.removeprefix(HANDED)) if url.startswith(HANDED) else None
        if picture is None:
            log.warning("A document named an address that is not fetched: %.200s", url)
            raise ValueError("Documents fetch nothing.")
        return URLFetcherResponse(
            url, picture.content, headers={"Content-Type": picture.content_type}
        )


class ProgressHandler(logging.Handler):
    """Hears the renderer's own log, on one thread, and passes on the stage and page."""

    def __init__(self, tell: OnProgress) -> None:
        super().__init__(logging.INFO)
        self.tell = tell
        self.thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        """Pass on one line of the log; another thread's rendering is not ours."""
        if record.thread != self.thread:
            return
        message = record.getMessage()
        stage = next((words for begins, words in STAGES if message.startswith(begins)), "")
        if stage:
            page = PAGE.search(message)
            self.tell(Progress(stage, int(page[1]) if page else 0))


@contextmanager
def followed(tell: OnProgress) -> Iterator[None]:
    """Follow the renderer's log for the length of one rendering."""
    handler = ProgressHandler(tell)
    PROGRESS_LOGGER.addHandler(handler)
    try:
        yield
    finally:
        PROGRESS_LOGGER.removeHandler(handler)


PROGRESS_LOGGER.setLevel(logging.INFO)
PROGRESS_LOGGER.propagate = False

_build_box_tree = tags._build_box_tree


def _traced_box_tree(box: Any, *arguments: Any) -> Iterator[Any]:
    """The renderer's structure elements, each with the trace of the HTML element it came from.

    The renderer makes one structure element for each page that an HTML element touches and
    keeps no tie between them. There is no public way to learn it, so this wraps a private
    function of the one version that requirements/ pins; tests fail if it changes.
    """
    for element in _build_box_tree(box, *arguments):
        if box.element is not None and "T" not in element:
            element["T"] = trace_of(box.element, box.element_tag)
        yield element


tags._build_box_tree = _traced_box_tree
