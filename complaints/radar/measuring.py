"""Measures the radar on labelled pairs: how often the true earlier complaint is found, and where.

A pair is a complaint, the earlier one whose substance it repeats in other words, and a near miss:
another matter of the same subject and the same body. All pairs of a half are entered as complaints
in a transaction that is undone; each complaint is then ranked against every earlier complaint and
every near miss of its half. `untouched_*.toml` was written before the radar was tuned and is not
looked at while tuning; `tuning_*.toml` is for tuning.
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Organisation, Regime
from clock.london import london_today
from complaints.models import Complaint, Feature
from complaints.radar.ranking import ranked
from complaints.radar.substance import passages_of, shares_of
from complaints.services import substances
from complaints.states import CaseStatus

PAIRS = Path(__file__).with_name("pairs")
UNTOUCHED, TUNING = "untouched", "tuning"
FIRST_PLACES = 3
BY_TRIGRAM = """
SELECT id FROM unnest(%s::bigint[], %s::text[]) AS candidate (id, words)
ORDER BY similarity(words, %s) DESC, id LIMIT %s
"""

Rank = Callable[[Complaint], list[int]]


class _UndoneError(Exception):
    """Raised to undo what was entered for a measurement."""


@dataclass(frozen=True)
class Pair:
    """A complaint as entered, the earlier one that it repeats, and another matter."""

    query: Complaint
    earlier: Complaint
    near_miss: Complaint


@dataclass(frozen=True)
class Rates:
    """Of all pairs, the share with the true one in first place, and among the first three."""

    first: float
    first_three: float


@dataclass(frozen=True)
class Measure:
    """What one half of the pairs gave, beside plain trigram likeness and chance."""

    half: str
    pairs: int
    candidates: int
    radar: Rates
    trigram: Rates
    chance: Rates


def measure(half: str, *, most: int | None = None) -> Measure:
    """Measure one half, or its first `most` pairs, and leave nothing behind."""
    found: list[Measure] = []
    try:
        with transaction.atomic():
            found.append(_measured(half, entered(half, most=most)))
            raise _UndoneError
    except _UndoneError:
        return found[0]


def labelled(half: str) -> list[dict[str, Any]]:
    """The labelled pairs of one half, as they are written down."""
    files = sorted(PAIRS.glob(f"{half}_*.toml"))
    return [pair for file in files for pair in tomllib.loads(file.read_text())["pair"]]


def entered(half: str, *, most: int | None) -> list[Pair]:
    """Enter the pairs of a half as complaints; near misses and earlier ones are read."""
    pairs = []
    for pair in labelled(half)[:most]:
        one = Pair(*(_complaint(pair[name]) for name in ("query", "earlier", "near_miss")))
        substances.read(one.earlier)
        substances.read(one.near_miss)
        pairs.append(one)
    return pairs


def _complaint(written: dict[str, Any]) -> Complaint:
    body, _is_new = Organisation.objects.get_or_create(
        slug=written["body"].lower().replace(" ", "-").replace("’", "")[:50],
        defaults={
            "name": f"{written['body']} (measured)",
            "kind": Organisation.Kind.DESIGNATED_BODY,
        },
    )
    number = Complaint.objects.count()
    complaint = Complaint.objects.create(
        regime=Regime.objects.earliest("pk"),
        lead_body=body,
        reference=f"SC-2018-{900_000 + number}",
        status=CaseStatus.SUBMITTED,
        title=written["title"],
        harm=written["harm"],
        evidence_relied_on=written["evidence"],
        received_on=london_today(),
        submitted_at=timezone.now(),
        fictional=True,
    )
    for place, (statement, detail) in enumerate(written["features"], start=1):
        Feature.objects.create(
            complaint=complaint, number=place, statement=statement, detail=detail
        )
    return complaint


def _measured(half: str, pairs: list[Pair]) -> Measure:
    keys = [one.pk for pair in pairs for one in (pair.earlier, pair.near_miss)]
    candidates, number = Complaint.objects.filter(pk__in=keys), len(keys)
    return Measure(
        half=half,
        pairs=len(pairs),
        candidates=number,
        radar=_rates(pairs, _by_radar(candidates)),
        trigram=_rates(pairs, _by_trigram(candidates)),
        chance=Rates(1 / number, min(1.0, FIRST_PLACES / number)),
    )


def _rates(pairs: list[Pair], rank: Rank) -> Rates:
    places = [list(_place(pair, rank)) for pair in pairs]
    first = sum(found == [0] for found in places)
    return Rates(first / len(pairs), sum(bool(found) for found in places) / len(pairs))


def _place(pair: Pair, rank: Rank) -> Iterator[int]:
    """The place of the true one among the first, counted from nought; nothing where it is not."""
    for place, pk in enumerate(rank(pair.query)[:FIRST_PLACES]):
        if pk == pair.earlier.pk:
            yield place


def _by_radar(candidates: QuerySet[Complaint]) -> Rank:
    def rank(query: Complaint) -> list[int]:
        found = ranked(shares_of(passages_of(query)), candidates, most=FIRST_PLACES)
        return [one.complaint_id for one in found]

    return rank


def _by_trigram(candidates: QuerySet[Complaint]) -> Rank:
    read = list(candidates.prefetch_related("features"))
    words = [_whole(each) for each in read]

    def rank(query: Complaint) -> list[int]:
        with connection.cursor() as cursor:
            keys = [each.pk for each in read]
            cursor.execute(BY_TRIGRAM, (keys, words, _whole(query), FIRST_PLACES))
            return [pk for (pk,) in cursor.fetchall()]

    return rank


def _whole(complaint: Complaint) -> str:
    return "\n".join(text for _weight, text in passages_of(complaint))
