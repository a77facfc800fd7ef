"""No page leads its reader to a page that is not there, that is not for them, or that fails."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import Membership
from accounts.services.demo import make_demo_accounts
from desk.demo import loading
from tests.builders.accounts import signed_in_as

pytestmark = pytest.mark.committed

LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')
FORM = re.compile(r'<form\b[^>]*?\bmethod="get"[^>]*?\baction="([^"]*)"')
NUMBERED = re.compile(r"SC-\d{4}-\d{3}|\d+")


@pytest.fixture
def demo(committed: None, settings: Settings) -> dict[str, Membership]:
    """The demonstration's people and cases: one case in each stage."""
    settings.DEMO = True
    loading.load_demo(lambda _line: None)
    return make_demo_accounts()


def shape(address: str) -> tuple[str, ...]:
    """The address without its references, numbers and values: pages of one shape are alike."""
    parts = urlsplit(address)
    return NUMBERED.sub("N", parts.path), *sorted(parse_qs(parts.query, keep_blank_values=True))


def followed(client: Client, home: str) -> Iterator[tuple[str, str, int]]:
    """Each link that can be reached from a page: where it stands, where it leads, its answer."""
    waiting, seen = [("", home)], set[tuple[str, ...]]()
    while waiting:
        page, link = waiting.pop(0)
        parts = urlsplit(link)
        if parts.netloc or parts.scheme or shape(link) in seen:
            continue
        seen.add(shape(link))
        answer = client.get(link, follow=True)
        yield page, link, answer.status_code
        if not answer.streaming and answer["Content-Type"].startswith("text/html"):
            found = LINK.findall(answer.content.decode()) + FORM.findall(answer.content.decode())
            waiting += [(link, urljoin(link, unescape(address))) for address in found]


@pytest.mark.timeout(900)
def test_every_link_that_a_person_is_shown_leads_somewhere(demo: dict[str, Membership]) -> None:
    dead = {}
    for key, membership in demo.items():
        walked = list(followed(signed_in_as(Client(), membership), "/home"))
        assert len(walked) > 10, key
        dead[key] = [step for step in walked if step[2] != 200]
    told = {f"{key}: {page} > {link} {status}" for key in dead for page, link, status in dead[key]}
    assert told == set()
