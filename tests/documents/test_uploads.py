"""Taking in a file: all of it and its row, or nothing."""

import errno
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.utils import IntegrityError
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import Membership
from audit.models import AuditEntry
from documents import storage
from documents.errors import UploadRefusedError
from documents.models import StoredFile
from documents.services.uploads import receive_upload
from documents.states import ScanState
from tests.builders.documents import TEXT, a_stored_file, an_upload
from tests.documents.conftest import files_in


class BrokenUpload(SimpleUploadedFile):
    """An upload whose second piece never comes."""

    def __init__(self, error: Exception) -> None:
        super().__init__("facts.txt", TEXT)
        self.error = error

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """One piece, then the failure."""
        yield TEXT
        raise self.error


def test_a_file_is_kept_under_a_random_name_with_its_hash(
    submitter: Membership, files_dir: Path
) -> None:
    stored = a_stored_file(by=submitter, name="../Tŷ.txt")
    assert stored.original_name == "Tŷ.txt"
    assert stored.sha256 == hashlib.sha256(TEXT).hexdigest()
    assert stored.size_bytes == len(TEXT)
    assert stored.scan_state == ScanState.RECEIVED
    assert len(stored.storage_key) * 4 >= 128
    kept = storage.place("uploads", stored.storage_key)
    assert kept.read_bytes() == TEXT
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.relative_to(files_dir / "uploads").parts[:2] == (
        stored.storage_key[:2],
        stored.storage_key[2:4],
    )


def test_arrival_is_written_in_the_chain_of_the_case(submitter: Membership) -> None:
    stored = a_stored_file(by=submitter, case_key="case-7")
    entry = AuditEntry.objects.of_chain("case-7").get()
    assert entry.event == "file:received"
    assert entry.detail == {"sha256": stored.sha256, "size_bytes": stored.size_bytes}


def test_the_incoming_name_goes_when_the_row_is_committed(
    submitter: Membership,
    files_dir: Path,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.TASK_SENDER = "tests.builders.documents.ring"
    with django_capture_on_commit_callbacks(execute=True):
        stored = a_stored_file(by=submitter)
    assert files_in(files_dir) == [storage.place("uploads", stored.storage_key)]


@pytest.mark.parametrize(
    ("upload", "says"),
    [
        (an_upload(b""), "is empty"),
        (an_upload(b"<html></html>", "page.html"), "web page"),
        (BrokenUpload(OSError(errno.ENOSPC, "No space left")), "disk is full"),
        (BrokenUpload(OSError(errno.EDQUOT, "Quota exceeded")), "disk is full"),
    ],
)
def test_a_refused_file_leaves_neither_row_nor_bytes(
    submitter: Membership, files_dir: Path, upload: "File[bytes]", says: str
) -> None:
    with pytest.raises(UploadRefusedError, match=says):
        receive_upload("case-1", upload=upload, by=submitter)
    assert not StoredFile.objects.exists()
    assert not AuditEntry.objects.exists()
    assert files_in(files_dir) == []


@pytest.mark.parametrize("error", [OSError(errno.EIO, "Input/output"), ConnectionError("cut off")])
def test_an_upload_cut_short_leaves_neither_row_nor_bytes(
    submitter: Membership, files_dir: Path, error: Exception
) -> None:
    with pytest.raises(type(error)):
        receive_upload("case-1", upload=BrokenUpload(error), by=submitter)
    assert not StoredFile.objects.exists()
    assert files_in(files_dir) == []


def test_a_row_that_the_database_refuses_leaves_no_bytes(
    submitter: Membership, files_dir: Path
) -> None:
    with pytest.raises(IntegrityError, match="a_file_belongs_to_a_case"):
        receive_upload("", upload=an_upload(), by=submitter)
    assert files_in(files_dir) == []


def test_a_file_over_the_limit_is_refused_while_it_streams(
    submitter: Membership, files_dir: Path, settings: Settings
) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1_000_000
    with pytest.raises(UploadRefusedError, match="larger than 1 MB"):
        receive_upload("case-1", upload=an_upload(b"a" * 1_000_001), by=submitter)
    assert files_in(files_dir) == []


def test_a_real_full_disk_is_a_refusal_and_others_go_on(
    submitter: Membership, files_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def create_on_full_disk(*_shelf_and_key: str) -> object:
        return Path("/dev/full").open("wb")

    with monkeypatch.context() as patched:
        patched.setattr(storage, "create", create_on_full_disk)
        with pytest.raises(UploadRefusedError, match="disk is full"):
            receive_upload("case-1", upload=an_upload(), by=submitter)
    assert files_in(files_dir) == []
    assert a_stored_file(by=submitter).pk


def test_a_derived_copy_points_at_its_original_and_names_its_tool(submitter: Membership) -> None:
    original = a_stored_file(by=submitter)
    copy = receive_upload(
        "case-1", upload=an_upload(), by=submitter, derived_from=original, derived_with="Redactor 2"
    )
    assert copy.derived_from == original
    with pytest.raises(IntegrityError, match="a_derived_copy_names_its_tool"):
        receive_upload("case-1", upload=an_upload(), by=submitter, derived_from=original)


@pytest.mark.parametrize(
    "change", ["sha256 = repeat('0', 64)", "original_name = 'other.txt'", "case_key = 'case-2'"]
)
def test_the_database_refuses_to_change_what_came(submitter: Membership, change: str) -> None:
    stored = a_stored_file(by=submitter)
    statement = f"UPDATE documents_storedfile SET {change} WHERE id = %s"  # noqa: S608
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        connection.cursor().execute(statement, [stored.pk])
