"""Where the authorities' views differ, and where a decision is opened again.

No provision in law was found on either: both are discretionary, and recorded.
"""

from datetime import date

from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Action
from audit.events import record
from clock.london import london_today
from complaints.events import ComplaintEvent
from complaints.models import (
    Complaint,
    EligibilityDecision,
    Letter,
    MeetingNote,
    ReopenedDecision,
)
from complaints.services import letter_texts
from complaints.services.authorities import refuse_unless_it_decides, refuse_unless_it_receives
from complaints.services.letters import unified, write_letter
from complaints.states import CaseStatus
from complaints.workflow import CASE
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may


@act
def note_meeting(complaint: Complaint, *, held_on: date, text: str, by: Membership) -> MeetingNote:
    """Write down what the authorities said to each other about eligibility.

    Records: complaint:meeting_noted. Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_may(by, Action.ELIGIBILITY_RECORD_VIEW, complaint)
    refuse_unless_it_decides(complaint.regime, by)
    complaint.refresh_from_db()
    if complaint.status != CaseStatus.SUBMITTED:
        raise ActRefusedError("A meeting is noted until the decision, not after it.")
    if held_on > london_today():
        raise ActRefusedError("The day of the meeting must be today or in the past.")
    if complaint.received_on and held_on < complaint.received_on:
        raise ActRefusedError("The day of the meeting must be on or after the day of receipt.")
    if not unified(text):
        raise ActRefusedError("Write what was said at the meeting.")
    note = MeetingNote.objects.create(
        complaint=complaint, held_on=held_on, text=unified(text), recorded_at=timezone.now(), by=by
    )
    record(ComplaintEvent.MEETING_NOTED, subject=complaint, by=by, held_on=held_on, note=note.pk)
    return note


@act
def reopen(
    complaint: Complaint, *, reason: str, text: str, by: Membership, way: str = ""
) -> ReopenedDecision:
    """Open a decision of eligibility again, before an investigation, and tell the body why.

    What was decided is kept; the authorities' views stand until each changes its own.
    Args: `way` is how the letter is sent, where nobody at the body can read it here.
    Records: complaint:letter_sent, complaint:eligibility_reopened. Raises: PermissionDenied,
    TransitionRefusedError, ActRefusedError without a reason or a letter.
    """
    refuse_unless_may(by, Action.ELIGIBILITY_DECIDE, complaint)
    refuse_unless_it_receives(complaint.regime, by)
    complaint.refresh_from_db()
    CASE.check("reopen_eligibility", complaint)
    if not unified(reason):
        raise ActRefusedError("Give the reason why the decision is opened again.")
    decision = EligibilityDecision.objects.filter(complaint=complaint).first()
    if decision is None or decision.decided_on is None or decision.letter is None:
        raise ActRefusedError("There is no decision of this service to open again.")
    kept = ReopenedDecision.objects.create(
        complaint=complaint,
        eligible=decision.eligible,
        ground=decision.ground,
        reasons=decision.reasons,
        decided_on=decision.decided_on,
        letter=decision.letter,
        reason=unified(reason),
        reopened_at=timezone.now(),
        by=by,
    )
    decision.delete()
    kind = Letter.Kind.REOPENED
    subject = letter_texts.subject(kind, complaint)
    write_letter(complaint, kind=kind, subject=subject, text=text, by=by, way=way)
    CASE.apply("reopen_eligibility", complaint, by=by, reason=kept.reason)
    return kept
