"""The chain of entries: canonical JSON, each entry carrying the hash of the one before.

One chain for each case and one, `house`, for the rest, each under its own advisory lock: without
a lock two writers would fork a chain, and one chain for all would make every act wait.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils import timezone

from audit.actor import Actor
from audit.models import AuditEntry, PrivateDetail

HOUSE = "house"
FIRST = "0" * 64

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
SHARE = "SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))"
LAST = "SELECT number, sha256 FROM audit_auditentry WHERE chain = %s ORDER BY number DESC LIMIT 1"


def lock(chain: str) -> None:
    """Take the chain's lock until the transaction ends: the first statement of an act.

    Raises: TransactionManagementError outside a transaction, where the lock would hold nothing.
    """
    _refuse_outside_a_transaction()
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [chain])


def share(name: str) -> None:
    """Take a lock together with all who share it, and apart from who locks it for itself.

    Raises: TransactionManagementError outside a transaction, where the lock would hold nothing.
    """
    _refuse_outside_a_transaction()
    with connection.cursor() as cursor:
        cursor.execute(SHARE, [name])


def _locked_end(chain: str) -> tuple[int, str]:
    """Number and hash of a chain's last entry, read in one journey with taking its lock.

    At the level that each transaction here has, READ COMMITTED, PostgreSQL reads for the second
    statement what was committed while the first one waited.
    """
    _refuse_outside_a_transaction()
    with connection.cursor() as cursor:
        cursor.execute(f"{LOCK}; {LAST}", [chain, chain])
        number, sha256 = cursor.fetchone() or (0, FIRST)
    return number, sha256


def _refuse_outside_a_transaction() -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A chain is locked within a transaction.")


def append(
    *,
    chain: str,
    event: str,
    subject: str,
    reference: str,
    by: Actor | None,
    detail: dict[str, Any],
    private: dict[str, Any],
) -> AuditEntry:
    """Write one entry at the end of a chain. Called by `audit.events.record` only."""
    number, previous = _locked_end(chain)
    private = plain({**({"name": by.record_name} if by else {}), **private})
    salt = secrets.token_hex(16) if private else ""
    entry = AuditEntry(
        chain=chain,
        number=number + 1,
        at=timezone.now(),
        event=event,
        subject=subject,
        reference=reference,
        by_user_id=by.user.pk if by else None,
        by_label=by.record_label if by else "service",
        detail=plain(detail),
        private_sha256=private_sha256(salt, private) if private else "",
        previous_sha256=previous,
    )
    entry.sha256 = entry_sha256(as_recorded(entry))
    entry.save(force_insert=True)
    if private:
        PrivateDetail.objects.create(entry=entry, salt=salt, content=private)
    return entry


def plain(content: dict[str, Any]) -> dict[str, Any]:
    """Content as JSON holds it; a fraction becomes text, since the database would rewrite it."""
    written = json.dumps(content, cls=DjangoJSONEncoder)
    read: dict[str, Any] = json.loads(written, parse_float=str)
    return read


def as_recorded(entry: AuditEntry) -> dict[str, Any]:
    """The entry as the canonical JSON object that its hash is taken of."""
    return {
        "chain": entry.chain,
        "number": entry.number,
        "at": canonical_instant(entry.at),
        "event": entry.event,
        "subject": entry.subject,
        "reference": entry.reference,
        "by_user": entry.by_user_id,
        "by": entry.by_label,
        "detail": entry.detail,
        "private_sha256": entry.private_sha256,
        "previous_sha256": entry.previous_sha256,
    }


def canonical_instant(at: datetime) -> str:
    """An instant in UTC to the microsecond, always written the same way."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(content: Any) -> bytes:
    """JSON with sorted keys, no spaces and plain UTF-8, so that one content has one hash."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def entry_sha256(recorded: dict[str, Any]) -> str:
    """The hash of one entry, in hexadecimal."""
    return hashlib.sha256(canonical(recorded)).hexdigest()


def private_sha256(salt: str, content: dict[str, Any]) -> str:
    """The salted hash that stands in the chain for personal data kept beside it."""
    return hashlib.sha256(salt.encode() + canonical(content)).hexdigest()


def heads() -> Iterable[AuditEntry]:
    """The last entry of every chain, by chain."""
    return AuditEntry.objects.order_by("chain", "-number").distinct("chain")


def head(chain: str) -> AuditEntry | None:
    """The last entry of one chain: what a receipt or letter gives away as its anchor."""
    return AuditEntry.objects.filter(chain=chain).order_by("-number").first()
