"""What is printed is frozen: plain facts in, the same facts out."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from documents.printed import Anchor, frozen, thawed


@dataclass(frozen=True)
class Sample:
    """Every sort of plain fact."""

    on: date
    at: datetime
    anchors: tuple[Anchor, ...]
    count: int
    note: str | None = None


def test_dates_instants_and_nested_facts_survive_freezing() -> None:
    at = datetime(2020, 12, 17, 10, 0, tzinfo=UTC)
    sample = Sample(date(2020, 12, 17), at, (Anchor("case-1", 3, "0" * 64),), 2)
    assert thawed(frozen(sample)) == {
        "on": date(2020, 12, 17),
        "at": at,
        "anchors": [{"chain": "case-1", "number": 3, "sha256": "0" * 64}],
        "count": 2,
        "note": None,
    }


@pytest.mark.parametrize("thing", [object(), Sample, b"bytes", {1, 2}])
def test_what_is_not_a_plain_fact_is_refused(thing: object) -> None:
    with pytest.raises(TypeError, match="not a plain fact"):
        frozen({"thing": thing})
