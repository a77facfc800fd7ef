"""Withdrawing a super-complaint. No provision in law was found: discretionary, with a reason."""

from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Action
from complaints.models import Complaint, Letter, Withdrawal
from complaints.services import letter_texts
from complaints.services.letters import unified, write_letter
from complaints.workflow import CASE
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may


@act
def withdraw(
    complaint: Complaint,
    *,
    reason: str,
    asked_for_by_body: bool,
    by: Membership,
    text: str = "",
    way: str = "",
) -> Withdrawal:
    """End a case before its report is sealed, with the reason; the body gets a letter if written.

    Args: `way` is how the letter is sent, where nobody at the body can read it here.
    Records: complaint:withdrawn. Raises: PermissionDenied, TransitionRefusedError,
    ActRefusedError without a reason.
    """
    refuse_unless_may(by, Action.COMPLAINT_WITHDRAW, complaint)
    complaint.refresh_from_db()
    CASE.check("withdraw", complaint)
    if not unified(reason):
        raise ActRefusedError("Give the reason for the withdrawal.")
    withdrawal = Withdrawal.objects.create(
        complaint=complaint,
        reason=unified(reason),
        asked_for_by_body=asked_for_by_body,
        withdrawn_at=timezone.now(),
        by=by,
    )
    if unified(text):
        write_letter(
            complaint,
            kind=Letter.Kind.WITHDRAWAL,
            subject=letter_texts.subject(Letter.Kind.WITHDRAWAL, complaint),
            text=text,
            by=by,
            way=way,
        )
    CASE.apply("withdraw", complaint, by=by, asked_for_by_body=asked_for_by_body)
    return withdrawal
