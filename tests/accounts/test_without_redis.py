"""Sign-in goes on when Redis is away: sessions and throttles live in PostgreSQL."""

import re
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest
from django.conf import settings

from accounts.models import Membership
from tests.builders.accounts import PASSWORD
from tests.fixtures.service import Started, process

pytestmark = pytest.mark.committed


@pytest.fixture
def alone(committed: None) -> Iterator[Started]:
    """A web process whose Redis does not answer."""
    with process("web", called="alone", REDIS_URL="redis://127.0.0.1:1/0") as started:
        yield started


def send(browser: OpenerDirector, address: str, **given: str) -> str:
    """Open a page, fill in its first form and send it; answers the page that follows."""
    page = browser.open(address).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    sent = urlencode({"csrfmiddlewaretoken": token[1], **given}).encode()
    return str(browser.open(address, sent).read().decode())


def test_a_person_signs_in_without_redis(alone: Started, submitter: Membership) -> None:
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    before = set(Path(settings.EMAIL_FILE_PATH).glob("*"))
    send(browser, f"{alone.url}/sign-in", login=submitter.user.email, password=PASSWORD)
    mailed = set(Path(settings.EMAIL_FILE_PATH).glob("*")) - before
    code = re.search(r"Your code is (\S+)\. ", mailed.pop().read_text())
    assert code
    page = send(browser, f"{alone.url}/sign-in/code", code=code[1], next="/account")
    assert submitter.user.email in page
