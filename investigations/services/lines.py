"""Lines of enquiry: the questions that an investigation asks."""

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
    if feature and feature.complaint_id != investigation.complaint_id:
        raise ActRefusedError("That feature belongs to another super-complaint.")
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
