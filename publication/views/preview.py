"""The sealed report as the public will see it, for those who may see the release."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from accounts.access import requires
from accounts.roles import Action
from documents import vault
from documents.downloads import attachment
from publication.clock import at_this_clock
from publication.models import Release, ReleaseStanding
from publication.views.found import release_for

PAGES = {"report": "report.html", "notice": "notice.html"}


@requires(Action.RELEASE_READ)
def preview(request: HttpRequest, reference: str, what: str = "report") -> HttpResponse:
    """The page of the report or of the press notice, drawn as the public page is."""
    if what not in PAGES:
        raise Http404
    found = release_for(request, Action.RELEASE_READ, reference)
    with at_this_clock():
        standing = ReleaseStanding.objects.get(release_id=found.pk)
    shown = {
        "service_name": settings.SERVICE_NAME,
        "demo": settings.DEMO,
        "release": SeenRelease(found, standing),
        "sealed": b"".join(bytes_of(found, PAGES[what])).decode(),
        "fictional": bool(found.payload.get("fictional")),
    }
    response = HttpResponse(render_to_string(f"publication/preview_{what}.html", shown))
    response["Cache-Control"] = "private, no-store"
    return response


@requires(Action.RELEASE_READ)
def preview_file(request: HttpRequest, reference: str, path: str) -> HttpResponseBase:
    """One file of the seal."""
    found = release_for(request, Action.RELEASE_READ, reference)
    file = found.files.filter(path=path).first()
    if file is None:
        raise Http404
    return attachment(
        bytes_of(found, path),
        name=f"{found.reference}-{path}",
        content_type=file.content_type,
        size_bytes=file.size_bytes,
    )


def bytes_of(release: Release, path: str) -> "list[bytes]":
    """The bytes of a sealed file. Raises: Http404 where the seal has none of that name."""
    file = release.files.filter(path=path).first()
    if file is None:
        raise Http404
    return list(vault.read_sealed(vault.unwrap(release.wrapped_key), file.storage_key))


class SeenRelease:
    """A release with the names by which the public pages know it."""

    def __init__(self, release: Release, standing: ReleaseStanding) -> None:
        self.reference = release.reference
        self.slug = release.slug
        self.title = release.title
        self.payload = release.payload
        self.edition_number = release.edition_number
        self.root_sha256 = release.root_sha256
        self.state = standing.state
        self.public_from = standing.public_from
