"""Lawful erasure of personal data that stand beside the record; the chain stays whole."""

from django.db import transaction

from audit.actor import Actor
from audit.chain import lock
from audit.events import HouseEvent, record
from audit.models import AuditEntry, PrivateDetail


@transaction.atomic
def erase_private_detail(entry: AuditEntry, *, reason: str, by: Actor | None) -> AuditEntry:
    """Remove the personal data beside an entry: their salted hash stays, and proves nothing more.

    Records: record:private_erased, in the entry's own chain.
    """
    lock(entry.chain)
    PrivateDetail.objects.filter(entry=entry).delete()
    return record(
        HouseEvent.PRIVATE_ERASED, subject=entry, by=by, number=entry.number, reason=reason
    )
