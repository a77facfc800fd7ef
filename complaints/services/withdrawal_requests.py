"""A body's request to withdraw. No provision in law was found: the authorities decide."""

from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Action
from audit.events import record
from complaints.events import ComplaintEvent
from complaints.models import Complaint, WithdrawalRequest
from complaints.services.letters import unified
from complaints.services.other_cases import refuse_other_cases
from complaints.workflow import CASE
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may


def standing_request(complaint: Complaint) -> WithdrawalRequest | None:
    """The request that nobody has declined, if there is one."""
    found: WithdrawalRequest | None = complaint.withdrawal_requests.filter(declined_at=None).first()
    return found


@act
def ask_to_withdraw(complaint: Complaint, *, reason: str, by: Membership) -> WithdrawalRequest:
    """Ask that a super-complaint be withdrawn; it goes on until the authorities decide.

    A second click answers the request that stands.
    Records: complaint:withdrawal_asked. Raises: PermissionDenied, TransitionRefusedError,
    ActRefusedError without a reason.
    """
    refuse_unless_may(by, Action.COMPLAINT_ASK_WITHDRAWAL, complaint)
    complaint.refresh_from_db()
    CASE.check("withdraw", complaint)
    if not unified(reason):
        raise ActRefusedError("Say why you want to withdraw it.")
    if standing := standing_request(complaint):
        return standing
    asked = WithdrawalRequest.objects.create(
        complaint=complaint, reason=unified(reason), asked_at=timezone.now(), by=by
    )
    record(ComplaintEvent.WITHDRAWAL_ASKED, subject=complaint, by=by, request=asked.pk)
    return asked


@act
def decline_withdrawal(complaint: Complaint, *, because: str, by: Membership) -> WithdrawalRequest:
    """Decline the request that stands, with reasons that the body reads.

    Records: complaint:withdrawal_declined. Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_may(by, Action.COMPLAINT_WITHDRAW, complaint)
    complaint.refresh_from_db()
    asked = standing_request(complaint)
    if asked is None or "withdraw" not in {row.name for row in CASE.from_state(complaint.status)}:
        raise ActRefusedError("No request to withdraw is open.")
    if not unified(because):
        raise ActRefusedError("Give the reason why the request is declined.")
    refuse_other_cases(because, complaint=complaint)
    asked.declined_at, asked.declined_by = timezone.now(), by
    asked.declined_because = unified(because)
    asked.save(update_fields=["declined_at", "declined_by", "declined_because"])
    record(ComplaintEvent.WITHDRAWAL_DECLINED, subject=complaint, by=by, request=asked.pk)
    return asked
