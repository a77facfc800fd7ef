"""Giving the record away: a daily message with its head to each deciding authority."""

from audit.chain import HOUSE
from audit.events import HouseEvent
from audit.models import AuditEntry
from clock.london import london_today
from notifications.audiences import deciding_authorities
from notifications.models import Message
from notifications.services.outbox import owe

HEAD = "emails/head-body.txt"
TOLD = "{number}:{sha256}"


def mail_heads() -> int:
    """Owe each deciding authority the newest head, once a London day; returns the messages made.

    The entry lists the heads of all chains, so that whoever holds its number and hash can tell a
    record that was cut or written anew. Called each minute; what was made before is not made again.
    """
    listed = AuditEntry.objects.filter(chain=HOUSE, event=HouseEvent.HEADS_LISTED).last()
    if listed is None:
        return 0
    key = f"head:{london_today()}"
    told = Message.objects.filter(key__startswith=f"{key}:").values("recipient")
    waiting = deciding_authorities().exclude(pk__in=told)
    head = TOLD.format(number=listed.number, sha256=listed.sha256)
    messages = owe(
        waiting, key=key, case_key="", reference="", told=head, place="/proof", template=HEAD
    )
    return len(messages)
