"""Where nobody signs in for an organisation that owes an answer: its contact mailbox is written to.

What it is told is public already: obligations open after the report's instant.
"""

from notifications.audiences import Audience, addressee, obligation_of, people_of
from notifications.models import Message
from notifications.services.outbox import body_text, owe_to_address
from recommendations.models import Obligation

NOBODY_THERE = "emails/mailbox-body.txt"


def tell_mailbox(
    audience: Audience, subject: str, *, key: str, told: str, place: str
) -> Message | None:
    """Owe one message to the mailbox of an addressee of which nobody has an account.

    Other audiences are people of the service: of them nobody is written to by a mailbox. Reminders
    ask each minute, so what is owed already costs one question.
    """
    key = f"{key}:mailbox"
    if audience is not addressee or Message.objects.filter(key=key).exists():
        return None
    obligation = obligation_of(subject)
    if obligation is None or not obligation.addressee.mailbox:
        return None
    if people_of(obligation.addressee).exists():
        return None
    reference = obligation.recommendation.complaint.reference
    return owe_to_address(
        obligation.addressee.mailbox,
        key=key,
        reference=reference,
        body=written(obligation, told=told, place=place),
    )


def written(obligation: Obligation, *, told: str, place: str) -> str:
    """The message, with whom to ask for an account."""
    complaint = obligation.recommendation.complaint
    return body_text(
        NOBODY_THERE,
        told=told,
        reference=complaint.reference,
        place=place,
        organisation=obligation.addressee.name,
        asked=complaint.regime.receiver.organisation,
    )
