"""Talking before a super-complaint exists. Nothing of it enters a case."""

from django.utils import timezone

from accounts.models import Membership, Regime
from accounts.roles import Action
from audit.events import record
from clock.london import london_today
from complaints.events import ComplaintEvent
from complaints.models import ContactMessage, ContactNote, Conversation
from complaints.services.authorities import refuse_unless_it_receives
from complaints.services.letters import unified
from complaints.services.other_cases import references_in, refuse_cases_unknown_to
from complaints.services.submission import refuse_unless_designated
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may


@act
def open_conversation(regime: Regime, *, subject: str, text: str, by: Membership) -> Conversation:
    """Begin to talk, as a body that is designated today.

    Records: contact:opened. Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_designated(regime, by.organisation, on=london_today())
    if not unified(subject) or not unified(text):
        raise ActRefusedError("Enter a subject and a message.")
    now = timezone.now()
    opened = Conversation.objects.create(
        regime=regime, body=by.organisation, subject=unified(subject), opened_at=now, by=by
    )
    refuse_unless_may(by, Action.CONTACT_WRITE, opened)
    ContactMessage.objects.create(
        conversation=opened, from_body=True, text=unified(text), sent_at=now, by=by
    )
    record(ComplaintEvent.CONTACT_OPENED, subject=opened, by=by)
    return opened


@act
def write(conversation: Conversation, *, text: str, by: Membership) -> ContactMessage:
    """Write to the other side.

    Records: contact:written by the body, contact:answered by the desk.
    Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_may(by, Action.CONTACT_WRITE, conversation)
    if not unified(text):
        raise ActRefusedError("Write the message before you send it.")
    from_body = by.organisation_id == conversation.body_id
    if not from_body:
        refuse_cases_unknown_to([conversation.body], references_in(text))
    sent = ContactMessage.objects.create(
        conversation=conversation,
        from_body=from_body,
        text=unified(text),
        sent_at=timezone.now(),
        by=by,
    )
    event = ComplaintEvent.CONTACT_WRITTEN if from_body else ComplaintEvent.CONTACT_ANSWERED
    record(event, subject=conversation, by=by)
    return sent


@act
def note(conversation: Conversation, *, text: str, by: Membership) -> ContactNote:
    """Keep a note of the desk's own. Records: contact:noted.

    Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_may(by, Action.CONTACT_WRITE, conversation)
    refuse_unless_it_receives(conversation.regime, by)
    if not unified(text):
        raise ActRefusedError("Write the note before you keep it.")
    kept = ContactNote.objects.create(
        conversation=conversation, text=unified(text), noted_at=timezone.now(), by=by
    )
    record(ComplaintEvent.CONTACT_NOTED, subject=conversation, by=by)
    return kept
