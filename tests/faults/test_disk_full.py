"""The disk that files are stored on is full, for real: a file is refused clearly, others work."""

import hashlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.models import AuditEntry
from complaints.models import Complaint
from documents import storage
from documents.models import RenderedDocument, StoredFile
from documents.services.rendering import render
from documents.states import RenderState
from tests.builders.accounts import PASSWORD, app_code, with_an_app
from tests.builders.complaints import a_draft
from tests.builders.documents import a_document
from tests.cast import play
from tests.documents.conftest import files_in
from tests.faults.visitor import Answer, Visitor
from tests.fixtures.service import process

pytestmark = pytest.mark.committed

DISK_BYTES = 12 * 1024**2
TOO_LARGE_FOR_TWO = 7 * 1024**2
LINE = b"Facts, one to a line.\n"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 12 MB of its own, where this machine lets us mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES},mode=700", "tmpfs", str(disk)]
    if os.getuid() or subprocess.run(words, check=False, capture_output=True).returncode:  # noqa: S603
        pytest.skip("Only root may mount a small disk, and not on every machine.")
    yield disk
    subprocess.run(["/bin/umount", "--lazy", str(disk)], check=True)  # noqa: S603


@pytest.fixture
def visitor(committed: None, small_disk: Path) -> Iterator[Visitor]:
    """A submitter at a web process whose files lie on that disk."""
    member = play("submitter")
    with_an_app(member.user)
    with process("web", called="on-a-small-disk", FILES_DIR=str(small_disk)) as web:
        visitor = Visitor(web.url)
        visitor.send("/sign-in", login=member.user.email, password=PASSWORD)
        assert visitor.send("/sign-in/second-factor", code=app_code()).status == 200
        yield visitor


def attach(visitor: Visitor, draft: Complaint, size_bytes: int) -> Answer:
    """Send a file of a size to the evidence of a draft."""
    there = f"/portal/drafts/{draft.key}"
    content = LINE * (size_bytes // len(LINE))
    fields = {"title": "Case files", "shows": "What we saw"}
    return visitor.send_file(
        f"{there}/evidence", to=f"{there}/files", name="facts.txt", content=content, fields=fields
    )


def test_a_large_file_is_written_once_and_needs_room_once(
    visitor: Visitor, small_disk: Path
) -> None:
    attach(visitor, a_draft(), TOO_LARGE_FOR_TWO)
    stored = StoredFile.objects.get()
    key = stored.storage_key
    kept = small_disk / "uploads" / key[:2] / key[2:4] / key
    assert stored.size_bytes == kept.stat().st_size > DISK_BYTES // 2
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == stored.sha256
    assert files_in(small_disk) == [kept]


def test_a_file_without_room_is_refused_and_nothing_is_half_done(
    visitor: Visitor, small_disk: Path
) -> None:
    draft = a_draft()
    before = AuditEntry.objects.count()
    refused = attach(visitor, draft, 16 * 1024**2)
    assert refused.status == 200
    assert "disk is full. Nothing of it was saved." in refused.text
    assert not StoredFile.objects.exists()
    assert not draft.supporting_documents.exists()
    assert AuditEntry.objects.count() == before
    assert files_in(small_disk) == []
    assert visitor.get("/portal/").status == 200
    kept = attach(visitor, draft, 1024**2)
    assert "disk is full" not in kept.text
    stored = StoredFile.objects.get()
    assert (small_disk / "uploads" / stored.storage_key[:2]).is_dir()


def test_a_document_without_room_fails_with_its_reason_and_is_made_once_there_is_room(
    committed: None, small_disk: Path, settings: object
) -> None:
    settings.FILES_DIR = small_disk  # type: ignore[attr-defined]
    document = a_document(by=play("intake_officer"))
    ballast = storage.requests_folder() / "ballast"
    with pytest.raises(OSError, match="No space left"):
        ballast.write_bytes(b"x" * (DISK_BYTES + 1))
    render(document.pk)
    document.refresh_from_db()
    assert (document.state, "disk is full" in document.failure) == (RenderState.FAILED, True)
    assert files_in(small_disk) == [ballast]
    ballast.unlink()
    RenderedDocument.objects.update(state=RenderState.QUEUED, claimed_at=None, failure="")
    render(document.pk)
    document.refresh_from_db()
    assert document.state == RenderState.READY
