"""The benchmarks' frame: the empty page, measured for real, and the line that programs read."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from supercomplaints.private.places import CHECKOUT

FIGURES = {"p50_ms", "p95_ms", "queries", "bytes", "per_s"}


def last_line_of(*command: str) -> dict[str, Any]:
    """What a benchmark says in its last line; it measures in a database of its own."""
    done = subprocess.run(  # noqa: S603  The command is ours.
        [sys.executable, "-m", "bench", *command],
        cwd=CHECKOUT,
        env={**os.environ, "PYTEST_XDIST_WORKER": "gw60"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_a_benchmark_measures_the_empty_page_beside_and_ends_in_json() -> None:
    """The one of a large file, with a small one, since it needs no cases."""
    told = last_line_of("upload", "--rows", "1")
    assert (told["bench"], told["rows"]) == ("upload", 1)
    assert set(told["results"]) == {"trivial", "plain", "upload", "form"}
    trivial = told["results"]["trivial"]
    assert set(trivial) == FIGURES
    assert (trivial["queries"], trivial["bytes"]) == (0, 0)
    assert 0 < trivial["p50_ms"] <= trivial["p95_ms"]
    plain, upload = (told["results"][way]["p50_ms"] for way in ("plain", "upload"))
    assert told["ratio"] == pytest.approx(upload / plain, rel=0.05)
    assert told["web_rss_mb"] > 0
