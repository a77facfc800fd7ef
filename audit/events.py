"""The one channel through which the house hears what happened.

A verb calls `record`: the entry is chained, then each listener of `settings.EVENT_LISTENERS` is
called in order, inside the act's transaction. Nothing else announces anything.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from audit import chain
from audit.actor import Actor
from audit.models import AuditEntry


class HouseEvent(StrEnum):
    """What the record says of itself, in the chain `house`."""

    EXPORTED = "record:exported"
    HEADS_LISTED = "record:heads_listed"
    PRIVATE_ERASED = "record:private_erased"
    VERIFIED = "record:verified"


@dataclass(frozen=True)
class Happening:
    """One event as its listeners see it."""

    event: StrEnum
    subject: Any
    by: Any
    entry: AuditEntry
    detail: dict[str, Any]


Listener = Callable[[Happening], None]


@lru_cache(maxsize=1)
def listeners() -> tuple[Listener, ...]:
    """Those who listen, in the order of `settings.EVENT_LISTENERS`."""
    return tuple(import_string(path) for path in settings.EVENT_LISTENERS)


# Without a savepoint of its own: an act whose record fails is undone whole, and none goes on.
@transaction.atomic(savepoint=False)
def record(
    event: StrEnum,
    *,
    subject: Any,
    by: Actor | None,
    private: dict[str, Any] | None = None,
    **detail: Any,
) -> AuditEntry:
    """Write what happened at the end of its chain, then tell those who listen.

    A subject with a `chain` (a complaint, or anything of one) writes to that case's chain, all
    else to `house`. `by=None` is the service itself. `private` is personal data that may have
    to be erased: only its salted hash enters the chain. `detail` takes what JSON holds, dates
    and instants included.

    Records: the event itself.
    """
    entry = chain.append(
        chain=getattr(subject, "chain", chain.HOUSE),
        event=str(event),
        subject=subject_label(subject),
        reference=getattr(subject, "case_reference", "") or "",
        by=by,
        detail=detail,
        private=private or {},
    )
    happening = Happening(event=event, subject=subject, by=by, entry=entry, detail=detail)
    for listen in listeners():
        listen(happening)
    return entry


def subject_label(subject: Any) -> str:
    """How the record names a thing: its kind and its permanent number, never its title."""
    if subject is None:
        return ""
    return (
        f"{subject._meta.label_lower}:{subject.pk}" if hasattr(subject, "_meta") else str(subject)
    )
