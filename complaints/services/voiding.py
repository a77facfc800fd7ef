"""What changes a draft voids the approvals of what it said before."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.utils import timezone

from accounts.models import Membership
from audit.events import record
from complaints.canonical import content_sha256
from complaints.events import ComplaintEvent
from complaints.models import Complaint, VersionApproval
from workflow.acts import act

P = ParamSpec("P")
R = TypeVar("R")
Verb = Callable[Concatenate[Complaint, P], R]


def changes_content(verb: Verb[P, R]) -> Verb[P, R]:
    """Make a verb an act that, once it is done, voids the approvals of another content."""

    @wraps(verb)
    def and_void(complaint: Complaint, /, *args: P.args, **kwargs: P.kwargs) -> R:
        done = verb(complaint, *args, **kwargs)
        by: Any = kwargs["by"]
        void_of_another_content(complaint, by=by)
        return done

    return act(and_void)


def void_of_another_content(complaint: Complaint, *, by: Membership) -> None:
    """Void each approval of what the draft does not say any more, and tell its body.

    Records: complaint:approval_voided. Called inside an act.
    """
    standing = list(complaint.approvals.standing())
    if not standing:
        return
    now = content_sha256(complaint)
    for approval in standing:
        if approval.content_sha256 != now:
            void(approval, by=by)


def void(approval: VersionApproval, *, by: Membership) -> None:
    """Void one approval. Records: complaint:approval_voided."""
    approval.voided_at = timezone.now()
    approval.save(update_fields=["voided_at"])
    record(
        ComplaintEvent.APPROVAL_VOIDED,
        subject=approval,
        by=by,
        organisation=approval.organisation.slug,
        content_sha256=approval.content_sha256,
    )
