"""Several real connections at once: in step with each other, or one waiting for another."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection, connections


class Elsewhere:
    """An act on another connection, begun now; what it raises is its outcome."""

    def __init__(self, act: Callable[[], object]) -> None:
        self.act = act
        self.outcome: Any = None
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        try:
            self.outcome = self.act()
        except Exception as refusal:  # Whatever it is, the test compares it.
            self.outcome = refusal
        finally:
            connections.close_all()

    def ended(self, *, within_s: float = 20) -> Any:
        """What came of it, once it is over."""
        self.thread.join(within_s)
        assert not self.thread.is_alive(), "It still waits."
        return self.outcome


def at_once(act: Callable[[], object], times: int = 2) -> None:
    """Do something several times at the same moment, each on a connection of its own."""
    gate = threading.Barrier(times)
    failures: list[BaseException] = []

    def run() -> None:
        try:
            gate.wait(timeout=10)
            act()
        except BaseException as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []


def another_waits() -> bool:
    """Whether another connection stands before a row that we hold."""
    with connection.cursor() as cursor:
        # Within one transaction the view is read once and remembered, unless told otherwise.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])
