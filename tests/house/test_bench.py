"""The benchmarks' frame: the empty page, measured for real, and the line that programs read."""

import json
import os
import subprocess
import sys

from supercomplaints.private.places import CHECKOUT

FIGURES = {"p50_ms", "p95_ms", "queries", "bytes", "per_s"}


def test_the_empty_page_is_measured_and_the_last_line_is_json() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "trivial"],
        cwd=CHECKOUT,
        env={**os.environ, "PYTEST_XDIST_WORKER": "gw60"},
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    assert (told["bench"], told["rows"]) == ("trivial", 0)
    trivial = told["results"]["trivial"]
    assert set(trivial) == FIGURES
    assert (trivial["queries"], trivial["bytes"]) == (0, 0)
    assert 0 < trivial["p50_ms"] <= trivial["p95_ms"]
