"""Sending what the outbox owes: each message once, and for days where no server takes it."""

import logging
import time
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Membership, Wall
from accounts.services.people import check_administers
from notifications.models import MAX_ATTEMPTS, Message

log = logging.getLogger(__name__)

# A claim older than this belongs to a worker that died between claiming and sending.
STALE_CLAIM = timedelta(minutes=5)
# After each failure a message waits twice as long as before. With MAX_ATTEMPTS: over five days.
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)

# What a server says of one message; its other failures are met by each.
ABOUT_ONE_MESSAGE = (SMTPRecipientsRefused, SMTPDataError)
# A server that is away, or silent, is left alone so long: other work waits for the same worker.
QUIET_FOR_S = 50.0
_quiet = {"until": 0.0}


def deliver(message_id: int) -> None:
    """Send one message, if nobody else has it and it was not sent.

    1. Claim the row by a conditional UPDATE. 2. Send, under the same Message-ID at each attempt.
    3. Mark it sent. Killed between 2 and 3, it is sent once more, as a copy that mail programs
    recognise; it is never lost. Where the server was found away a moment ago, nothing is tried.
    """
    if time.monotonic() < _quiet["until"] or not claim(message_id):
        return
    message = Message.objects.get(pk=message_id)
    try:
        mail_of(message).send()
    except Exception as failure:  # Whatever is wrong with one message, no other waits for it.
        if is_away(failure):
            _quiet["until"] = time.monotonic() + QUIET_FOR_S
        put_off(message, failure)
        return
    Message.objects.filter(pk=message_id).update(sent_at=timezone.now(), failure="")


def claim(message_id: int) -> bool:
    """Take one message that is due, unless somebody else has it."""
    return due().filter(pk=message_id).update(claimed_at=timezone.now()) == 1


def is_away(failure: Exception) -> bool:
    """Whether a failure is the mail server's, of which each fault is a kind of OSError."""
    return isinstance(failure, OSError) and not isinstance(failure, ABOUT_ONE_MESSAGE)


def put_off(message: Message, failure: Exception) -> None:
    """Have a message wait for its next attempt, or for an administrator after its last."""
    attempts = message.attempts + 1
    Message.objects.filter(pk=message.pk).update(
        claimed_at=None,
        attempts=attempts,
        retry_at=next_attempt(timezone.now(), attempts),
        failure=f"{type(failure).__name__}: {failure}"[:300],
    )
    # Neither the address nor the server's words, which may repeat it.
    said = "Message %s was not sent at attempt %s of %s: %s"
    log.warning(said, message.pk, attempts, MAX_ATTEMPTS, type(failure).__name__)


def next_attempt(failed_at: datetime, attempts: int) -> datetime:
    """When a message is tried again that has failed so often."""
    doubled: timedelta = FIRST_WAIT * 2 ** (attempts - 1)
    return failed_at + min(doubled, LONGEST_WAIT)


def mail_of(message: Message) -> EmailMessage:
    """A message as it is mailed."""
    return EmailMessage(
        message.subject,
        message.body,
        settings.DEFAULT_FROM_EMAIL,
        [message.address],
        headers=headers_of(message),
    )


def headers_of(message: Message) -> dict[str, str]:
    """What mail programs read: a name of its own, and how to stop such mails with one press."""
    headers = {"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"}
    if message.stop_link:
        headers["List-Unsubscribe"] = f"<{message.stop_link}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def due() -> QuerySet[Message]:
    """Messages to be sent now: new ones, failed ones after their wait, claims of the dead."""
    now = timezone.now()
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - STALE_CLAIM)
    waited = Q(retry_at=None) | Q(retry_at__lte=now)
    return still_owed().filter(free, waited, attempts__lt=MAX_ATTEMPTS)


def still_owed() -> QuerySet[Message]:
    """Messages that are not sent, to whoever may still have them.

    Who has left since, was deactivated, or stands behind a wall by now, is told nothing late; of a
    day's one message, because of a wall before any case that it speaks of.
    """
    gone = Membership.objects.exclude(pk__in=Membership.objects.current().values("pk"))
    walls = Wall.objects.filter(user=OuterRef("recipient__user"), lifted_at=None)
    gathered = Message.objects.filter(digest=OuterRef(OuterRef("pk"))).values("case_key")
    barred = walls.filter(Q(case_key=OuterRef("case_key")) | Q(case_key__in=gathered))
    unsent = Message.objects.filter(sent_at=None, waits=False)
    return unsent.exclude(recipient__in=gone).filter(~Exists(barred))


def unsent() -> QuerySet[Message]:
    """Messages that were tried and did not leave, the oldest first."""
    return still_owed().filter(attempts__gt=0)


def try_all_again(by: Membership) -> int:
    """Have all that did not leave tried in the next minute, as if for the first time.

    Returns: how many. Raises: PermissionDenied for whoever does not administer people.
    """
    check_administers(by)
    return unsent().update(attempts=0, retry_at=None)


def owed(limit: int = 500) -> list[int]:
    """The messages to be sent now, the oldest first."""
    return list(due().values_list("pk", flat=True)[:limit])


def send_all() -> None:
    """Send what is to be sent now. Called each minute."""
    for message_id in owed():
        deliver(message_id)
