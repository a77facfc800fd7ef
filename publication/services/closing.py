"""Closing a case: its report is public, and nobody owes an answer any more.

No rule for closing a super-complaint was found: it is discretionary, with a reason on record.
"""

from accounts.models import Membership
from accounts.roles import Action
from complaints.models import Complaint
from complaints.workflow import CASE
from investigations.services.gate import edition_corrected
from publication.models import AfterWork
from publication.published import released_at
from publication.services.holds import said
from publication.states import EDITIONS
from recommendations.models import Obligation
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may

NAMED = 3


@act
def close_case(complaint: Complaint, *, reason: str, by: Membership) -> Complaint:
    """Close a case whose report is public and of which every obligation is closed.

    Records: complaint:closed, with the reason. Raises: PermissionDenied, TransitionRefusedError;
    ActRefusedError without a reason, before publication, or while something is still to come.
    """
    refuse_unless_may(by, Action.COMPLAINT_CLOSE, complaint)
    complaint.refresh_from_db()
    CASE.check("close", complaint)
    because = said(reason)
    if kept_open := keeps_open(complaint):
        raise ActRefusedError(kept_open)
    return CASE.apply("close", complaint, by=by, reason=because)  # type: ignore[no-any-return]


def keeps_open(complaint: Complaint) -> str:
    """What a sealed case still waits for and how to put it right, or nothing."""
    if released_at(complaint.key) is None:
        return "The report is not public. Close the case once it is published."
    if not AfterWork.objects.filter(
        release__complaint=complaint, release__kind__in=EDITIONS
    ).exists():
        return "The report was published just now. Try again in a minute."
    if edition := edition_corrected(complaint.pk):
        return f"Edition {edition} of the report is being written. Have it published first."
    return still_owed(complaint)


def still_owed(complaint: Complaint) -> str:
    """Whose obligations are not closed: an answer alone does not close one."""
    owed = Obligation.objects.filter(recommendation__complaint=complaint).not_closed()
    named = [str(one) for one in owed.select_related("recommendation", "addressee")]
    if not named:
        return ""
    more = f" and {len(named) - NAMED:,} more" if len(named) > NAMED else ""
    listed = "; ".join(named[:NAMED])
    return f"Close what is still owed first, on the Answers page: {listed}{more}."
