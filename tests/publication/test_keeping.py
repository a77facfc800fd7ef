"""For how long each public address may be kept by a cache, pattern by pattern."""

from collections.abc import Callable

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import get_resolver

from publication.models import Release, Suspension
from tests.builders.publication import an_approved_release, in_seconds
from tests.embargo.addresses import Route, routes
from tests.publication.test_predicate import latch, withdraw
from tests.publication.test_unknown_addresses import PUBLIC_URLS, places_of

pytestmark = pytest.mark.committed

# A list names several releases, so it is never kept past the next; a sealed file is one release.
LISTS = {"", "super-complaints", "super-complaints/<str:reference>"}
SEALED = {
    "reports/<slug:slug>.pdf",
    "reports/<slug:slug>",
    "reports/<slug:slug>/editions/<int:edition_number>",
    "reports/<slug:slug>/editions/<int:edition_number>/files/<path:path>",
    "reports/<slug:slug>/files/<path:path>",
    "news/<slug:slug>",
}
OF_NO_RELEASE = {"help", "accessibility", "privacy", "cookies", "proof", "subscribe/asked"}
# A form and what came of it are one reader's own.
NEVER_KEPT = {"subscribe", "subscribe/confirm/<str:token>", "subscribe/stop/<str:token>"}
SECONDS_AHEAD = 20


@pytest.fixture
def release(committed: None) -> Release:
    """A release that is public, with another to come in twenty seconds."""
    files = {name: b"Sealed." for name in ("report.html", "report.pdf", "notice.html")}
    shown = an_approved_release(files=files)
    latch(shown)
    an_approved_release(release_at=in_seconds(SECONDS_AHEAD))
    return shown


def public_routes() -> list[Route]:
    return list(routes(get_resolver(PUBLIC_URLS)))


def answers(client: Client, release: Release, patterns: set[str]) -> list[HttpResponseBase]:
    """What each existing address of some patterns answers."""
    values = {**places_of(release), "path": ["report.html", "report.pdf", "notice.html"]}
    values["token"] = ["no-such-link"]
    found = [route for route in public_routes() if route.pattern in patterns]
    return [client.get(address) for route in found for address in route.addresses(values)]


def test_the_list_names_every_public_pattern_once() -> None:
    patterns = [route.pattern for route in public_routes()]
    assert sorted(patterns) == sorted([*LISTS, *SEALED, *OF_NO_RELEASE, *NEVER_KEPT])


def test_a_list_is_kept_until_the_next_release_and_no_longer(
    client: Client, release: Release
) -> None:
    for answer in answers(client, release, LISTS):
        public, _, seconds = answer["Cache-Control"].partition(", max-age=")
        assert (answer.status_code, public) == (200, "public")
        assert 0 <= int(seconds) <= SECONDS_AHEAD


def test_what_is_sealed_is_kept_for_a_minute_and_carries_its_hash(
    client: Client, release: Release
) -> None:
    for answer in answers(client, release, SEALED):
        assert (answer.status_code, answer["Cache-Control"]) == (200, "public, max-age=60")
        assert answer["ETag"].startswith('"')
        assert len(answer["ETag"]) == 66


def test_what_tells_of_no_release_is_kept_for_a_minute(client: Client, release: Release) -> None:
    for answer in answers(client, release, OF_NO_RELEASE):
        assert (answer.status_code, answer["Cache-Control"]) == (200, "public, max-age=60")


def test_what_is_one_readers_own_is_kept_by_nobody(client: Client, release: Release) -> None:
    for answer in answers(client, release, NEVER_KEPT):
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")


def suspended(release: Release) -> None:
    Suspension.objects.create(release=release, reason="A mistake.")


@pytest.mark.parametrize("taken_down", [suspended, withdraw])
def test_what_is_taken_down_is_kept_by_nobody(
    client: Client, release: Release, taken_down: Callable[[Release], None]
) -> None:
    taken_down(release)
    found = answers(client, release, SEALED)
    assert {answer.status_code for answer in found} <= {410, 503}
    assert {answer["Cache-Control"] for answer in found} == {"no-store"}
