"""The earlier complaints that are like one, as far as a reader may see them."""

from django.db.models import Q, QuerySet

from accounts.models import Membership
from complaints.models import Complaint
from complaints.radar.ranking import ranked
from complaints.radar.substance import passages_of, shares_of
from complaints.repeats import STANDINGS

REPEATABLE = [status for status, standing in STANDINGS.items() if standing.ground]


def known_before(complaint: Complaint, by: Membership) -> "QuerySet[Complaint]":
    """What this reader may see that was received no later than this one."""
    rows: QuerySet[Complaint] = Complaint.objects.visible_to(by).submitted()
    if complaint.received_on:
        rows = rows.exclude(received_on__gt=complaint.received_on)
    return rows.exclude(pk=complaint.pk)


def likest_of(complaint: Complaint, others: "QuerySet[Complaint]") -> list[int]:
    """The keys of the likest of the others, the likest first."""
    found = ranked(shares_of(passages_of(complaint)), others)
    return [one.complaint_id for one in found]


def repeatable(complaint: Complaint, by: Membership) -> "QuerySet[Complaint]":
    """What a view may say that it repeats: the compared, and the likest that a rule asks of."""
    before = known_before(complaint, by).filter(status__in=REPEATABLE)
    compared = complaint.comparisons.values("earlier")
    return before.filter(Q(pk__in=likest_of(complaint, before)) | Q(pk__in=compared))
