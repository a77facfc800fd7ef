"""Entries of the record, in chains of no case."""

from typing import Any

from django.db import transaction

from audit.chain import append
from audit.models import AuditEntry

CASE = "CASEABCDEF"
OTHER = "OTHERABCDE"


@transaction.atomic
def happens(chain: str = CASE, times: int = 1, **detail: Any) -> AuditEntry:
    """Something happens in a chain, so many times; answers the last entry."""
    for _ in range(times):
        entry = append(
            chain=chain,
            event="trial:happened",
            subject="trial:1",
            reference="",
            by=None,
            detail={"place": "Ynys Môn", **detail},
            private={"person": "Somebody"},
        )
    return entry
