"""The last line is one JSON object of a known shape, whatever else a benchmark tells."""

import json

import pytest

from bench import report
from bench.base import growth_of
from bench.measure import Result


def a_result(p50_ms: float) -> Result:
    return Result(p50_ms=p50_ms, p95_ms=9.0, queries=3, bytes=400, per_s=50.0)


def test_what_grew_stands_beside_the_results_and_not_in_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = {1000: {"home": a_result(4.0)}, 10_000: {"home": a_result(5.0)}}
    report.last_line("base", 10_000, found[10_000], growth=growth_of(found))
    assert json.loads(capsys.readouterr().out) == {
        "bench": "base",
        "rows": 10_000,
        "results": {
            "home": {"p50_ms": 5.0, "p95_ms": 9.0, "queries": 3, "bytes": 400, "per_s": 50.0}
        },
        "growth": {"home": 1.25},
    }
