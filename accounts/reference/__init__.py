"""The reference tables as they were gathered, and how to read them. See SOURCES.md."""

import csv
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent

Row = dict[str, str]


@cache
def rows(table: str) -> tuple[Row, ...]:
    """The rows of one reference table, each by its column names."""
    with (HERE / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))
