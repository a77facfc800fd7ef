"""Prints what was measured: a table for people, and one line of JSON for programs."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from bench.measure import Result

TRIVIAL = "trivial"
COLUMNS = ("p50 ms", "p95 ms", "x trivial", "queries", "bytes", "per s")


def table(bench: str, rows: int, results: Mapping[str, Result]) -> None:
    """One round as people read it."""
    trivial = results[TRIVIAL].p50_ms
    print(f"{bench}, {rows} cases")
    print(f"{'':28}" + "".join(f"{column:>11}" for column in COLUMNS))
    for name, result in results.items():
        times = f"{result.p50_ms / trivial:.1f}"
        cells = (result.p50_ms, result.p95_ms, times, result.queries, result.bytes, result.per_s)
        print(f"{name:28}" + "".join(f"{cell!s:>11}" for cell in cells))


def last_line(
    bench: str,
    rows: int,
    results: Mapping[str, Result],
    **more: float | Mapping[str, float],
) -> None:
    """One JSON object: the results, one object for each operation, and beside them `more`."""
    told = {name: asdict(result) for name, result in results.items()}
    print(json.dumps({"bench": bench, "rows": rows, "results": told, **more}))
