"""Keeping, for an hour's use, who has which part of a draft open."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Membership
from complaints.models import Complaint, PartVisit

# How long after a person was last seen in a part their colleagues are told of it.
SHOWN_FOR = timedelta(hours=1)


def note_visit(complaint: Complaint, part: str, *, by: Membership) -> None:
    """Note that a person has a part open now. It is no act: the record does not hold it."""
    PartVisit.objects.bulk_create(
        [PartVisit(complaint=complaint, part=part, by=by, seen_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["complaint", "part", "by"],
        update_fields=["seen_at"],
    )


def visits_of_others(complaint: Complaint, *, by: Membership) -> QuerySet[PartVisit]:
    """What others had open within the hour, the latest first."""
    since = timezone.now() - SHOWN_FOR
    lately: QuerySet[PartVisit] = complaint.visits.filter(seen_at__gte=since)
    beside = ("by__user", "by__organisation")
    return lately.exclude(by=by).select_related(*beside).order_by("-seen_at")


def forget_visits(complaint: Complaint, **of: object) -> None:
    """Drop what was noted, of all people or of those that are named: it serves writing alone."""
    complaint.visits.filter(**of).delete()
