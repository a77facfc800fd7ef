"""While many read a public report, one person holds it: within a second nobody reads it."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from publication.models import Release
from publication.services import holds
from tests.builders.publication import a_sealed_report, made_public
from tests.cast import play
from tests.faults.visitor import Visitor

pytestmark = pytest.mark.committed

READERS = 8
# The design of the embargo: a hold bites at the next request, within a second, under load.
HELD_WITHIN_S = 1.0


def by_a_person(release: Release) -> None:
    holds.hold(release, reason="A name is in it.", by=play("press_officer"))


def by_command(release: Release) -> None:
    assert (
        holds.hold_case(release.reference, reason="A name is in it.", by=play("press_officer")) == 1
    )


@pytest.mark.parametrize("hold", [by_a_person, by_command])
def test_a_hold_bites_within_a_second_while_many_read(
    server: str, hold: Callable[[Release], None]
) -> None:
    release = made_public(a_sealed_report())
    play("press_officer")
    report, over = f"/reports/{release.slug}", threading.Event()
    # When each was asked, when it was answered, and what.
    read: list[tuple[float, float, int]] = []

    def reading() -> None:
        visitor = Visitor(server)
        while not over.is_set():
            asked = time.monotonic()
            status = visitor.get(report).status
            read.append((asked, time.monotonic(), status))

    with ThreadPoolExecutor(READERS) as crowd:
        readers = [crowd.submit(reading) for _ in range(READERS)]
        time.sleep(1)
        began = time.monotonic()
        hold(release)
        stands = time.monotonic()
        time.sleep(HELD_WITHIN_S + 0.5)
        over.set()
    for one in readers:
        one.result()
    assert {status for _asked, answered, status in read if answered < began} == {200}
    assert {status for asked, _answered, status in read if asked > stands} == {503}
    late = [one for one in read if one[1] > began + HELD_WITHIN_S]
    assert late
    assert {status for _asked, _answered, status in late} == {503}
