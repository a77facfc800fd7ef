"""The case list: filters from the address, one query for the keys, one for a page of the rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import QueryDict

from accounts.models import Membership
from accounts.statements import given, statement
from complaints.models import Complaint
from complaints.states import CaseStatus

SORTS = {
    "received": F("received_on").desc(nulls_last=True),
    "-received": F("received_on").asc(nulls_last=True),
    "reference": F("reference").asc(),
    "-reference": F("reference").desc(),
}
DEFAULT_SORT = "received"
# What the filter offers: a state that tags tell apart is offered by the words of its tags.
BY_THEIR_TAGS = {
    CaseStatus.SUBMITTED: "Submitted or assessing eligibility",
    CaseStatus.SEALED: "Embargoed, published or monitoring",
}
STATUSES = [
    (status.value, BY_THEIR_TAGS.get(status, status.label))
    for status in CaseStatus
    if status != CaseStatus.DRAFT
]
# Beyond so many cases the list says “more than”: to count them all costs more than the page.
COUNTED = 1000


@dataclass(frozen=True)
class CaseFilter:
    """What the address asks of the list; what it does not know, it leaves out."""

    words: str = ""
    status: str = ""
    sort: str = DEFAULT_SORT

    @classmethod
    def from_query(cls, query: QueryDict) -> "CaseFilter":
        """Read the address; an unknown status or sort is as if none were asked for."""
        status, sort = query.get("status", ""), query.get("sort", DEFAULT_SORT)
        return cls(
            words=query.get("q", "").replace("\x00", "").strip()[:100],
            status=status if status in CaseStatus.values else "",
            sort=sort if sort in SORTS else DEFAULT_SORT,
        )

    @property
    def narrows(self) -> bool:
        """Whether anything is left out of the list."""
        return bool(self.words or self.status)


def keys_of(membership: Membership, asked: CaseFilter) -> list[int]:
    """The cases that this membership may see and asked for, in order: the first COUNTED of them."""
    if not asked.words:
        return statement(first_listed, membership, asked.status, asked.sort).found()
    kept = statement(first_with_words, membership, asked.status, asked.sort)
    # One plan for all words would look for a rare one: of a common one it sorts each title.
    return kept.found_for_these(words=asked.words)


def first_listed(membership: Membership, status: str, sort: str) -> QuerySet[Complaint, Any]:
    """The query for the keys of a list in which no words are looked for."""
    return listed(membership, status, sort)[:COUNTED]


def first_with_words(membership: Membership, status: str, sort: str) -> QuerySet[Complaint, Any]:
    """The query for the keys of cases of which the reference begins so or the title holds it."""
    words = given("words")
    matches = Q(reference__istartswith=words) | Q(title__icontains=words)
    return listed(membership, status, sort).filter(matches)[:COUNTED]


def listed(membership: Membership, status: str, sort: str) -> QuerySet[Complaint, Any]:
    """The keys of all cases of one state, or of any, that this membership may see."""
    rows = Complaint.objects.visible_to(membership).submitted()
    if status:
        rows = rows.filter(status=status)
    return rows.order_by(SORTS[sort], "-pk").values_list("pk", flat=True)


def in_full(keys: Sequence[int]) -> list[Complaint]:
    """Cases that were just asked for, in the order of their keys, with all that a row shows."""
    beside = ("lead_body", "acknowledgement")
    found = Complaint.objects.select_related(*beside).in_bulk(keys)
    return [found[key] for key in keys if key in found]
