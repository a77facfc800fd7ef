"""`python -m bench NAME`, started by `bin/bench` with servers that are thrown away."""

import argparse
import os
import sys
from importlib import import_module

import django

from tests.cluster import Cluster, urls_of
from tests.fixtures.process import var

NAMES = ("base", "trivial", "upload")
DATABASE = "bench"


def main(arguments: list[str]) -> int:
    """Clone a prepared database, then run the benchmark on it."""
    parser = argparse.ArgumentParser(prog="bin/bench", description="Measure the service.")
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--rows", type=int, nargs="*", help="how many cases, for each round")
    options = parser.parse_args(arguments)
    cluster = Cluster(var())
    cluster.clone(cluster.template(), DATABASE)
    os.environ |= {**urls_of(DATABASE), "DJANGO_SETTINGS_MODULE": "bench.settings"}
    django.setup()
    run(options.name, options.rows)
    return 0


def run(name: str, rows: list[int] | None) -> None:
    """The benchmark of this name. It knows Django's models, so it is found after the set-up."""
    import_module(f"bench.{name}").run(**({"rounds": rows} if rows else {}))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
