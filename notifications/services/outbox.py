"""Writing messages to the outbox and sending them, each once."""

from collections.abc import Iterable
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import Membership
from notifications.models import Message
from workflow.later import after_commit

NOTICE = "emails/notice-body.txt"
MAX_ATTEMPTS = 8
# A claim older than this belongs to a worker that died between claiming and sending.
STALE_CLAIM = timedelta(minutes=5)


def owe(
    people: Iterable[Membership],
    *,
    key: str,
    case_key: str,
    reference: str,
    told: str,
    place: str,
    template: str = NOTICE,
) -> list[Message]:
    """Write one message for each person, unless it is owed already; send after the commit."""
    made = []
    for person in people:
        message, new = Message.objects.get_or_create(
            key=f"{key}:{person.pk}",
            defaults={
                "recipient": person,
                "address": person.user.email,
                "subject": subject_line(reference),
                "body": body_text(template, told=told, reference=reference, place=place),
                "case_key": case_key,
            },
        )
        if new:
            after_commit("notifications.tasks.deliver", message.pk)
            made.append(message)
    return made


def subject_line(reference: str) -> str:
    """The reference alone, or the service's name where there is none yet."""
    return reference or settings.SERVICE_NAME


def body_text(template: str = NOTICE, *, told: str, reference: str, place: str) -> str:
    """The message: what happened in general words, and where to sign in."""
    facts = {
        "told": told,
        "reference": reference,
        "link": settings.BASE_URL + place.format(reference=reference),
        "service_name": settings.SERVICE_NAME,
    }
    return render_to_string(template, facts)


def deliver(message_id: int) -> None:
    """Send one message, if nobody else has it and it was not sent.

    1. Claim the row by a conditional UPDATE. 2. Send, under the same Message-ID at each attempt.
    3. Mark it sent. Killed between 2 and 3, it is sent once more, as a copy that mail programs
    recognise; it is never lost.
    """
    now = timezone.now()
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - STALE_CLAIM)
    waiting = Message.objects.filter(free, pk=message_id, sent_at=None, attempts__lt=MAX_ATTEMPTS)
    if waiting.update(claimed_at=now) != 1:
        return
    message = Message.objects.get(pk=message_id)
    mail = EmailMessage(
        message.subject,
        message.body,
        settings.DEFAULT_FROM_EMAIL,
        [message.address],
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
    )
    try:
        mail.send()
    except (SMTPException, OSError) as failure:
        Message.objects.filter(pk=message_id).update(
            claimed_at=None, attempts=message.attempts + 1, failure=str(failure)[:300]
        )
        return
    Message.objects.filter(pk=message_id).update(sent_at=timezone.now(), failure="")


def owed(limit: int = 500) -> list[int]:
    """Messages due and not sent: new ones, failed ones after a wait, claims of the dead."""
    now = timezone.now()
    unsent = Message.objects.filter(sent_at=None, attempts__lt=MAX_ATTEMPTS)
    free = unsent.filter(Q(claimed_at=None) | Q(claimed_at__lt=now - STALE_CLAIM))
    return list(free.values_list("pk", flat=True)[:limit])
