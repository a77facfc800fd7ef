"""What is not public is answered as what does not exist, byte for byte, at every public address."""

import socket
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import get_resolver

from publication.models import Release
from tests.builders.accounts import signed_in_as
from tests.builders.publication import an_approved_release, in_seconds
from tests.cast import play
from tests.embargo.addresses import Route, Values, routes
from tests.fixtures.service import Started, process
from tests.publication.test_predicate import (
    CLOSED,
    held,
    suspended_before_it_was_ever_public,
)
from tests.publication.test_public_pages import told

pytestmark = pytest.mark.committed

PUBLIC_URLS = "supercomplaints.public_urls"
NO_PATTERN = "/nowhere/at-all"
NOTHING: Values = {
    "slug": ["no-such-thing"],
    "reference": ["SC-2026-xyz"],
    "edition_number": [7],
    "path": ["no-such-file.pdf"],
}


def unreleased() -> Release:
    """Everything is there but the instant."""
    return an_approved_release(release_at=in_seconds(3600))


def places_of(release: Release) -> Values:
    """Every value that a place of a public address can take for a release."""
    return {
        "slug": [release.slug],
        "reference": [release.reference],
        "edition_number": [release.edition_number],
        "path": [*release.files.values_list("path", flat=True), "manifest.json"],
    }


def public_routes() -> list[Route]:
    """Each public URL pattern that takes a value, from the resolver itself.

    Mailed links are left out: they name no release, and any token is answered the same.
    """
    found = [route for route in routes(get_resolver(PUBLIC_URLS)) if route.converters]
    found = [route for route in found if "token" not in route.converters]
    unfilled = {name for route in found for name in route.converters} - set(NOTHING)
    assert not unfilled, f"Say in this test what an unknown {unfilled} looks like."
    return found


def addresses(values: Values) -> Iterator[str]:
    """Each public address that is made of these values."""
    for route in public_routes():
        yield from route.addresses(values)


def test_the_patterns_are_those_of_the_report_its_files_the_notice_and_the_case() -> None:
    assert {route.pattern.split("/")[0] for route in public_routes()} >= {
        "reports",
        "news",
        "super-complaints",
    }


@pytest.mark.parametrize("made", [unreleased, *CLOSED], ids=lambda made: made.__name__)
def test_what_is_closed_is_answered_like_an_address_of_no_pattern(
    made: Callable[[], Release], client: Client
) -> None:
    closed = list(addresses(places_of(made())))
    for ask in (client.get, client.head):
        nowhere = told(ask(NO_PATTERN))
        assert nowhere[0] == 404
        assert dict(nowhere[1])["Cache-Control"] == "no-store"
        for address in [*closed, *addresses(NOTHING)]:
            assert told(ask(address)) == nowhere, address


def test_the_answer_is_drawn_once_for_every_reader(client: Client) -> None:
    first, second = client.get(NO_PATTERN), client.get("/reports/no-such-thing")
    assert [template.name for template in second.templates] == []
    assert second.content == first.content


def test_whoever_is_signed_in_is_answered_no_other_way(client: Client) -> None:
    closed = [*addresses(places_of(unreleased())), *addresses(NOTHING), NO_PATTERN]
    anonymous = told(client.get(NO_PATTERN))
    signed_in_as(client, play("stranger"))
    assert {address for address in closed if told(client.get(address)) != anonymous} == set()


def test_an_unreleased_correction_does_not_show_beside_the_edition_that_is_public(
    client: Client,
) -> None:
    first = an_approved_release()
    report = f"/reports/{first.slug}"
    alone = [told(client.get(address)) for address in (report, f"/news/{first.slug}")]
    an_approved_release(
        kind="correction",
        slug=first.slug,
        reference=first.reference,
        edition_number=2,
        supersedes=first,
        release_at=in_seconds(3600),
        files={"report.html": b"<p>Corrected.</p>", "annex.pdf": b"%PDF-1.7"},
    )
    nowhere = told(client.get(NO_PATTERN))
    hidden = ("/editions/2", "/editions/3", "/editions/2/files/annex.pdf", "/files/annex.pdf")
    for rest in (*hidden, "/editions/1/files/annex.pdf", "/files/no-such-file.pdf"):
        assert told(client.get(report + rest)) == nowhere, rest
    assert [told(client.get(address)) for address in (report, f"/news/{first.slug}")] == alone


@pytest.mark.parametrize("kind", ["web", "public-web"])
def test_the_bytes_on_the_wire_are_the_same_too(committed: None, kind: str) -> None:
    releases = [unreleased(), held(), suspended_before_it_was_ever_public()]
    with process(kind, called="asked") as started:
        for method in ("GET", "HEAD"):
            nowhere = on_the_wire(started, method, NO_PATTERN)
            assert nowhere.startswith(b"HTTP/1.1 404 ")
            for values in [*map(places_of, releases), NOTHING]:
                for address in addresses(values):
                    assert on_the_wire(started, method, address) == nowhere, address


def on_the_wire(started: Started, method: str, address: str) -> bytes:
    """The whole answer as it arrives, but for its date."""
    place = urlsplit(started.url)
    assert place.hostname
    assert place.port
    with socket.create_connection((place.hostname, place.port), timeout=20) as line:
        asked = f"{method} {address} HTTP/1.1\r\nHost: {place.netloc}\r\nConnection: close\r\n\r\n"
        line.sendall(asked.encode())
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    return b"\r\n".join(part for part in answer.split(b"\r\n") if not part.startswith(b"Date: "))
