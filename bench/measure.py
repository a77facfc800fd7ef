"""Measures one operation: its times over HTTP, its queries, its weight."""

import gzip
import http.client
import statistics
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

WARM_UP = 15
REPEATS = 150
READERS = 4
READING_S = 2.0


@dataclass(frozen=True)
class Operation:
    """A page to ask for: its name in the results, its address, and as whom."""

    name: str
    path: str
    cookies: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True)
class Result:
    """What one operation costs."""

    p50_ms: float
    p95_ms: float
    queries: int
    bytes: int
    per_s: float


def page(operation: Operation, address: str) -> Result:
    """A page's cost, asked one after the other and then by several readers at once."""
    reader = Reader(operation, address)
    for _ in range(WARM_UP):
        reader.ask()
    times = sorted(reader.ask() for _ in range(REPEATS))
    return Result(
        p50_ms=round(statistics.median(times) * 1000, 3),
        p95_ms=round(times[int(len(times) * 0.95)] * 1000, 3),
        queries=queries(operation),
        bytes=len(gzip.compress(reader.body)) if reader.body else 0,
        per_s=round(together(operation, address), 1),
    )


def work(act: Callable[[], bytes], *, repeats: int) -> Result:
    """The cost of work that is not a page, done in this process; its weight is not compressed."""
    act()
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        made = act()
        times.append(time.perf_counter() - begun)
    times.sort()
    with CaptureQueriesContext(connections["default"]) as seen:
        act()
    middle = statistics.median(times)
    return Result(
        p50_ms=round(middle * 1000, 3),
        p95_ms=round(times[-1] * 1000, 3),
        queries=len(seen),
        bytes=len(made),
        per_s=round(1 / middle, 1),
    )


class Reader:
    """One connection that asks for one page, again and again."""

    def __init__(self, operation: Operation, address: str) -> None:
        self.operation = operation
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        self.body = b""
        cookies = "; ".join(f"{name}={value}" for name, value in operation.cookies.items())
        self.headers = {"Cookie": cookies} if cookies else {}

    def ask(self) -> float:
        """Ask once and answer how many seconds it took, the whole body read."""
        begun = time.perf_counter()
        self.connection.request("GET", self.operation.path, headers=self.headers)
        answer = self.connection.getresponse()
        self.body = answer.read()
        took = time.perf_counter() - begun
        if answer.status != self.operation.status:
            raise RuntimeError(f"{self.operation.name} answered {answer.status}, so nothing counts")
        return took


def together(operation: Operation, address: str) -> float:
    """Pages a second, for several readers at once."""
    counts: list[int] = []

    def read() -> None:
        reader, asked = Reader(operation, address), 0
        until = time.monotonic() + READING_S
        while time.monotonic() < until:
            reader.ask()
            asked += 1
        counts.append(asked)

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return sum(counts) / READING_S


def queries(operation: Operation) -> int:
    """How many queries a page needs, through every role, BEGIN and COMMIT left out."""
    client = Client(headers={"host": "127.0.0.1"})
    for name, value in operation.cookies.items():
        client.cookies[name] = value
    answered = client.get(operation.path)
    if answered.status_code != operation.status:
        raise RuntimeError(f"{operation.name} answered {answered.status_code} in this process")
    with (
        CaptureQueriesContext(connections["default"]) as own,
        CaptureQueriesContext(connections["public"]) as public,
    ):
        client.get(operation.path)
    asked = [*own.captured_queries, *public.captured_queries]
    return sum(query["sql"] not in {"BEGIN", "COMMIT"} for query in asked)
