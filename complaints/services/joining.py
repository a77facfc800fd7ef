"""Considering two complaints together. No provision in law was found: discretionary."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Action
from audit.events import record
from complaints.events import ComplaintEvent
from complaints.models import Complaint, Joining
from complaints.services.authorities import refuse_unless_it_receives
from complaints.services.letters import unified
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may


def joinable(complaint: Complaint, by: Membership) -> QuerySet[Complaint]:
    """The complaints under way of the same regime that this membership may join it with.

    A fictional complaint is joined with fictional ones alone.
    """
    rows = Complaint.objects.for_action(by, Action.ELIGIBILITY_DECIDE).of_which_to_consider()
    rows = rows.filter(fictional=complaint.fictional)
    together = {complaint.pk, *joined_with(complaint).values_list("pk", flat=True)}
    same: QuerySet[Complaint] = rows.filter(regime=complaint.regime_id).exclude(pk__in=together)
    return same.order_by("reference")


def joined_with(complaint: Complaint) -> QuerySet[Complaint]:
    """The complaints that are considered together with this one, whichever came first."""
    return Complaint.objects.filter(
        Q(joined_by__complaint=complaint) | Q(joinings__other=complaint)
    ).distinct()


def joinings_of(complaint: Complaint, by: Membership) -> list[tuple[Complaint, Joining]]:
    """Each joining with its other complaint, as far as this reader may know of that."""
    rows = Joining.objects.filter(Q(complaint=complaint) | Q(other=complaint))
    pairs = [
        (row.other if row.complaint_id == complaint.pk else row.complaint, row)
        for row in rows.select_related("complaint", "other", "by__user", "by__organisation")
    ]
    known = Complaint.objects.visible_to(by).filter(pk__in=[other.pk for other, _row in pairs])
    seen = set(known.values_list("pk", flat=True))
    return [pair for pair in pairs if pair[0].pk in seen]


@act
def join(complaint: Complaint, *, other: Complaint, reason: str, by: Membership) -> Joining:
    """Record that two complaints under way in one regime are considered together, and why.

    Each keeps its own clocks, letters and decision; neither body learns of the other by it.
    Records: complaint:joined. Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_may(by, Action.ELIGIBILITY_DECIDE, complaint)
    refuse_unless_it_receives(complaint.regime, by)
    complaint.refresh_from_db()
    if not unified(reason):
        raise ActRefusedError("Give the reason why they are considered together.")
    if not Complaint.objects.visible_to(by).filter(pk=other.pk).exists():
        raise PermissionDenied(f"{by} may not see it.")
    under_way = Complaint.objects.filter(pk=complaint.pk).of_which_to_consider().exists()
    if not under_way or not joinable(complaint, by).filter(pk=other.pk).exists():
        raise ActRefusedError(
            "Only two different super-complaints of one scheme that have no sealed report, are not "
            "over and are not joined yet can be joined. Imported history is not joined, nor a "
            "fictional super-complaint with a real one."
        )
    made = Joining.objects.create(
        complaint=complaint,
        other=other,
        reason=unified(reason),
        joined_at=timezone.now(),
        by=by,
    )
    record(ComplaintEvent.JOINED, subject=complaint, by=by, other=other.reference)
    return made
