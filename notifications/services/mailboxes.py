"""Where nobody signs in for an organisation that is told: its contact mailbox is written to.

What an addressee is told is public already: obligations open after the report's instant. A body is
told what its people would be, of a case of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import Organisation
from complaints.models import Complaint
from complaints.readers import unread_body
from notifications.audiences import (
    Audience,
    addressee,
    body,
    case_of,
    designated_makers,
    lead_body,
    obligation_of,
    people_of,
)
from notifications.models import Message
from notifications.services.outbox import body_text, owe_to_address

NOBODY_THERE = "emails/mailbox-body.txt"


@dataclass(frozen=True)
class Unread:
    """An organisation of which nobody has an account, the case, and who would need one."""

    organisation: Organisation
    complaint: Complaint
    who: str


def unread_addressee(_case_key: str, subject: str) -> Unread | None:
    """The organisation that owes the answer, where nobody answers for it here."""
    obligation = obligation_of(subject)
    if obligation is None or people_of(obligation.addressee).exists():
        return None
    who = "who will answer and who will approve the answer"
    return Unread(obligation.addressee, obligation.recommendation.complaint, who)


def unread_lead_body(case_key: str, _subject: str) -> Unread | None:
    """The body to which our letters go, where nobody there reads them here."""
    complaint = case_of(case_key)
    found = unread_body(complaint)
    return Unread(found, complaint, "who will read our letters and write to us") if found else None


# Of which audiences an organisation is written to; the others are people of the service.
MAILBOXES: dict[Audience, Callable[[str, str], Unread | None]] = {
    addressee: unread_addressee,
    body: unread_lead_body,
    designated_makers: unread_lead_body,
    lead_body: unread_lead_body,
}


def tell_mailbox(
    audience: Audience, case_key: str, subject: str, *, key: str, told: str, place: str
) -> Message | None:
    """Owe one message to the mailbox of an organisation of which nobody has an account.

    Reminders ask each minute, so what is owed already costs one question.
    """
    key, asked = f"{key}:mailbox", MAILBOXES.get(audience)
    if asked is None or Message.objects.filter(key=key).exists():
        return None
    unread = asked(case_key, subject)
    if unread is None or not unread.organisation.mailbox:
        return None
    return owe_to_address(
        unread.organisation.mailbox,
        key=key,
        reference=unread.complaint.reference,
        body=written(unread, told=told, place=place),
    )


def written(unread: Unread, *, told: str, place: str) -> str:
    """The message, with whom to ask for an account."""
    return body_text(
        NOBODY_THERE,
        told=told,
        reference=unread.complaint.reference,
        place=place,
        organisation=unread.organisation.name,
        who=unread.who,
        asked=unread.complaint.regime.receiver.organisation,
    )
