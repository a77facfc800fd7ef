"""Checking a stored file for viruses with a real clamd. Whatever goes wrong, it is not clean."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from audit.events import record
from documents import scanner, storage
from documents.events import DocumentEvent
from documents.locked import is_locked_pdf
from documents.models import StoredFile
from documents.scanner import CHANGED, LOCKED, MISSING, TOO_LARGE, Hashed, Verdict
from documents.states import ScanState

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
    claim = {"scan_state": ScanState.SCANNING, "scan_claimed_at": now, "scanned_at": None}
    return StoredFile.objects.claimable(now).filter(pk=file_id).update(**claim) == 1


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
    if stored.size_bytes > scanner.MOST_SCANNED_BYTES:
        return TOO_LARGE
    path = storage.place("uploads", stored.storage_key)
    try:
        if is_locked(stored, path):
            return LOCKED
        with path.open("rb") as file:
            read = Hashed(file)
            verdict = scanner.asked(read)
    except FileNotFoundError:
        return MISSING
    # What was read must be what came, or the verdict is on some other file.
    if verdict.state == ScanState.CLEAN and read.sha256 != stored.sha256:
        return CHANGED
    return verdict


def is_locked(stored: StoredFile, path: Path) -> bool:
    """Whether nobody, and so no scanner, can read this file without a password."""
    if stored.content_type == "application/pdf":
        return is_locked_pdf(path)
    return stored.content_type == "application/encrypted"
