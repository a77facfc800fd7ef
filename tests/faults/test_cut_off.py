"""A line that is cut while files are sent to a real web process: half a file is no evidence."""

import http.client
import re
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from complaints.models import Complaint
from documents.models import StoredFile
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import a_draft, an_upload
from tests.cast import play
from tests.documents.conftest import files_in
from tests.fixtures.service import process

pytestmark = pytest.mark.committed


@pytest.fixture
def draft(committed: None) -> Complaint:
    """A draft that waits for its files."""
    return a_draft()


def page_of(netloc: str, draft: Complaint, cookie: str) -> tuple[str, str]:
    """The token of the draft's page of evidence, and the cookies with which it is sent."""
    connection = http.client.HTTPConnection(netloc, timeout=20)
    connection.request("GET", f"/portal/drafts/{draft.key}/evidence", headers={"Cookie": cookie})
    answer = connection.getresponse()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.read().decode())
    assert token, answer.status
    given = [one.split(";", 1)[0] for one in answer.headers.get_all("Set-Cookie", [])]
    connection.close()
    return token[1], "; ".join([cookie, *given])


@pytest.mark.parametrize("kept", [0.6, 1])
def test_half_a_request_is_not_taken_in_and_a_whole_one_is(
    draft: Complaint, tmp_path: Path, kept: float
) -> None:
    client = signed_in_as(Client(), play("submitter"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    with process("web", called="cut-off", FILES_DIR=str(tmp_path)) as web:
        netloc = urlsplit(web.url).netloc
        token, cookies = page_of(netloc, draft, f"{settings.SESSION_COOKIE_NAME}={session}")
        files = [an_upload(content=f"Fact {number}.\n".encode() * 40_000) for number in range(9)]
        body = encode_multipart(BOUNDARY, {"csrfmiddlewaretoken": token, "upload": files})
        head = (
            f"POST /portal/drafts/{draft.key}/files HTTP/1.1\r\nHost: {netloc}\r\n"
            f"Referer: {web.url}/\r\nCookie: {cookies}\r\nConnection: close\r\n"
            f"Content-Type: {MULTIPART_CONTENT}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        host, port = netloc.split(":")
        with socket.create_connection((host, int(port)), timeout=20) as line:
            line.sendall(head.encode() + body[: int(len(body) * kept)])
            line.shutdown(socket.SHUT_WR)
            answer = line.makefile("rb").read().decode(errors="replace")
    whole = kept == 1
    assert answer.startswith("HTTP/1.1 302" if whole else "HTTP/1.1 400"), answer[:2000]
    assert StoredFile.objects.count() == draft.supporting_documents.count() == 9 * whole
    assert len(files_in(tmp_path)) == 9 * whole
