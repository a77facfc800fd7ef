"""Doing the same thing at the same moment, on several real connections."""

import threading
from collections.abc import Callable

from django.db import connections


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
