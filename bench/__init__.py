"""Benchmarks against a database that is thrown away: `./bin/bench NAME`."""
