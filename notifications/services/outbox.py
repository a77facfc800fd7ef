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
from notifications.models import AtOnce, Message
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
    may_wait: bool = False,
) -> list[Message]:
    """Write one message for each person, unless it is owed already; send after the commit.

    What may wait waits for the day's one message, but for those who want each at once.
    """
    made = []
    people = list(people)
    waits = daily(people) if may_wait else set()
    for person in people:
        message, new = Message.objects.get_or_create(
            key=f"{key}:{person.pk}",
            defaults={
                "recipient": person,
                "address": person.user.email,
                "subject": subject_line(reference),
                "body": body_text(template, told=told, reference=reference, place=place),
                "case_key": case_key,
                "waits": person.pk in waits,
                "lines": line(told, reference=reference, place=place),
            },
        )
        if new:
            made.append(message)
        if new and not message.waits:
            after_commit("notifications.tasks.deliver", message.pk)
    return made


def owe_to_address(
    address: str, *, key: str, reference: str, body: str, stop_link: str = ""
) -> Message:
    """Write one message to somebody of the public, unless it is owed already."""
    message, new = Message.objects.get_or_create(
        key=key,
        defaults={
            "address": address,
            "subject": subject_line(reference),
            "body": body,
            "stop_link": stop_link,
        },
    )
    if new:
        after_commit("notifications.tasks.deliver", message.pk)
    return message


def daily(people: list[Membership]) -> set[int]:
    """Of some people those who have one message a day, by number."""
    at_once = AtOnce.objects.filter(recipient__in=people).values_list("recipient_id", flat=True)
    return {person.pk for person in people} - set(at_once)


def line(told: str, *, reference: str, place: str) -> str:
    """One message as a digest lists it: what happened in general words, and where to sign in."""
    link = settings.BASE_URL + place.format(reference=reference)
    return f"{reference}: {told}\n{link}" if reference else f"{told}\n{link}"


def subject_line(reference: str) -> str:
    """The reference alone, or the service's name where there is none yet."""
    return reference or settings.SERVICE_NAME


def body_text(
    template: str = NOTICE, *, told: str, reference: str, place: str, **more: object
) -> str:
    """The message: what happened in general words, and where to sign in."""
    facts = {
        **more,
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
    waiting = Message.objects.filter(
        free, pk=message_id, sent_at=None, waits=False, attempts__lt=MAX_ATTEMPTS
    )
    if waiting.update(claimed_at=now) != 1:
        return
    message = Message.objects.get(pk=message_id)
    mail = EmailMessage(
        message.subject,
        message.body,
        settings.DEFAULT_FROM_EMAIL,
        [message.address],
        headers=headers_of(message),
    )
    try:
        mail.send()
    except (SMTPException, OSError) as failure:
        Message.objects.filter(pk=message_id).update(
            claimed_at=None, attempts=message.attempts + 1, failure=str(failure)[:300]
        )
        return
    Message.objects.filter(pk=message_id).update(sent_at=timezone.now(), failure="")


def headers_of(message: Message) -> dict[str, str]:
    """What mail programs read: a name of its own, and how to stop such mails with one press."""
    headers = {"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"}
    if message.stop_link:
        headers["List-Unsubscribe"] = f"<{message.stop_link}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def owed(limit: int = 500) -> list[int]:
    """Messages due and not sent: new ones, failed ones after a wait, claims of the dead."""
    now = timezone.now()
    unsent = Message.objects.filter(sent_at=None, waits=False, attempts__lt=MAX_ATTEMPTS)
    free = unsent.filter(Q(claimed_at=None) | Q(claimed_at__lt=now - STALE_CLAIM))
    return list(free.values_list("pk", flat=True)[:limit])
