"""The minute tick finds what the bell lost, and clears what killed uploads left."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import Membership
from documents import storage
from documents.models import RenderedDocument, StoredFile
from documents.services import sweeping
from documents.tasks import render_document, scan_file, sweep
from tests.builders.documents import RUNG, TEXT, a_document, a_stored_file
from tests.documents.conftest import files_in


@pytest.fixture
def bell(settings: Settings) -> list[tuple[str, tuple[object, ...]]]:
    """What the bell was rung for."""
    settings.TASK_SENDER = "tests.builders.documents.ring"
    RUNG.clear()
    return RUNG


def grown_old(shelf: storage.Shelf) -> None:
    for path in storage.incoming_folder(shelf).iterdir():
        long_ago = time.time() - sweeping.LEFT_BEHIND_SECONDS - 1
        os.utime(path, (long_ago, long_ago))


def test_each_act_rings_for_its_task_after_the_commit(
    submitter: Membership,
    bell: list[tuple[str, tuple[object, ...]]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        stored, document = a_stored_file(by=submitter), a_document(by=submitter)
        assert bell == []
    assert bell == [(scan_file.name, (stored.pk,)), (render_document.name, (document.pk,))]


def test_the_sweep_rings_again_for_what_is_due_and_not_done(
    submitter: Membership,
    bell: list[tuple[str, tuple[object, ...]]],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    stored, document = a_stored_file(by=submitter), a_document(by=submitter)
    with django_capture_on_commit_callbacks(execute=True):
        sweep()
    assert bell == []  # Their own bells may still be on the way.
    later = timezone.now() + timedelta(seconds=61)
    monkeypatch.setattr(timezone, "now", lambda: later)
    with django_capture_on_commit_callbacks(execute=True):
        sweep()
    assert bell == [(scan_file.name, (stored.pk,)), (render_document.name, (document.pk,))]


def test_the_sweep_clears_an_upload_whose_row_never_came(
    database_in_use: None, files_dir: Path
) -> None:
    key = storage.new_storage_key()
    with storage.create("uploads", key) as file:
        file.write(TEXT)
    storage.link_into_place("uploads", key)
    assert sweeping.clear_incoming() == 0  # It may still be under way.
    assert len(files_in(files_dir)) == 2
    grown_old("uploads")
    assert sweeping.clear_incoming() == 1
    assert files_in(files_dir) == []


def test_the_sweep_keeps_the_bytes_of_a_row_that_was_committed(
    submitter: Membership, files_dir: Path
) -> None:
    stored = a_stored_file(by=submitter)
    assert storage.incoming("uploads", stored.storage_key).exists()
    grown_old("uploads")
    assert sweeping.clear_incoming() == 1
    assert files_in(files_dir) == [storage.place("uploads", stored.storage_key)]


def test_the_sweep_clears_half_a_sealed_artefact(database_in_use: None, files_dir: Path) -> None:
    with storage.create("sealed", storage.new_storage_key()) as file:
        file.write(b"half")
    grown_old("sealed")
    assert sweeping.clear_incoming() == 1
    assert files_in(files_dir) == []
    assert not RenderedDocument.objects.exists()
    assert not StoredFile.objects.exists()
