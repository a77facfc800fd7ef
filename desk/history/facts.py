"""The facts of past cases as they were compiled: what is unknown stays unknown."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.formats import date_format

from complaints.states import Precision

SOURCE = Path(__file__).resolve().parent.parent / "reference" / "super_complaints.json"

# Reference numbers are ours: the first is fixed, the others were drawn once.
REFERENCES = {
    "safe-to-share": "SC-2018-001",
    "duty-to-protect": "SC-2019-638",
    "hidden-victims": "SC-2019-254",
    "police-perpetrated-domestic-abuse": "SC-2020-791",
    "ethnic-minority-victims-sexual-abuse": "SC-2020-163",
}


@dataclass(frozen=True)
class KnownDate:
    """A date and how exactly it is known; an unknown one has no day."""

    on: date | None
    precision: Precision

    def __str__(self) -> str:
        if self.on is None:
            return ""
        return date_format(self.on, "F Y" if self.precision == Precision.MONTH else "j F Y")


@dataclass(frozen=True)
class Event:
    """One thing that is known to have happened, with its source."""

    date: KnownDate
    kind: str
    by: str
    summary: str
    source: str


@dataclass(frozen=True)
class PastRecommendation:
    """A recommendation as far as it is known: its number may be ours, or unknown."""

    number: str
    number_status: str
    addressees: tuple[str, ...]
    summary: str
    deadline: date | None
    deadline_text: str
    known_in_full: bool
    source: str


@dataclass(frozen=True)
class PastAction:
    """An authority's own action as far as it is known."""

    number: str
    owner: str
    summary: str
    source: str


@dataclass(frozen=True)
class PastCase:
    """One case of the past."""

    slug: str
    reference: str
    title: str
    subject: str
    submitted_by: tuple[str, ...]
    not_designated: tuple[str, ...]
    received: KnownDate
    eligibility_decided: date | None
    eligibility_known_by: date
    published: date | None
    published_at: datetime | None
    features: tuple[str, ...]
    finding: str
    recommendations: tuple[PastRecommendation, ...]
    actions: tuple[PastAction, ...]
    events: tuple[Event, ...]
    count_note: str
    source: str


def past_cases() -> list[PastCase]:
    """The cases of the compiled file, in its order."""
    return [_case(row) for row in json.loads(SOURCE.read_text(encoding="utf-8"))["cases"]]


def known_date(text: str | None, precision: str | None) -> KnownDate:
    """A date as it was compiled: a day, a month written as 2020-03, or unknown."""
    if not text:
        return KnownDate(None, Precision.UNKNOWN)
    if precision == "month":
        year, month = text.split("-")
        return KnownDate(date(int(year), int(month), 1), Precision.MONTH)
    return KnownDate(date.fromisoformat(text), Precision.DAY)


def _case(row: dict[str, Any]) -> PastCase:
    return PastCase(
        slug=row["slug"],
        reference=REFERENCES[row["slug"]],
        title=row["title"],
        subject=row["subject"],
        submitted_by=tuple(row["submitted_by"]),
        not_designated=tuple(row["co_submitters_not_designated"]),
        received=known_date(row["date_received"], row["date_received_precision"]),
        eligibility_decided=_day(row["date_eligibility_decided"]),
        eligibility_known_by=date.fromisoformat(row["eligibility_known_by"]),
        published=_day(row["date_published"]),
        published_at=_instant(row["published_at"]),
        features=tuple(row["features"]),
        finding=row["headline_finding"] or "",
        recommendations=tuple(_recommendation(one) for one in row["recommendations"]),
        actions=tuple(_action(one) for one in row["actions"]),
        events=tuple(_event(one) for one in row["events"]),
        count_note=row["recommendation_count_note"] or "",
        source=row["source"],
    )


def _recommendation(row: dict[str, Any]) -> PastRecommendation:
    return PastRecommendation(
        number=row["number"] or "",
        number_status=row["number_status"],
        addressees=tuple(row["addressees"]),
        summary=row["summary"],
        deadline=_day(row["deadline"]),
        deadline_text=row["deadline_text"] or "",
        known_in_full=row["text_known_in_full"],
        source=row["source"],
    )


def _action(row: dict[str, Any]) -> PastAction:
    return PastAction(row["number"] or "", row["owner"], row["summary"], row["source"])


def _event(row: dict[str, Any]) -> Event:
    when = known_date(row["date"], row["date_precision"])
    return Event(when, row["kind"], row["by"], row["summary"], row["source"])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
