"""The suite's fixtures, gathered: database, clock, service, browser and cast."""

pytest_plugins = [
    "tests.fixtures.database",
    "tests.fixtures.clock",
    "tests.fixtures.service",
    "tests.fixtures.browser",
    "tests.fixtures.own_redis",
    "tests.cast",
]
