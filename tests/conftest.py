"""The suite's fixtures, gathered: database, clock, service, browser and cast."""

import os

import pytest
from django.conf import settings

from tests.spreading import spread

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


def pytest_configure() -> None:
    """Let no client of the suite read in all styles and scripts: the servers serve them."""
    settings.WHITENOISE_USE_FINDERS = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, in each worker."""
    modules = [item.nodeid.partition("::")[0] for item in items]
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items[:] = [items[place] for place in spread(modules, workers)]
