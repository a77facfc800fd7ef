"""Somebody at a real web process: opens pages and sends forms over HTTP, and times the answers."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener
from uuid import uuid4

PATIENCE_S = 20


@dataclass(frozen=True)
class Answer:
    """What came back, after following redirects, and how long it took."""

    status: int
    headers: "Message[str, str]"
    body: bytes
    url: str
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


class Visitor:
    """A browser without a screen, with cookies of its own."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask(Request(self.url + path))  # noqa: S310  The address is ours.

    def send(self, path: str, *, to: str = "", **fields: str) -> Answer:
        """Open a page, fill in its form and send it, to another address where one is given."""
        return self.send_on(self.get(path), to=to, **fields)

    def send_on(self, page: Answer, *, to: str = "", **fields: str) -> Answer:
        """Fill in the form of a page that is open, and send it."""
        body = urlencode({**hidden_in(page), **fields}).encode()
        return self._ask(Request(self.url + to if to else page.url, body))  # noqa: S310

    def send_file(
        self, path: str, *, to: str, name: str, content: bytes, fields: Mapping[str, str]
    ) -> Answer:
        """Open a page and send its form with a file in the field `upload`."""
        mark = uuid4().hex
        given = {**hidden_in(self.get(path)), **fields}
        named = {f'name="{field}"': value.encode() for field, value in given.items()}
        named[f'name="upload"; filename="{name}"'] = content
        head = f"--{mark}\r\nContent-Disposition: form-data; "
        parts = [f"{head}{names}\r\n\r\n".encode() + sent for names, sent in named.items()]
        body = b"\r\n".join([*parts, f"--{mark}--\r\n".encode()])
        request = Request(self.url + to, body)  # noqa: S310  The address is ours.
        request.add_header("Content-Type", f"multipart/form-data; boundary={mark}")
        return self._ask(request)

    def _ask(self, request: Request) -> Answer:
        if request.data is not None:
            request.add_header("Referer", request.full_url)
        began = time.monotonic()
        try:
            answer = self.opener.open(request, timeout=PATIENCE_S)
        except HTTPError as refused:
            answer = refused
        with answer:
            body = answer.read()
            took = time.monotonic() - began
            return Answer(answer.status, answer.headers, body, answer.url, took)


def hidden_in(page: Answer) -> dict[str, str]:
    """What the forms of a page carry unseen, above all the token against forgery."""
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    assert "csrfmiddlewaretoken" in found, f"{page.url} answered {page.status} and has no form."
    return found
