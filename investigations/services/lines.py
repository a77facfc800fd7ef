"""Lines of enquiry: the questions that an investigation asks."""

from typing import Any

from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Action
from audit.events import record
from complaints.models import Feature
from investigations.events import InvestigationEvent
from investigations.models import Investigation, LineOfEnquiry
from investigations.services import gate
from workflow.acts import act
from workflow.errors import ActRefusedError


@act
def add_line(
    investigation: Investigation,
    *,
    question: str,
    by: Membership,
    method: str = "",
    feature: Feature | None = None,
    owner: Membership | None = None,
) -> LineOfEnquiry:
    """Add a question, how it will be answered, and for which feature of the complaint.

    Records: line:added. Raises: PermissionDenied, ActRefusedError.
    """
    gate.check(investigation, Action.LINE_ADD, by=by)
    _check_own_feature(investigation, feature)
    line = LineOfEnquiry.objects.create(
        investigation=investigation,
        number=gate.next_number(investigation, "lines"),
        question=question,
        method=method,
        feature=feature,
        owner=owner,
    )
    record(InvestigationEvent.LINE_ADDED, subject=line, by=by, number=line.number)
    return line


@act
def change_line(
    line: LineOfEnquiry,
    *,
    question: str,
    method: str,
    feature: Feature | None,
    owner: Membership | None,
    version: int,
    by: Membership,
) -> LineOfEnquiry:
    """Change what a line asks, how it is answered, what it is about or who works on it.

    Records: line:changed. Raises: PermissionDenied, VersionConflictError, ActRefusedError.
    """
    gate.check(line, Action.LINE_ADD, by=by, or_corrected=True)
    fresh = gate.opened_at(line, version)
    _check_not_dropped(fresh)
    _check_own_feature(fresh.investigation, feature)
    said: dict[str, Any] = {
        "question": question,
        "method": method,
        "feature": feature,
        "owner": owner,
    }
    changed = [name for name, new in said.items() if getattr(fresh, name) != new]
    for name in changed:
        setattr(fresh, name, said[name])
    fresh.save(update_fields=changed)
    record(
        InvestigationEvent.LINE_CHANGED, subject=fresh, by=by, number=fresh.number, fields=changed
    )
    return fresh


@act
def drop_line(line: LineOfEnquiry, *, reason: str, by: Membership) -> LineOfEnquiry:
    """Say that a question is no longer asked, and why; it stays on the page, not in the report.

    Records: line:dropped. Raises: PermissionDenied; ActRefusedError without a reason, or where
    it is dropped already.
    """
    gate.check(line, Action.LINE_ADD, by=by)
    line.refresh_from_db()
    _check_not_dropped(line)
    if not reason.strip():
        raise ActRefusedError("Say why the line is dropped.")
    line.dropped_at, line.dropped_reason = timezone.now(), reason.strip()
    line.save(update_fields=["dropped_at", "dropped_reason"])
    record(
        InvestigationEvent.LINE_DROPPED,
        subject=line,
        by=by,
        number=line.number,
        reason=line.dropped_reason,
    )
    return line


def _check_not_dropped(line: LineOfEnquiry) -> None:
    """What is asked no longer is not changed."""
    if line.dropped_at:
        raise ActRefusedError(f"{line.mark} is dropped. Add a line if you ask this again.")


def _check_own_feature(investigation: Investigation, feature: Feature | None) -> None:
    """The feature is one of this complaint's."""
    if feature and feature.complaint_id != investigation.complaint_id:
        raise ActRefusedError("That feature belongs to another super-complaint.")
