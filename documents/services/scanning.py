"""Checking a stored file for viruses with a real clamd. Whatever goes wrong, it is not clean."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clamav_client.clamd import BufferTooLongError, ClamdError, ClamdUnixSocket
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from audit.events import record
from documents import storage
from documents.events import DocumentEvent
from documents.models import StoredFile
from documents.querysets import STALE_CLAIM
from documents.states import SCAN_STEPS, ScanState

log = logging.getLogger(__name__)

SCANNER_TIMEOUT_SECONDS = 300
# The scanner cannot read further than this whatever its settings say.
MOST_SCANNED_BYTES = 2 * 1024**3 - 1

# What the scanner reports as found, but is only its own limit.
LIMITS = ("Heuristics.Limits.Exceeded",)
ENCRYPTED = ("Heuristics.Encrypted",)


@dataclass(frozen=True)
class Verdict:
    """What came of one check: the state, what to say of it, and whether to try again."""

    state: ScanState
    note: str
    may_be_repeated: bool = False


AWAY = Verdict(ScanState.UNSCANNABLE, "The virus scanner could not be reached.", True)
SLOW = Verdict(ScanState.UNSCANNABLE, "The virus scanner did not finish in time.", True)
TOO_LARGE = Verdict(ScanState.UNSCANNABLE, "The file is larger than the virus scanner reads.")
LOCKED = Verdict(ScanState.UNSCANNABLE, "The file is encrypted or protected by a password.")
MISSING = Verdict(ScanState.UNSCANNABLE, "The file’s bytes are missing or could not be read.")

EVENTS = {
    ScanState.CLEAN: DocumentEvent.FILE_CHECKED,
    ScanState.QUARANTINED: DocumentEvent.FILE_QUARANTINED,
    ScanState.UNSCANNABLE: DocumentEvent.FILE_UNSCANNABLE,
}


def scan(file_id: int) -> None:
    """Check one file: claim it, ask the scanner, write the verdict. Safe to call twice.

    1. One conditional UPDATE claims the row; another worker's fresh claim ends it here.
    2. The scanner is asked outside any transaction, since it may take minutes.
    3. A second conditional UPDATE writes the verdict, if the claim is still ours.

    Records: file:checked, file:quarantined or file:unscannable.
    """
    claimed_at = timezone.now()
    if not claimed(file_id, claimed_at):
        return
    stored = StoredFile.objects.get(pk=file_id)
    conclude(stored, verdict_on(stored), claimed_at)


def claimed(file_id: int, now: datetime) -> bool:
    """Claim a file that awaits a check, or whose worker died."""
    sources = SCAN_STEPS[ScanState.SCANNING] - {ScanState.SCANNING}
    waiting = StoredFile.objects.filter(pk=file_id, scan_state__in=sources)
    final = waiting.filter(scan_state=ScanState.UNSCANNABLE, scan_may_be_repeated=False)
    dead = StoredFile.objects.filter(
        pk=file_id, scan_state=ScanState.SCANNING, scan_claimed_at__lte=now - STALE_CLAIM
    )
    claim = {"scan_state": ScanState.SCANNING, "scan_claimed_at": now, "scanned_at": None}
    if waiting.exclude(pk__in=final).update(**claim) == 1:
        return True
    return dead.update(**claim) == 1


@transaction.atomic
def conclude(stored: StoredFile, verdict: Verdict, claimed_at: datetime) -> None:
    """Write a verdict, once: a worker whose claim was taken over writes nothing."""
    ours = StoredFile.objects.filter(
        pk=stored.pk, scan_state=ScanState.SCANNING, scan_claimed_at=claimed_at
    )
    outcome: dict[str, Any] = {
        "scan_state": verdict.state,
        "scanned_at": timezone.now(),
        "scan_note": verdict.note,
        "scan_may_be_repeated": verdict.may_be_repeated,
        "test_signatures_only": settings.CLAMD_TEST_SIGNATURES_ONLY,
    }
    repeated = stored.scan_note == verdict.note
    if ours.update(**outcome) == 1 and not repeated:
        record(EVENTS[verdict.state], subject=stored, by=None, note=verdict.note)


def verdict_on(stored: StoredFile) -> Verdict:
    """What the scanner says of a file; its absence, haste or limits are never “clean”."""
    if stored.size_bytes > MOST_SCANNED_BYTES:
        return TOO_LARGE
    if stored.content_type == "application/encrypted":
        return LOCKED
    scanner = ClamdUnixSocket(settings.CLAMD_SOCKET, timeout=SCANNER_TIMEOUT_SECONDS)
    try:
        with storage.place("uploads", stored.storage_key).open("rb") as file:
            answers = scanner.instream(file)
    except FileNotFoundError:
        return MISSING
    except BufferTooLongError:
        return TOO_LARGE
    except (ClamdError, OSError) as error:
        log.warning("Scan of stored file %s: %s", stored.pk, error)
        return SLOW if isinstance(error.__cause__ or error, TimeoutError) else AWAY
    return verdict_of(*next(iter(answers.values()), ("", None)))


def verdict_of(status: str, signature: str | None) -> Verdict:
    """The verdict that one answer of clamd means."""
    if status == "OK":
        return Verdict(ScanState.CLEAN, "No virus was found.")
    if status != "FOUND" or not signature:
        return Verdict(ScanState.UNSCANNABLE, "The virus scanner reported an error.", True)
    if signature.startswith(LIMITS):
        return TOO_LARGE
    if signature.startswith(ENCRYPTED):
        return LOCKED
    return Verdict(ScanState.QUARANTINED, f"A virus was found: {signature[:200]}.")
