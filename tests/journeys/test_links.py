"""No page leads its reader to a page that is not there, that is not for them, or that fails."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import Membership
from accounts.services.demo import make_demo_accounts
from complaints.models import Complaint
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

    def __str__(self) -> str:
        return f"{self.page} > {self.link} {self.status}"

    @property
    def is_marked(self) -> bool:
        """Whether it says that what it shows is made up, if it is a page of its own."""
        return not self.text or "fictional" in self.text.lower()


def followed(client: Client, home: str) -> Iterator[Followed]:
    """Each link that can be reached from a page."""
    waiting, seen = [("", home)], set[tuple[str, ...]]()
    while waiting:
        page, link = waiting.pop(0)
        parts = urlsplit(link)
        if parts.netloc or parts.scheme or shape(link) in seen or filters_again(link):
            continue
        seen.add(shape(link))
        answer = client.get(link, follow=True)
        drawn = not answer.streaming and answer["Content-Type"].startswith("text/html")
        text = answer.content.decode() if drawn else ""
        yield Followed(page, link, answer.status_code, text)
        found = LINK.findall(text) + FORM.findall(text)
        waiting += [(link, urljoin(link, unescape(address))) for address in found]


@pytest.mark.timeout(900)
def test_every_link_leads_somewhere_and_what_is_made_up_says_so(
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
        # A form that is about no case may carry a reference behind its question mark.
        of_one = [one for one in walked if any(name in urlsplit(one.link).path for name in made_up)]
        told |= {f"{key}: {step} is not marked" for step in of_one if not step.is_marked}
    assert told == set()
