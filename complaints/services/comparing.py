"""Recording whether a complaint repeats the substance of an earlier one."""

from typing import Any

from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Action
from audit.events import record
from complaints.events import ComplaintEvent
from complaints.models import Comparison, Complaint
from complaints.repeats import asks_for_change
from complaints.services.authorities import refuse_unless_it_decides
from complaints.services.letters import unified
from complaints.services.repeat_rules import refuse_a_comparison_against_the_view
from complaints.states import CaseStatus
from drafting.versions import advance_one
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may


@act
def compare(
    complaint: Complaint,
    *,
    earlier: Complaint,
    same_substance: bool,
    materially_changed: bool | None,
    reasons: str,
    version: int,
    by: Membership,
) -> Comparison:
    """Record one's own authority's comparison with an earlier complaint; it binds the view.

    Law: SI 2018/748 reg. 6(3), 6(4).
    Args: `version` is that of the comparison that one read, 0 where there was none.
    Records: complaint:compared. Raises: PermissionDenied, ActRefusedError,
    VersionConflictError where a colleague has recorded another meanwhile.
    """
    refuse_unless_may(by, Action.ELIGIBILITY_RECORD_VIEW, complaint)
    refuse_unless_may(by, Action.COMPLAINT_READ, earlier)
    refuse_unless_it_decides(complaint.regime, by)
    complaint.refresh_from_db()
    refuse_unfit(complaint, earlier)
    asked = same_substance and asks_for_change(earlier)
    facts: dict[str, Any] = {
        "same_substance": same_substance,
        "materially_changed": materially_changed if asked else None,
        "reasons": unified(reasons),
    }
    refuse_unanswered(facts, asked=asked)
    pair: dict[str, Any] = {"complaint": complaint, "earlier": earlier}
    pair["authority"] = by.organisation
    refuse_a_comparison_against_the_view(Comparison(**pair, **facts))
    advance_one(Comparison.objects.filter(**pair), version=version)
    comparison, _is_new = Comparison.objects.update_or_create(
        **pair, defaults={**facts, "by": by, "recorded_at": timezone.now()}
    )
    record(ComplaintEvent.COMPARED, subject=complaint, by=by, earlier=earlier.reference, **facts)
    return comparison


def refuse_unfit(complaint: Complaint, earlier: Complaint) -> None:
    """Only before the decision, and only with another complaint. Raises: ActRefusedError."""
    if complaint.status != CaseStatus.SUBMITTED:
        raise ActRefusedError("Comparisons are recorded until the decision, not after it.")
    if earlier.pk == complaint.pk or not earlier.reference:
        raise ActRefusedError("Choose another super-complaint that was submitted.")


def refuse_unanswered(facts: dict[str, Any], *, asked: bool) -> None:
    """Reasons always; the change where the rule asks for it. Raises: ActRefusedError."""
    if not facts["reasons"]:
        raise ActRefusedError("Give the reasons for this comparison.")
    if asked and facts["materially_changed"] is None:
        raise ActRefusedError("Say whether circumstances have materially changed since.")
