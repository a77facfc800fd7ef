"""Nothing leaks before the instant, and nothing is late after it: every address, as everybody.

The application's clock stands one second before the instant, then one second after it. No worker
runs, and the queue can't be reached.
"""

import hashlib
import json
import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
import time_machine
from django.http import HttpResponseBase
from django.test import Client
from django.urls import get_resolver

from publication.models import Release
from supercomplaints.celery import app
from tests.builders.accounts import signed_in_as
from tests.cast import PARTS, play
from tests.embargo.addresses import routes
from tests.embargo.places import PLACES, Addresses, addresses_of
from tests.embargo.secret_case import PUBLIC_WORDS, WORDS, an_embargoed_secret

LIST = Path(__file__).with_name("insiders.json")
ANYBODY = "anybody"
PUBLIC_URLS = "supercomplaints.public_urls"
# Whom neither the complaint nor the report concerns before the instant.
OUTSIDERS = (
    *(ANYBODY, "stranger", "other_body_submitter", "responder", "response_approver"),
    *("other_force_responder", "unassigned_investigator", "administrator"),
    "second_administrator",
)
# The whole cast in three parts, which can be crawled beside each other.
CROWDS = {
    "outsiders": OUTSIDERS,
    "readers": (
        *("submitter", "body_approver", "intake_officer", "press_officer"),
        *("second_press_officer", "legal_adviser", "auditor"),
    ),
    "deciders": (
        *("investigator", "lead_investigator", "hmicfrs_decision_maker"),
        *("iopc_decision_maker", "college_decision_maker"),
    ),
}
# Every list that takes a search, and every list of the reference data.
SEARCHED = (
    *("/casework/cases", "/super-complaints", "/admin/accounts/organisation/"),
    *("/admin/accounts/addresseegroup/", "/admin/accounts/regime/"),
    "/admin/accounts/designation/",
)
TOKEN = re.compile(r'name="(?:csrfmiddlewaretoken|sending)" value="[^"]*"')
SECOND = timedelta(seconds=1)
Hits = dict[str, str]


@pytest.fixture
def secret(committed: None) -> Iterator[Release]:
    """The embargoed case, with the queue out of reach."""
    release = an_embargoed_secret()
    for name in PARTS:
        play(name)
    reachable = app.conf.broker_url
    app.conf.broker_url = "redis+socket:///nowhere/redis.sock"
    yield release
    app.conf.broker_url = reachable


def test_everybody_is_in_one_crowd() -> None:
    assert sorted(who for crowd in CROWDS.values() for who in crowd) == sorted([ANYBODY, *PARTS])


def test_the_table_says_of_each_place_of_an_address_what_it_names() -> None:
    assert {place for route in routes() for place in route.places().values()} == set(PLACES)


@pytest.mark.committed
@pytest.mark.timeout(600)
@pytest.mark.parametrize("crowd", CROWDS)
def test_before_the_instant_each_sees_what_the_stored_list_says_and_after_it_all_see(
    crowd: str, secret: Release
) -> None:
    assert secret.release_at is not None
    addresses = addresses_of(secret.complaint)
    with time_machine.travel(secret.release_at - SECOND, tick=False):
        for who in {*CROWDS[crowd]} & {*OUTSIDERS}:
            search_tells_nothing(who)
        seen = {who: crawled(who, addresses) for who in CROWDS[crowd]}
    if os.environ.get("PRINT_INSIDERS"):
        told = {**json.loads(LIST.read_text()), **seen}
        LIST.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n")
    stored = json.loads(LIST.read_text())
    assert seen == {who: stored[who] for who in CROWDS[crowd]}
    with time_machine.travel(secret.release_at + SECOND, tick=False):
        public_to_all(secret, CROWDS[crowd], addresses)


def test_the_stored_list_says_that_outsiders_see_nothing() -> None:
    stored = json.loads(LIST.read_text())
    assert {who: stored[who] for who in OUTSIDERS} == {who: {} for who in OUTSIDERS}


def search_tells_nothing(who: str) -> None:
    """A search for a secret word answers an outsider as a search for a word that stands nowhere."""
    client = client_of(who)
    for address in SEARCHED:
        nothing = found(client, address, "Nowhereword")
        for word in WORDS:
            assert found(client, address, word) == nothing, (who, address, word)


def found(client: Client, address: str, word: str) -> tuple[int, str]:
    """What a search answers, but for the word itself and the token of its form."""
    answer = client.get(address, {"q": word})
    return answer.status_code, TOKEN.sub("", answer.content.decode()).replace(word, "")


def public_to_all(release: Release, people: Iterable[str], addresses: Addresses) -> None:
    """Anybody reads what is public and nothing else, and everybody the same of what is public."""
    read_by_all(release)
    public = {
        route.pattern: addresses[route.pattern] for route in routes(get_resolver(PUBLIC_URLS))
    }
    after = crawled(ANYBODY, public)
    assert {"super-complaints", "reports/<slug:slug>", "news/<slug:slug>", ""} <= set(after)
    assert {*"".join(after.values())} == {word[0] for word in PUBLIC_WORDS}
    if ANYBODY in people:
        assert crawled(ANYBODY, addresses) == after
    for who in {*people} - {ANYBODY}:
        assert crawled(who, public) == after, who


def read_by_all(release: Release) -> None:
    """Anybody gets every file of the manifest, byte for byte as it was sealed."""
    client = Client()
    files = list(release.files.all())
    assert {file.path for file in files} >= {"report.html", "report.pdf", "notice.html"}
    for file in files:
        answer = client.get(f"/reports/{release.slug}/files/{file.path}")
        assert answer.status_code == 200, file.path
        content = body_of(answer)
        assert hashlib.sha256(content).hexdigest() == file.sha256, file.path


def client_of(who: str) -> Client:
    """A browser in which somebody is signed in."""
    client = Client(raise_request_exception=False)
    return client if who == ANYBODY else signed_in_as(client, play(who))


def crawled(who: str, addresses: Addresses) -> Hits:
    """The patterns at which somebody reads the secret words, and whose words they are."""
    client = client_of(who)
    hits: Hits = {}
    for pattern, asked in addresses.items():
        read = [text_of(client.get(address), address) for address in asked]
        if found := {word[0] for word in WORDS if any(word in text for text in read)}:
            hits[pattern] = "".join(sorted(found))
    return hits


def text_of(answer: HttpResponseBase, address: str) -> str:
    """What a reader could find in an answer: its address, headers, and text, also of a PDF."""
    assert answer.status_code < 500, f"{address} answered {answer.status_code}"
    content = body_of(answer)
    if answer.headers.get("Content-Type", "").startswith("application/pdf"):
        content = pdf_text(content)
    return str(answer.headers) + content.decode(errors="replace")


def body_of(answer: HttpResponseBase) -> bytes:
    if answer.streaming:
        return b"".join(answer)
    return bytes(answer.content)  # type: ignore[attr-defined]


@cache
def pdf_text(content: bytes) -> bytes:
    told = subprocess.run(
        ["/usr/bin/pdftotext", "-", "-"], input=content, capture_output=True, check=True
    )
    return told.stdout
