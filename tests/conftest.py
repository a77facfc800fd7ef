"""The suite's fixtures, gathered: services, database, clock and cast."""

pytest_plugins = ["tests.fixtures.database", "tests.fixtures.clock", "tests.cast"]
