"""A large file through the server, against the same bytes written plainly: `./bin/bench upload`.

The server receives, hashes, writes and flushes to disk; the plain way hashes, writes and flushes
the same bytes in this process. The ratio of their medians says what everything else costs.
"""

import hashlib
import http.client
import os
import re
import secrets
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client

from accounts.services.demo import make_demo_accounts
from bench import measure, report
from bench.measure import Result
from bench.trivial import EMPTY, serving
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import a_draft

MEGABYTE = 10**6
SIZES_MB = (512,)
REPEATS = 3
PIECE_BYTES = 1024 * 1024
# The head of a sound file, whose content may be anything.
HEAD = b"RIFF\xff\xff\xff\x7fWAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00"


def run(rounds: Sequence[int] = SIZES_MB) -> None:
    """Send files of so many megabytes, and write the same bytes plainly."""
    settings.DEMO = True
    by = make_demo_accounts()["submitter"]
    draft = a_draft(by=by, title="Measured (fictional)")
    client = signed_in_as(Client(), by)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    size_mb = rounds[-1]
    with serving() as address:
        empty = measure.page(EMPTY, address)
        sender = Sender(address, f"/portal/drafts/{draft.key}", session)
        sent, plain, heaviest = [], [], 0
        for _ in range(REPEATS):
            with made(size_mb * MEGABYTE) as path:
                plain.append(plainly(path))
                sent.append(sender.send(path))
                heaviest = max(heaviest, heaviest_process_mb())
    results = {EMPTY.name: empty, "plain": result(plain), "upload": result(sent)}
    report.table("upload", size_mb, results)
    ratio = round(results["upload"].p50_ms / results["plain"].p50_ms, 2)
    print(f"{size_mb} MB: {ratio} times as long as plainly; the web process took {heaviest} MB.")
    report.last_line("upload", size_mb, results, ratio=ratio, web_rss_mb=heaviest)


@contextmanager
def made(size_bytes: int) -> Iterator[Path]:
    """A file of random content, there for as long as the block lasts."""
    block = secrets.token_bytes(PIECE_BYTES)
    with NamedTemporaryFile(suffix=".wav", dir=settings.FILES_DIR) as file:
        file.write(HEAD + secrets.token_bytes(64))
        while (left := size_bytes - file.tell()) > 0:
            file.write(block[:left])
        file.flush()
        yield Path(file.name)


def plainly(path: Path) -> float:
    """Hash the bytes, write and flush them; the seconds that it took."""
    begun = time.perf_counter()
    digest = hashlib.sha256()
    with path.open("rb") as read, NamedTemporaryFile(dir=settings.FILES_DIR) as kept:
        while piece := read.read(PIECE_BYTES):
            digest.update(piece)
            kept.write(piece)
        kept.flush()
        os.fsync(kept.fileno())
        return time.perf_counter() - begun


class Sender:
    """A browser that has signed in and sends files of a draft."""

    def __init__(self, address: str, draft: str, session: str) -> None:
        self.netloc, self.path = urlsplit(address).netloc, f"{draft}/files"
        self.cookies = f"{settings.SESSION_COOKIE_NAME}={session}"
        page = self._ask("GET", f"{draft}/evidence")
        token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token, "The page of the draft's files has no form."  # noqa: S101
        self.token = token[1].decode()

    def send(self, path: Path) -> float:
        """Send one file; the seconds until the answer, which must be that it is kept."""
        mark = secrets.token_hex(16)
        head = (
            f'--{mark}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
            f'{self.token}\r\n--{mark}\r\nContent-Disposition: form-data; name="upload"; '
            f'filename="{path.name}"\r\nContent-Type: audio/wav\r\n\r\n'
        ).encode()
        tail = f"\r\n--{mark}--\r\n".encode()
        size = len(head) + path.stat().st_size + len(tail)
        headers = {
            "Content-Type": f"multipart/form-data; boundary={mark}",
            "Content-Length": str(size),
        }
        begun = time.perf_counter()
        self._ask("POST", self.path, body=pieces(head, path, tail), headers=headers, status=302)
        return time.perf_counter() - begun

    def _ask(
        self,
        method: str,
        path: str,
        *,
        body: Iterator[bytes] | None = None,
        headers: dict[str, str] | None = None,
        status: int = 200,
    ) -> bytes:
        connection = http.client.HTTPConnection(self.netloc, timeout=600)
        connection.request(method, path, body, {"Cookie": self.cookies, **(headers or {})})
        answer = connection.getresponse()
        content = answer.read()
        if answer.status != status:
            raise RuntimeError(f"{method} {path} answered {answer.status}, so nothing counts")
        for cookie in answer.headers.get_all("Set-Cookie", []):
            if cookie.startswith(settings.CSRF_COOKIE_NAME):
                self.cookies += f"; {cookie.split(';', 1)[0]}"
        connection.close()
        return content


def pieces(head: bytes, path: Path, tail: bytes) -> Iterator[bytes]:
    """The body of the request, read from the disk as it is sent."""
    yield head
    with path.open("rb") as read:
        while piece := read.read(PIECE_BYTES):
            yield piece
    yield tail


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
