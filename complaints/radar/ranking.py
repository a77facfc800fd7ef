"""Ranks complaints by likeness of substance, by one query over the terms of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from complaints.models import Complaint

MOST = 10
# A term counts for more the fewer of the candidates have it. Only what the reader may see is
# counted, so that no ranking tells of a case behind a wall.
RANKED = """
WITH candidate (id) AS MATERIALIZED ({candidates}),
asked (term, share) AS (SELECT * FROM unnest(%s::text[], %s::float8[])),
held AS (
    SELECT t.substance_id, t.term, t.share * asked.share AS shared
    FROM complaints_substanceterm AS t
    JOIN asked ON asked.term = t.term
    JOIN candidate ON candidate.id = t.substance_id
),
rare (term, rarity) AS (
    SELECT term, ln(((SELECT count(*) FROM candidate) + 1) / (count(*) + 0.5))
    FROM held
    GROUP BY term
)
SELECT held.substance_id, sum(held.shared * rare.rarity) AS likeness
FROM held
JOIN rare ON rare.term = held.term
GROUP BY held.substance_id
ORDER BY likeness DESC, held.substance_id
LIMIT %s
"""


@dataclass(frozen=True)
class Likeness:
    """How like a complaint is, on a scale that means nothing by itself: it only ranks."""

    complaint_id: int
    likeness: float


def ranked(
    shares: Mapping[str, float], candidates: QuerySet[Complaint], *, most: int = MOST
) -> list[Likeness]:
    """The candidates most like a substance, the likest first; those without a shared term never."""
    try:
        sql, values = candidates.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            RANKED.format(candidates=sql), [*values, list(shares), list(shares.values()), most]
        )
        return [Likeness(*row) for row in cursor.fetchall()]
