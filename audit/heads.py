"""The hourly list of heads: a tail that is cut after it was listed is missed.

Each list names the chains that have grown since the one before; all lists together name them all.
"""

from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from audit.chain import HOUSE, lock
from audit.events import HouseEvent, record
from audit.models import AuditEntry

LISTED_EVERY = timedelta(hours=1)
# An entry's instant is taken before its commit: one that was under way is listed the next time.
UNDER_WAY_FOR = timedelta(minutes=30)
IN_ONE_ENTRY = 1000


@transaction.atomic
def list_heads() -> int:
    """List the heads of the chains that have grown, once an hour; a sweep of the minute tick.

    Returns how many chains were listed. Records: record:heads_listed.
    """
    lock(HOUSE)
    last = AuditEntry.objects.filter(chain=HOUSE, event=HouseEvent.HEADS_LISTED).last()
    if last is not None and last.at > timezone.now() - LISTED_EVERY:
        return 0
    grown = iter(_grown_since(last.at if last else None).iterator())
    listed = 0
    while heads := {
        entry.chain: [entry.number, entry.sha256] for entry in islice(grown, IN_ONE_ENTRY)
    }:
        record(HouseEvent.HEADS_LISTED, subject=None, by=None, heads=heads)
        listed += len(heads)
    return listed


def _grown_since(at: datetime | None) -> QuerySet[AuditEntry]:
    """The heads of the chains with an entry since an instant, or of all."""
    entries = AuditEntry.objects.all()
    if at is not None:
        written = AuditEntry.objects.filter(at__gte=at - UNDER_WAY_FOR)
        entries = entries.filter(chain__in=written.values("chain"))
    return entries.order_by("chain", "-number").distinct("chain")
