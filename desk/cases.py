"""The case list: filters from the address, one query for the rows, one for what hangs on them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import QueryDict

from accounts.models import Membership
from complaints.models import Complaint
from complaints.states import CaseStatus

SORTS = {
    "received": F("received_on").desc(nulls_last=True),
    "-received": F("received_on").asc(nulls_last=True),
    "reference": F("reference").asc(),
    "-reference": F("reference").desc(),
}
DEFAULT_SORT = "received"


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


def listed(membership: Membership, asked: CaseFilter) -> QuerySet[Complaint, Any]:
    """The cases that this membership may see and asked for, with all that a row shows."""
    rows: QuerySet[Complaint, Any] = Complaint.objects.visible_to(membership).submitted()
    if asked.status:
        rows = rows.filter(status=asked.status)
    if asked.words:
        rows = rows.filter(Q(reference__istartswith=asked.words) | Q(title__icontains=asked.words))
    return rows.select_related("lead_body", "acknowledgement").order_by(SORTS[asked.sort], "-pk")
