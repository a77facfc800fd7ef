"""Writes a row in the outbox for each person, or mailbox, that the catalogue names for an event."""

from audit.events import Happening, subject_label
from notifications.audiences import outside_walls
from notifications.catalogue import rows_for
from notifications.services.mailboxes import tell_mailbox
from notifications.services.outbox import owe


def on_event(happening: Happening) -> None:
    """Owe a message to each person of each audience, once for this entry of the record.

    The message is a row of the act's own transaction: an act that is undone tells nobody.
    """
    entry = happening.entry
    for row in rows_for(happening.event):
        subject = subject_label(happening.subject)
        key = f"{entry.chain}:{entry.number}:{row.audience.__name__}"
        tell_mailbox(row.audience, entry.chain, subject, key=key, told=row.told, place=row.place)
        owe(
            outside_walls(row.audience(entry.chain, subject), entry.chain),
            key=key,
            case_key=entry.chain,
            reference=entry.reference,
            told=row.told,
            place=row.place,
            may_wait=row.may_wait,
        )
