"""Writes a row in the outbox for each person whom the catalogue names for an event."""

from audit.events import Happening, subject_label
from notifications.audiences import outside_walls
from notifications.catalogue import rows_for
from notifications.services.outbox import owe


def on_event(happening: Happening) -> None:
    """Owe a message to each person of each audience, once for this entry of the record.

    The message is a row of the act's own transaction: an act that is undone tells nobody.
    """
    entry = happening.entry
    for row in rows_for(happening.event):
        people = outside_walls(
            row.audience(entry.chain, subject_label(happening.subject)), entry.chain
        )
        owe(
            people,
            key=f"{entry.chain}:{entry.number}:{row.audience.__name__}",
            case_key=entry.chain,
            reference=entry.reference,
            told=row.told,
            place=row.place,
            may_wait=row.may_wait,
        )
