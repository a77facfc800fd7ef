"""Checking files with a real scanner: whatever goes wrong, a file is not clean."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Membership
from audit.models import AuditEntry
from documents import scanner, storage
from documents.models import StoredFile
from documents.scanner import verdict_of
from documents.services import scanning
from documents.services.scanning import scan
from documents.states import SCANNED, ScanState
from notifications.models import Message
from tests.builders.documents import (
    EICAR,
    TEXT,
    a_checked_file,
    a_pdf_with_password,
    a_stored_file,
)


@pytest.fixture
def slow_scanner(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """A scanner that takes the file and never answers."""
    settings.CLAMD_SOCKET = str(tmp_path / "slow.sock")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(settings.CLAMD_SOCKET)
        listening.listen()
        yield


def test_a_harmless_file_is_found_clean(submitter: Membership) -> None:
    stored = a_checked_file(by=submitter)
    assert stored.scan_state == ScanState.CLEAN
    assert stored.scanned_at is not None
    assert last_event(stored) == "file:checked"


def test_a_virus_is_quarantined(submitter: Membership) -> None:
    stored = a_checked_file(by=submitter, content=EICAR)
    assert stored.scan_state == ScanState.QUARANTINED
    assert "Eicar" in stored.scan_note
    assert not stored.is_downloadable
    assert last_event(stored) == "file:quarantined"


def test_whoever_sent_a_file_with_a_virus_is_told_and_nobody_else(
    submitter: Membership, body_approver: Membership
) -> None:
    a_checked_file(by=submitter)
    assert not Message.objects.exists()
    a_checked_file(by=submitter, content=EICAR, name="Tystiolaeth.txt")
    told = Message.objects.get()
    assert told.recipient == submitter
    assert "A virus was found in a file that you sent." in told.body
    assert "/home" in told.body
    assert "Tystiolaeth" not in told.subject + told.body


def test_a_virus_inside_an_office_file_is_quarantined(submitter: Membership) -> None:
    marked = TEXT + b"SUPERCOMPLAINTS-UNWANTED-CONTENT-FOR-TESTS"
    assert a_checked_file(by=submitter, content=marked).scan_state == ScanState.QUARANTINED


def test_with_test_signatures_only_a_file_is_never_called_clean(
    submitter: Membership, settings: Settings
) -> None:
    settings.CLAMD_TEST_SIGNATURES_ONLY = True
    stored = a_checked_file(by=submitter)
    assert stored.scan_words == "Checked with test signatures only"
    assert stored.is_downloadable
    settings.PRODUCTION = True
    assert not stored.is_downloadable


def test_a_full_check_opens_in_production(submitter: Membership, settings: Settings) -> None:
    settings.CLAMD_TEST_SIGNATURES_ONLY = False
    settings.PRODUCTION = True
    stored = a_checked_file(by=submitter)
    assert stored.is_downloadable
    assert stored.scan_words == "Checked for viruses"


def test_an_absent_scanner_leaves_a_file_unscannable_until_it_is_back(
    submitter: Membership, settings: Settings
) -> None:
    address, settings.CLAMD_SOCKET = settings.CLAMD_SOCKET, "/nonexistent/clamd.sock"
    stored = a_checked_file(by=submitter)
    assert stored.scan_state == ScanState.UNSCANNABLE
    assert "could not be reached" in stored.scan_note
    assert not stored.is_downloadable
    later = timezone.now() + timedelta(minutes=6)
    assert list(StoredFile.objects.due_for_scan(later)) == [stored]
    scan(stored.pk)
    assert AuditEntry.objects.filter(event="file:unscannable").count() == 1
    settings.CLAMD_SOCKET = address
    scan(stored.pk)
    stored.refresh_from_db()
    assert stored.scan_state == ScanState.CLEAN


def test_a_slow_scanner_leaves_a_file_unscannable(
    submitter: Membership, slow_scanner: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanner, "SCANNER_TIMEOUT_SECONDS", 0.2)
    stored = a_checked_file(by=submitter)
    assert stored.scan_state == ScanState.UNSCANNABLE
    assert "did not finish in time" in stored.scan_note


def test_an_encrypted_file_is_unscannable_for_good(submitter: Membership) -> None:
    stored = a_checked_file(by=submitter, content=a_pdf_with_password(), name="locked.pdf")
    assert stored.scan_state == ScanState.UNSCANNABLE
    assert "password" in stored.scan_note
    scan(stored.pk)
    stored.refresh_from_db()
    assert stored.scan_state == ScanState.UNSCANNABLE
    assert not StoredFile.objects.due_for_scan(timezone.now() + timedelta(days=1)).exists()


def test_a_file_larger_than_the_scanner_reads_is_unscannable(
    submitter: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanner, "MOST_SCANNED_BYTES", 10)
    stored = a_checked_file(by=submitter)
    assert stored.scan_state == ScanState.UNSCANNABLE
    assert "larger" in stored.scan_note


def test_bytes_that_are_gone_are_unscannable(submitter: Membership) -> None:
    stored = a_stored_file(by=submitter)
    storage.place("uploads", stored.storage_key).unlink()
    scan(stored.pk)
    stored.refresh_from_db()
    assert stored.scan_state == ScanState.UNSCANNABLE
    assert "missing" in stored.scan_note


def test_bytes_that_are_not_those_that_came_are_unscannable(submitter: Membership) -> None:
    stored = a_stored_file(by=submitter)
    storage.place("uploads", stored.storage_key).write_bytes(TEXT + b"more")
    scan(stored.pk)
    stored.refresh_from_db()
    assert stored.scan_state == ScanState.UNSCANNABLE


@pytest.mark.parametrize(
    ("status", "signature", "state"),
    [
        ("OK", None, ScanState.CLEAN),
        ("FOUND", "Win.Test.EICAR_HDB-1", ScanState.QUARANTINED),
        ("FOUND", "Heuristics.Limits.Exceeded.MaxFileSize", ScanState.UNSCANNABLE),
        ("FOUND", "Heuristics.Encrypted.PDF", ScanState.UNSCANNABLE),
        ("FOUND", None, ScanState.UNSCANNABLE),
        ("ERROR", "Can't allocate memory", ScanState.UNSCANNABLE),
        ("", None, ScanState.UNSCANNABLE),
    ],
)
def test_only_a_plain_ok_is_clean(status: str, signature: str | None, state: ScanState) -> None:
    assert verdict_of(status, signature).state == state


def test_a_second_worker_leaves_a_fresh_claim_alone(submitter: Membership) -> None:
    stored = a_stored_file(by=submitter)
    assert scanning.claimed(stored.pk, timezone.now())
    assert not scanning.claimed(stored.pk, timezone.now())


def test_the_file_of_a_dead_worker_is_claimed_again_and_its_verdict_is_not_taken(
    submitter: Membership,
) -> None:
    stored = a_stored_file(by=submitter)
    long_ago = timezone.now() - timedelta(minutes=21)
    assert scanning.claimed(stored.pk, long_ago)
    assert list(StoredFile.objects.due_for_scan(timezone.now())) == [stored]
    now = timezone.now()
    assert scanning.claimed(stored.pk, now)
    late = verdict_of("OK", None)
    scanning.conclude(stored, late, long_ago)
    stored.refresh_from_db()
    assert stored.scan_state == ScanState.SCANNING


@pytest.mark.parametrize("state", sorted(SCANNED - {ScanState.UNSCANNABLE}))
def test_a_verdict_stands(submitter: Membership, state: ScanState) -> None:
    content = EICAR if state == ScanState.QUARANTINED else TEXT
    stored = a_checked_file(by=submitter, content=content)
    scan(stored.pk)
    stored.refresh_from_db()
    assert stored.scan_state == state
    assert AuditEntry.objects.of_chain(stored.chain).count() == 2


def last_event(stored: StoredFile) -> str:
    entry = AuditEntry.objects.of_chain(stored.chain).last()
    assert entry is not None
    return entry.event
