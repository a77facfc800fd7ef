"""Nothing leaks before the instant, and nothing is late after it: every address, as everybody.

The application's clock stands one second before the instant, then one second after it. No worker
runs, and the queue can't be reached.
"""

import hashlib
import json
import os
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
import time_machine
from django.http import HttpResponseBase
from django.test import Client

from publication.models import Release
from supercomplaints.celery import app
from tests.builders.accounts import signed_in_as
from tests.cast import PARTS, play
from tests.embargo.addresses import Values, routes
from tests.embargo.secret_case import (
    COMPLAINT_WORD,
    REPORT_WORD,
    an_embargoed_secret,
    values_of,
)

LIST = Path(__file__).with_name("insiders.json")
ANYBODY = "anybody"
# Whom neither the complaint nor the report concerns before the instant.
OUTSIDERS = (
    *(ANYBODY, "stranger", "other_body_submitter", "responder", "response_approver"),
    *("other_force_responder", "unassigned_investigator", "administrator"),
)
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


@pytest.mark.committed
@pytest.mark.timeout(600)
def test_before_the_instant_each_sees_what_the_stored_list_says_and_after_it_all_see(
    secret: Release,
) -> None:
    assert secret.release_at is not None
    values = values_of(secret)
    with time_machine.travel(secret.release_at - SECOND, tick=False):
        seen = {who: crawled(who, values) for who in (ANYBODY, *PARTS)}
    if os.environ.get("PRINT_INSIDERS"):
        LIST.write_text(json.dumps(seen, indent=1, sort_keys=True) + "\n")
    for outsider in OUTSIDERS:
        assert seen[outsider] == {}, outsider
    assert seen == json.loads(LIST.read_text())
    with time_machine.travel(secret.release_at + SECOND, tick=False):
        read_by_all(secret)
        after = crawled(ANYBODY, values)
    assert {"super-complaints", "reports/<slug:slug>", "news/<slug:slug>", ""} <= set(after)
    assert not [pattern for pattern in after if pattern.startswith(("casework", "portal"))]


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


def crawled(who: str, values: Values) -> Hits:
    """The patterns at which somebody reads the secret words, and whose words they are."""
    client = Client(raise_request_exception=False)
    if who != ANYBODY:
        signed_in_as(client, play(who))
    hits: Hits = {}
    for route in routes():
        found = {
            word[0]
            for address in route.addresses(values)
            for word in (COMPLAINT_WORD, REPORT_WORD)
            if word in text_of(client.get(address), address)
        }
        if found:
            hits[route.pattern] = "".join(sorted(found))
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
