"""No page leads its reader to one that is not there, not for them, that fails or asks much."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from pytest_django import Settings

from accounts.models import Membership
from accounts.services.demo import make_demo_accounts
from complaints.models import Complaint
from desk.demo import loading
from notifications.models import Message
from tests.builders.accounts import signed_in_as

pytestmark = pytest.mark.committed

LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')
FORM = re.compile(r'<form\b[^>]*?\bmethod="get"[^>]*?\baction="([^"]*)"')
# Beyond this a page asks in a loop, or twice; where a page draws a whole report it may ask more.
MOST_QUERIES = 25
ASK_MORE = {"publication:report": 45, "publication:notice": 30}
NUMBERED = re.compile(r"SC-\d{4}-\d{3}|\d+")


@pytest.fixture
def demo(committed: None, settings: Settings) -> dict[str, Membership]:
    """The demonstration's people and cases: one case in each stage."""
    settings.DEMO = True
    loading.load_demo(lambda _line: None)
    return make_demo_accounts()


def filters_again(address: str) -> bool:
    """Whether it filters a filtered list of the administrators' pages: all pairs would be many."""
    parts = urlsplit(address)
    return parts.path.startswith("/admin/") and len(parse_qs(parts.query)) > 1


def shape(address: str) -> tuple[str, ...]:
    """The address without its references, numbers and values: pages of one shape are alike."""
    parts = urlsplit(address)
    return NUMBERED.sub("N", parts.path), *sorted(parse_qs(parts.query, keep_blank_values=True))


@dataclass(frozen=True)
class Followed:
    """A link that was followed: where it stands, where it leads, and what was answered there."""

    page: str
    link: str
    status: int
    text: str
    view: str
    queries: int

    def __str__(self) -> str:
        return f"{self.page} > {self.link} {self.status}"

    @property
    def is_marked(self) -> bool:
        """Whether it says that what it shows is made up, if it is a page of its own."""
        return not self.text or "fictional" in self.text.lower()


@contextmanager
def asked() -> Iterator[list[str]]:
    """The queries that are asked meanwhile, through both roles that pages use."""
    queries: list[str] = []

    def noted(execute: Any, sql: str, *how: Any) -> Any:
        queries.append(sql)
        return execute(sql, *how)

    own, public = (connections[name].execute_wrapper(noted) for name in ("default", "public"))
    with own, public:
        yield queries


def followed(client: Client, home: str) -> Iterator[Followed]:
    """Each link that can be reached from a page."""
    waiting, seen = [("", home)], set[tuple[str, ...]]()
    while waiting:
        page, link = waiting.pop(0)
        parts = urlsplit(link)
        if parts.netloc or parts.scheme or shape(link) in seen or filters_again(link):
            continue
        seen.add(shape(link))
        with asked() as queries:
            answer = client.get(link, follow=True)
        drawn = not answer.streaming and answer["Content-Type"].startswith("text/html")
        text = answer.content.decode() if drawn else ""
        view = answer.resolver_match.view_name if answer.resolver_match else ""
        yield Followed(page, link, answer.status_code, text, view, len(queries))
        found = LINK.findall(text) + FORM.findall(text)
        waiting += [(link, urljoin(link, unescape(address))) for address in found]


def asks_much(step: Followed) -> bool:
    """Whether a page asks the database more than a page should need."""
    return step.queries > ASK_MORE.get(step.view, MOST_QUERIES)


def mailed() -> set[tuple[Membership, str]]:
    """Everybody who was mailed a link, with the page that it leads to."""
    link = re.compile(re.escape(settings.BASE_URL) + r"(/\S*)")
    mails = Message.objects.exclude(recipient=None).select_related("recipient__user")
    sent = [(mail.recipient, place) for mail in mails for place in link.findall(mail.body)]
    return {(person, place) for person, place in sent if person}


@pytest.mark.timeout(900)
def test_every_link_leads_somewhere_asks_little_and_says_what_is_made_up(
    demo: dict[str, Membership],
) -> None:
    made_up = {
        name
        for case in Complaint.objects.filter(fictional=True)
        for name in (case.reference, case.key)
        if name
    }
    told = set()
    for key, membership in demo.items():
        walked = list(followed(signed_in_as(Client(), membership), "/home"))
        assert len(walked) > 10, key
        told |= {f"{key}: {step}" for step in walked if step.status != 200}
        told |= {f"{key}: {step} {step.queries} queries" for step in walked if asks_much(step)}
        # The case list is for staff, each of whom has a case to show what their role does.
        views = {one.view for one in walked}
        assert "desk:cases" not in views or "desk:overview" in views, key
        of_one = [one for one in walked if any(name in one.link + one.text for name in made_up)]
        told |= {f"{key}: {step} is not marked" for step in of_one if not step.is_marked}
    told |= {
        f"A mail to {person} leads to {place}"
        for person, place in mailed()
        if signed_in_as(Client(), person).get(place, follow=True).status_code != 200
    }
    assert told == set()
