"""The calendar of the reference rows, without a database."""

import csv
from datetime import date
from pathlib import Path

import deadlines
from clock.calendar import Calendar

ROWS = Path(deadlines.__file__).parent / "reference" / "bank_holidays.csv"


def reference_calendar() -> Calendar:
    """England and Wales, 2018 to 2027."""
    with ROWS.open(encoding="utf-8") as lines:
        named = {date.fromisoformat(row["day"]): row["name"] for row in csv.DictReader(lines)}
    return Calendar(named, frozenset(day.year for day in named))
