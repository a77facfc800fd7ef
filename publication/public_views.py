"""The pages of the public: they look through the public door and know nothing else of ours.

A page is drawn without the request, so that nothing of its reader can reach it: no session is
opened and no cookie set. What is not public is answered as what does not exist.
"""

import hashlib
import json
from functools import cache
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import caches
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from publication import public_door as door
from publication.public_models import PublicRelease
from publication.states import ReleaseKind, Standing

ROWS_A_PAGE = 25
PAGES = 40
KEPT_SECONDS = 60
REPORT, REPORT_PDF, NOTICE = "report.html", "report.pdf", "notice.html"
DRAWN = "drawn"
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"

R = TypeVar("R", bound=HttpResponseBase)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What super-complaints are, and the latest reports."""
    with door.opened():
        latest = list(door.register()[:3])
        shown = {"latest": latest, "authorities": door.authorities(), "nav_current": "home"}
        return listed("public/home.html", shown)


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Every case of which something is public, the newest first."""
    page = page_number(request)
    with door.opened():
        start = (page - 1) * ROWS_A_PAGE
        rows = list(door.register()[start : start + ROWS_A_PAGE + 1])
        shown = {
            "rows": rows[:ROWS_A_PAGE],
            "page": page,
            "previous": page - 1 if page > 1 else None,
            "next": page + 1 if len(rows) > ROWS_A_PAGE and page < PAGES else None,
            "nav_current": "register",
        }
        return listed("public/register.html", shown)


@require_safe
def complaint(request: HttpRequest, reference: str) -> HttpResponse:
    """All that is public of one super-complaint."""
    with door.opened():
        releases = door.of_case(reference)
        if not releases:
            return not_found()
        return listed("public/complaint.html", told_of(reference, releases))


@require_safe
def report(request: HttpRequest, slug: str, edition_number: int | None = None) -> HttpResponseBase:
    """The report at its address: the latest edition, or an earlier one with a notice on it."""
    edition = door.edition_at(slug, edition_number=edition_number)
    if edition is None or not edition.is_open:
        return answer_without_content(edition)
    latest = edition if edition_number is None else door.edition_at(slug)
    return sealed_page(request, "public/report.html", edition, REPORT, latest)


@require_safe
def news(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The press notice that was sealed with the report, or a notice of its own."""
    release = door.notice_at(slug)
    if release is None or not release.is_open:
        return answer_without_content(release)
    return sealed_page(request, "public/news.html", release, NOTICE)


@require_safe
def report_pdf(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The report as PDF."""
    return report_file(request, slug, REPORT_PDF)


@require_safe
def report_file(
    request: HttpRequest, slug: str, path: str, edition_number: int | None = None
) -> HttpResponseBase:
    """Any file of the manifest, byte for byte as it was sealed: the latest’s, or an edition’s."""
    edition = door.edition_at(slug, edition_number=edition_number)
    if edition is None or not edition.is_open:
        return answer_without_content(edition)
    file = door.file_of(edition, path)
    if file is None:
        return not_found()
    response = StreamingHttpResponse(door.bytes_of(file), content_type=file.content_type)
    response["Content-Length"] = str(file.size_bytes)
    name = slug if edition_number is None else f"{slug}-edition-{edition_number}"
    response["Content-Disposition"] = f'inline; filename="{name}-{file.path}"'
    if file.content_type != "application/pdf":
        response["Content-Disposition"] = f'attachment; filename="{name}-{file.path}"'
        response["Content-Security-Policy"] = SANDBOX
    return unless_held_already(request, kept(response, etag=file.sha256))


def told_of(reference: str, releases: list[PublicRelease]) -> dict[str, Any]:
    """What the page of a case shows: its latest facts, its report and what else is public."""
    facts = next((row for row in releases if row.is_open and "bodies" in row.payload), None)
    return {
        "reference": reference,
        "facts": facts,
        "edition": next((row for row in releases if row.is_edition), None),
        "announcement": next(
            (row for row in releases if row.kind == ReleaseKind.ANNOUNCEMENT), None
        ),
        "responses": [row for row in releases if row.kind == ReleaseKind.RESPONSE and row.is_open],
        "fictional": bool(facts and facts.payload.get("fictional")),
        "nav_current": "register",
    }


def sealed_page(
    request: HttpRequest,
    template: str,
    release: PublicRelease,
    path: str,
    latest: PublicRelease | None = None,
) -> HttpResponseBase:
    """A page around a sealed text; the text is what was approved, byte for byte.

    It may come from this process's memory, where it lies under all that the door has just told
    of the release: the door is asked first each time, so a hold or a suspension is obeyed at once.
    """
    told = json.dumps([model_to_dict(row) for row in (release, latest) if row], default=str)
    name = hashlib.sha256(f"{template} {get_language()} {told}".encode()).hexdigest()
    page = caches[DRAWN].get(name)
    if page is None:
        page = drawn(template, around(release, path, latest)).content
        caches[DRAWN].set(name, page)
    response = kept(HttpResponse(page), etag=hashlib.sha256(page).hexdigest())
    return unless_held_already(request, response)


def around(release: PublicRelease, path: str, latest: PublicRelease | None) -> dict[str, Any]:
    """What is drawn around a sealed text, with the text."""
    file = door.file_of(release, path)
    return {
        "release": release,
        "latest": latest,
        "sealed": b"".join(door.bytes_of(file)).decode() if file else "",
        "fictional": bool(release.payload.get("fictional")),
    }


def answer_without_content(release: PublicRelease | None) -> HttpResponse:
    """What an address says whose content is not shown: gone with a reason, away, or unknown."""
    if release is None:
        return not_found()
    withdrawn = release.state == Standing.WITHDRAWN
    template = "public/withdrawn.html" if withdrawn else "public/suspended.html"
    return closed(drawn(template, {"release": release}, status=410 if withdrawn else 503))


def not_found() -> HttpResponse:
    """The one answer for what is not public and for what does not exist."""
    return closed(HttpResponse(_not_found_page(get_language(), settings.DEMO), status=404))


@cache
def _not_found_page(_language: str | None, _demo: bool) -> bytes:
    """The page, which nothing else can change, drawn once by each process of the service."""
    return drawn("404.html", {}).content


def listed(template: str, context: dict[str, Any]) -> HttpResponse:
    """A page of several releases: no cache may keep it past the next one."""
    seconds = door.seconds_to_keep_a_list()
    return kept(drawn(template, context), seconds=seconds)


def drawn(template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page without a request, so that it is the same for every reader."""
    service = {"service_name": settings.SERVICE_NAME, "demo": settings.DEMO}
    return HttpResponse(render_to_string(template, {**service, **context}), status=status)


def closed(response: HttpResponse) -> HttpResponse:
    """An answer that nobody keeps."""
    response["Cache-Control"] = "no-store"
    return response


def kept(response: R, *, seconds: int = KEPT_SECONDS, etag: str = "") -> R:
    """An answer that any cache may keep for so long."""
    patch_cache_control(response, public=True, max_age=seconds)
    if etag:
        response["ETag"] = quote_etag(etag)
    return response


def unless_held_already(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer, or that nothing has changed, to a reader who says what they hold."""
    unchanged = get_conditional_response(request, etag=response["ETag"])
    if unchanged is None:
        return response
    for name in ("Cache-Control", "ETag"):
        unchanged[name] = response[name]
    return unchanged


def page_number(request: HttpRequest) -> int:
    """The page of a list that the address asks for; the first, where it asks for none."""
    asked = request.GET.get("page", "1")
    return min(int(asked), PAGES) if asked.isascii() and asked.isdigit() and int(asked) else 1
