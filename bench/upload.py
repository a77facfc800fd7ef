"""A large file through the server, against the same bytes written plainly: `./bin/bench upload`.

The server receives pieces, hashes, writes and flushes each to disk, and the worker hashes the whole
and puts it in the case; the plain way hashes, writes and flushes the same bytes in this process.
The ratio of their medians says what everything else costs. Now and then the line is cut.
"""

import base64
import hashlib
import http.client
import json
import os
import re
import secrets
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.test import Client

from accounts.services.demo import make_demo_accounts
from bench import measure, report
from bench.measure import Result
from bench.trivial import EMPTY, serving
from documents.models import StoredFile
from documents.receiving import PIECE_BYTES
from documents.states import ScanState
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import a_draft
from tests.fixtures.service import process

MEGABYTE = 10**6
SIZES_MB = (512,)
REPEATS = 5
# Beyond so many megabytes once is enough: it is about memory then.
ONCE_FROM_MB = 2000
MEBIBYTE = 1024 * 1024
LOOK_AGAIN_S = 0.05
# A piece in so many meets a cut line, as a telephone in a train does.
CUT_EVERY = 40
# The head of a sound file, whose content may be anything.
HEAD = b"RIFF\xff\xff\xff\x7fWAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00"


def run(rounds: Sequence[int] = SIZES_MB) -> None:
    """Send files of so many megabytes in pieces and in a form, and write the same bytes plainly."""
    settings.DEMO = True
    by = make_demo_accounts()["submitter"]
    draft = a_draft(by=by, title="Measured (fictional)")
    session = signed_in_as(Client(), by).cookies[settings.SESSION_COOKIE_NAME].value
    size_mb = rounds[-1]
    took: dict[str, list[float]] = {"plain": [], "upload": [], "form": []}
    with serving() as address, process("worker"):
        empty = measure.page(EMPTY, address)
        sender = Sender(address, f"/portal/drafts/{draft.key}", session)
        ways = {"plain": plainly, "upload": sender.in_pieces, "form": sender.in_a_form}
        # By turns, since a disk is faster at one time than at another.
        for _ in range(1 if size_mb >= ONCE_FROM_MB else REPEATS):
            for way, send in ways.items():
                with made(size_mb * MEGABYTE) as path:
                    took[way].append(send(path))
                until_checked()
        held_mb = heaviest_process_mb()
    told(size_mb, {EMPTY.name: empty} | {way: result(each) for way, each in took.items()}, held_mb)


def told(size_mb: int, results: dict[str, Result], held_mb: int) -> None:
    """Print what was measured, each as a multiple of writing the bytes plainly."""
    report.table("upload", size_mb, results)
    ratio, in_a_form = (
        round(results[way].p50_ms / results["plain"].p50_ms, 2) for way in ("upload", "form")
    )
    print(
        f"{size_mb} MB in pieces, {ratio} times as long as plainly; in a form, {in_a_form} times."
    )
    print(f"The web process held at most {held_mb} MB.")
    more = {"ratio": ratio, "form_ratio": in_a_form, "web_rss_mb": held_mb}
    report.last_line("upload", size_mb, results, **more)


@contextmanager
def made(size_bytes: int) -> Iterator[Path]:
    """A file of random content, there for as long as the block lasts."""
    block = secrets.token_bytes(MEBIBYTE)
    with NamedTemporaryFile(suffix=".wav", dir=settings.FILES_DIR) as file:
        file.write(HEAD + secrets.token_bytes(64))
        while (left := size_bytes - file.tell()) > 0:
            file.write(block[:left])
        # On the disk before anything is measured, which would else wait for these bytes too.
        file.flush()
        os.fsync(file.fileno())
        yield Path(file.name)


def plainly(path: Path) -> float:
    """Hash the bytes, write and flush them; the seconds that it took."""
    begun = time.perf_counter()
    digest = hashlib.sha256()
    with path.open("rb") as read, NamedTemporaryFile(dir=settings.FILES_DIR) as kept:
        while piece := read.read(MEBIBYTE):
            digest.update(piece)
            kept.write(piece)
        kept.flush()
        os.fsync(kept.fileno())
        return time.perf_counter() - begun


class Sender:
    """A browser that has signed in and sends files of a draft."""

    def __init__(self, address: str, draft: str, session: str) -> None:
        self.draft = draft
        self.cookies = f"{settings.SESSION_COOKIE_NAME}={session}"
        self.connections = [
            http.client.HTTPConnection(urlsplit(address).netloc, timeout=600) for _ in range(2)
        ]
        page = self._ask("GET", f"{draft}/evidence")
        token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token, "The page of the draft's files has no form."  # noqa: S101
        self.token = token[1].decode()

    def in_pieces(self, path: Path) -> float:
        """Send one file as a browser with a script does; the seconds until it is in the case.

        The hash of each piece is made before, since it costs the sender and not the server.
        """
        digests = [digest_of(piece) for piece in read(path, PIECE_BYTES)]
        self._begin_anew()
        begun = time.perf_counter()
        told = {"name": path.name, "size": path.stat().st_size, "changed": 1}
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        made = self._json("POST", f"{self.draft}/uploads", urlencode(told).encode(), form, 201)
        self._send_pieces(made["address"], path, digests)
        while not self._json("GET", made["address"])["taken_in"]:
            time.sleep(LOOK_AGAIN_S)
        return time.perf_counter() - begun

    def in_a_form(self, path: Path) -> float:
        """Send one file as a browser without a script does; the seconds until the answer."""
        mark = secrets.token_hex(16)
        head = (
            f'--{mark}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
            f'{self.token}\r\n--{mark}\r\nContent-Disposition: form-data; name="upload"; '
            f'filename="{path.name}"\r\nContent-Type: audio/wav\r\n\r\n'
        ).encode()
        tail = f"\r\n--{mark}--\r\n".encode()
        headers = {
            "Content-Type": f"multipart/form-data; boundary={mark}",
            "Content-Length": str(len(head) + path.stat().st_size + len(tail)),
        }
        self._begin_anew()
        begun = time.perf_counter()
        body = chain([head], read(path, MEBIBYTE), [tail])
        self._ask("POST", f"{self.draft}/files", body, headers, 302)
        return time.perf_counter() - begun

    def _begin_anew(self) -> None:
        """Leave a connection that the server may have closed while nothing was said."""
        for connection in self.connections:
            connection.close()

    def _send_pieces(self, address: str, path: Path, digests: Sequence[str]) -> None:
        """Each piece once the one before has gone; that one's answer is read after.

        Every so often the line is cut in the middle of a piece, and it is sent again.
        """
        here, other = self.connections
        sent = False
        for number, piece in enumerate(read(path, PIECE_BYTES)):
            offset = str(number * PIECE_BYTES)
            headers = {"Upload-Offset": offset, "Content-Digest": digests[number]}
            if number % CUT_EVERY == CUT_EVERY - 1:
                self._cut(here, address, piece, headers)
            here.request("PATCH", address, piece, self._with(headers))
            if sent:
                self._answer(other, f"PATCH {address} before {offset}")
            sent, here, other = True, other, here
        self._answer(other, f"PATCH {address} at the end")

    def _cut(
        self, line: http.client.HTTPConnection, address: str, piece: bytes, headers: dict[str, str]
    ) -> None:
        said = {**headers, "Content-Length": str(len(piece))}
        line.request("PATCH", address, piece[: len(piece) // 2], self._with(said))
        line.close()

    def _json(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        status: int = 200,
    ) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self._ask(method, path, body, headers, status))
        return answer

    def _ask(
        self,
        method: str,
        path: str,
        body: bytes | Iterator[bytes] | None = None,
        headers: dict[str, str] | None = None,
        status: int = 200,
    ) -> bytes:
        line = self.connections[0]
        line.request(method, path, body, self._with(headers or {}))
        return self._answer(line, f"{method} {path}", status)

    def _answer(self, line: http.client.HTTPConnection, asked: str, status: int = 200) -> bytes:
        answer = line.getresponse()
        content = answer.read()
        if answer.status != status:
            raise RuntimeError(f"{asked} was answered {answer.status}, so nothing counts")
        for cookie in answer.headers.get_all("Set-Cookie", []):
            if cookie.startswith(settings.CSRF_COOKIE_NAME):
                self.cookies += f"; {cookie.split(';', 1)[0]}"
        return content

    def _with(self, headers: dict[str, str]) -> dict[str, str]:
        token = {"X-CSRFToken": self.token} if hasattr(self, "token") else {}
        return {"Cookie": self.cookies, **token, **headers}


def read(path: Path, piece_bytes: int) -> Iterator[bytes]:
    """A file piece by piece, read from the disk as it is sent."""
    with path.open("rb") as file:
        while piece := file.read(piece_bytes):
            yield piece


def digest_of(piece: bytes) -> str:
    """The hash of a piece, as a browser tells it (RFC 9530)."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(piece).digest()).decode()}:"


def until_checked() -> None:
    """Wait for the virus check of what was sent, which would slow what is measured next."""
    while StoredFile.objects.filter(scan_state__in=[ScanState.RECEIVED, ScanState.SCANNING]):
        time.sleep(LOOK_AGAIN_S)


def heaviest_process_mb() -> int:
    """The most memory that a web process has ever held, in MB."""
    peaks = [0]
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if b"gunicorn" in status.with_name("cmdline").read_bytes():
                found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
                peaks.append(int(found[1]) // 1024 if found else 0)
        except OSError:  # It ended meanwhile.
            continue
    return max(peaks)


def result(took: list[float]) -> Result:
    """So many seconds each, as the results of all benchmarks are told."""
    middle = statistics.median(took)
    return Result(
        p50_ms=round(middle * 1000, 1),
        p95_ms=round(max(took) * 1000, 1),
        queries=0,
        bytes=0,
        per_s=round(1 / middle, 2),
    )
