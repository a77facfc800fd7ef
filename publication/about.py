"""The pages that every service owes its readers: help, accessibility, privacy, cookies."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from accounts.access import public
from publication import public_door as door
from publication.public_views import drawn, kept

PAGES = ("help", "accessibility", "privacy", "cookies")


def page(name: str) -> Callable[[HttpRequest], HttpResponse]:
    """The view of one page, the same for every reader."""

    @require_safe
    def shown(_request: HttpRequest) -> HttpResponse:
        return kept(drawn(f"about/{name}.html", {"nav_current": name}))

    return shown


@require_safe
def proof(_request: HttpRequest) -> HttpResponse:
    """The head of the record, for whoever wants to hold us to it."""
    return kept(drawn("about/proof.html", {"proof": door.proof(), "nav_current": "proof"}))


def urls() -> list[URLPattern]:
    """An address for each page."""
    pages = [path(name, public(page(name)), name=name) for name in PAGES]
    return [*pages, path("proof", public(proof), name="proof")]
