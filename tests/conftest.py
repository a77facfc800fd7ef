"""The suite's fixtures, gathered: database, clock, service, browser and cast."""

import pytest

# The journey that waits for its embargo in real time begins first, so that nothing waits for it.
FIRST = "tests/journeys/test_stranger.py"

pytest_plugins = [
    "tests.fixtures.database",
    "tests.fixtures.clock",
    "tests.fixtures.service",
    "tests.fixtures.browser",
    "tests.fixtures.line",
    "tests.fixtures.own_postgres",
    "tests.fixtures.own_redis",
    "tests.cast",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what waits longest."""
    items.sort(key=lambda item: not item.nodeid.startswith(FIRST))
