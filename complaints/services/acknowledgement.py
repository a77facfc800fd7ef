"""Acknowledging receipt."""

from accounts.models import Membership
from accounts.roles import Action
from audit.events import record
from complaints.events import ComplaintEvent
from complaints.models import Acknowledgement, Complaint, Letter
from complaints.services import letter_texts
from complaints.services.authorities import refuse_unless_it_receives
from complaints.services.letters import write_letter
from complaints.states import CaseStatus, Origin
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may


@act
def acknowledge(complaint: Complaint, *, text: str, by: Membership, way: str = "") -> Letter:
    """Tell the body in writing that its super-complaint was received, once.

    It runs from receipt and waits for nothing else: a case that moved on meanwhile can still be
    acknowledged. A second click answers the letter already sent.
    Args: `way` is how it is sent, where nobody at the body can read it here.
    Law: SI 2018/748 reg. 5.
    Records: complaint:letter_sent, complaint:acknowledged. Raises: PermissionDenied,
    ActRefusedError.
    """
    refuse_unless_may(by, Action.COMPLAINT_ACKNOWLEDGE, complaint)
    refuse_unless_it_receives(complaint.regime, by)
    complaint.refresh_from_db()
    if sent := Acknowledgement.objects.filter(complaint=complaint).first():
        return sent.letter
    if complaint.status in {CaseStatus.DRAFT, CaseStatus.WITHDRAWN}:
        raise ActRefusedError("Only a super-complaint that was received can be acknowledged.")
    if complaint.origin == Origin.IMPORT:
        raise ActRefusedError("This case was imported: others acknowledged it.")
    letter = write_letter(
        complaint,
        kind=Letter.Kind.ACKNOWLEDGEMENT,
        subject=letter_texts.subject(Letter.Kind.ACKNOWLEDGEMENT, complaint),
        text=text,
        by=by,
        way=way,
    )
    Acknowledgement.objects.create(
        complaint=complaint, letter=letter, acknowledged_at=letter.sent_at, by=by
    )
    record(ComplaintEvent.ACKNOWLEDGED, subject=complaint, by=by, letter=letter.pk)
    return letter
