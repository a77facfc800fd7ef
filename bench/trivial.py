"""The empty page alone: what every other figure is a multiple of."""

from collections.abc import Iterator
from contextlib import contextmanager

from bench import measure, report
from bench.measure import Operation
from bench.urls import TRIVIAL
from tests.fixtures.service import process

EMPTY = Operation(report.TRIVIAL, TRIVIAL)


def run() -> None:
    """Measure the empty page."""
    with serving() as address:
        results = {EMPTY.name: measure.page(EMPTY, address)}
    report.table("trivial", 0, results)
    report.last_line("trivial", 0, results)


@contextmanager
def serving() -> Iterator[str]:
    """The web process on the benchmark's database, as `bin/run` starts it."""
    with process("web", workers="2") as started:
        yield started.url
