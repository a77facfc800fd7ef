"""A body asked whether what was registered from its letter is its complaint, and its answer."""

from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Action
from audit.events import record
from complaints.events import ComplaintEvent
from complaints.models import BodyConfirmation, Complaint
from complaints.services.letters import unified
from complaints.workflow import BEFORE_SEALED
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may


def ask_to_confirm(complaint: Complaint, *, by: Membership) -> BodyConfirmation:
    """Ask the body that leads it; the clocks do not wait. Called inside an act.

    Records: complaint:confirmation_asked.
    """
    asked = BodyConfirmation.objects.create(complaint=complaint, asked_at=timezone.now())
    record(ComplaintEvent.CONFIRMATION_ASKED, subject=complaint, by=by)
    return asked


@act
def confirm_registration(complaint: Complaint, *, by: Membership) -> BodyConfirmation:
    """The leading body's word that what was registered is its complaint, once.

    It may follow a word that it is not, which the record keeps.
    Records: complaint:confirmed. Raises: PermissionDenied, ActRefusedError where none was asked.
    """
    refuse_unless_may(by, Action.COMPLAINT_CONFIRM, complaint)
    asked = asked_of(complaint)
    if asked.confirmed_at is None:
        asked.confirmed_at, asked.disowned_at, asked.reason, asked.by = timezone.now(), None, "", by
        asked.save(update_fields=["confirmed_at", "disowned_at", "reason", "by"])
        record(ComplaintEvent.CONFIRMED, subject=complaint, by=by)
    return asked


@act
def disown(complaint: Complaint, *, reason: str, by: Membership) -> BodyConfirmation:
    """The leading body's word that what was registered is not its complaint, and why.

    The case goes on until the desk has dealt with it. A second click answers what was said.
    Records: complaint:disowned. Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_may(by, Action.COMPLAINT_CONFIRM, complaint)
    complaint.refresh_from_db()
    asked = asked_of(complaint)
    if asked.confirmed_at is not None:
        raise ActRefusedError("You confirmed that it is yours. Ask to withdraw it, or write to us.")
    if complaint.status not in BEFORE_SEALED:
        raise ActRefusedError("This super-complaint is closed. Write to us by post or e-mail.")
    if not unified(reason):
        raise ActRefusedError("Say why it is not yours.")
    if asked.disowned_at is None:
        asked.disowned_at, asked.reason, asked.by = timezone.now(), unified(reason), by
        asked.save(update_fields=["disowned_at", "reason", "by"])
        record(ComplaintEvent.DISOWNED, subject=complaint, by=by, reason=asked.reason)
    return asked


def asked_of(complaint: Complaint) -> BodyConfirmation:
    """What the body was asked. Raises: ActRefusedError where it submitted it itself."""
    asked = BodyConfirmation.objects.filter(complaint=complaint).first()
    if asked is None:
        raise ActRefusedError("You submitted this super-complaint yourselves: nothing to confirm.")
    return asked
