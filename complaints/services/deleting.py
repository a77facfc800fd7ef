"""Deleting a draft, and having it back: for thirty days nothing of it is lost.

Afterwards it is out of sight for good. Its rows and files stay, since the record names them.
"""

from datetime import datetime, timedelta
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.access import scopes
from accounts.models import Membership
from accounts.roles import Action
from audit.events import record
from complaints.events import ComplaintEvent
from complaints.models import Complaint
from complaints.services.presence import forget_visits
from complaints.states import CaseStatus
from documents.models import UploadInPieces
from documents.services.pieces import cancel
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may

# No law sets it: this service's own rule.
RESTORABLE_FOR = timedelta(days=30)


def restorable_by(by: Membership) -> "QuerySet[Complaint]":
    """The deleted drafts that this membership can bring back now, the last deleted first."""
    if not scopes(by, Action.COMPLAINT_DELETE):
        return Complaint.objects.none()
    since = timezone.now() - RESTORABLE_FOR
    found: QuerySet[Complaint] = Complaint.objects.deleted_of(by, since=since)
    return found.select_related("deleted_by__user", "deleted_by__organisation")


def restorable_until(complaint: Complaint) -> datetime | None:
    """When a deleted draft goes out of sight for good."""
    return complaint.deleted_at and complaint.deleted_at + RESTORABLE_FOR


@act
def delete_draft(complaint: Complaint, *, by: Membership) -> Complaint:
    """Take a draft out of everybody's sight; files that are still on their way stop.

    Records: complaint:draft_deleted. Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_may(by, Action.COMPLAINT_DELETE, complaint)
    complaint.refresh_from_db()
    if complaint.status != CaseStatus.DRAFT:
        raise ActRefusedError(
            f"This super-complaint was submitted as {complaint.reference} and can’t be deleted. "
            "You can ask to withdraw it."
        )
    forget_visits(complaint)
    for upload in UploadInPieces.objects.coming_to(complaint.key):
        transaction.on_commit(partial(cancel, upload))
    mark(complaint, at=timezone.now(), by=by)
    record(ComplaintEvent.DRAFT_DELETED, subject=complaint, by=by)
    return complaint


@act
def restore_draft(complaint: Complaint, *, by: Membership) -> Complaint:
    """Bring a deleted draft back as it was, with its joint bodies and what they approved.

    A second click finds it restored. Records: complaint:draft_restored. Raises: PermissionDenied.
    """
    complaint.refresh_from_db()
    if complaint.deleted_at is None:
        refuse_unless_may(by, Action.COMPLAINT_DELETE, complaint)
        return complaint
    if not restorable_by(by).filter(pk=complaint.pk).exists():
        raise PermissionDenied(f"{by} may not restore this draft.")
    mark(complaint, at=None, by=None)
    record(ComplaintEvent.DRAFT_RESTORED, subject=complaint, by=by)
    return complaint


def mark(complaint: Complaint, *, at: datetime | None, by: Membership | None) -> None:
    """Write down who deleted a draft and when, or that nobody did."""
    complaint.deleted_at, complaint.deleted_by = at, by
    complaint.save(update_fields=["deleted_at", "deleted_by"])
