"""Faults of the worker and the queue: the end is the same, and there is never half a file."""

import time
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from django.utils import timezone
from pytest_django import Settings

from audit.models import AuditEntry
from documents.downloads import open_document
from documents.models import RenderedDocument, StoredFile
from documents.states import RenderState, ScanState
from documents.tasks import sweep
from supercomplaints.celery import send
from tests.builders.documents import EICAR, a_document, a_stored_file
from tests.cast import play
from tests.documents.conftest import files_in
from tests.fixtures.service import process, wait_until

pytestmark = pytest.mark.committed


def is_ready(document: RenderedDocument) -> bool:
    document.refresh_from_db()
    return document.is_ready


def is_at_page(document: RenderedDocument, page_number: int) -> bool:
    document.refresh_from_db()
    assert document.is_under_way, document.state
    return document.page_number >= page_number


def times_ready() -> int:
    return AuditEntry.objects.filter(event="document:ready").count()


def test_a_worker_killed_mid_render_leaves_no_half_and_the_next_makes_one_artefact(
    committed: None, queue: "redis.Redis[bytes]", files_dir: Path
) -> None:
    with process("worker", called="doomed", FILES_DIR=str(files_dir)) as doomed:
        document = a_document(by=play("intake_officer"), paragraphs=400)
        wait_until(lambda: is_at_page(document, 3), "page 3 is laid out")
        doomed.kill()
    document.refresh_from_db()
    assert document.state == RenderState.RENDERING
    assert document.stage == "Laying out pages"
    assert files_in(files_dir) == []
    queue.flushdb()
    RenderedDocument.objects.update(claimed_at=timezone.now() - timedelta(minutes=4))
    with process("worker", called="next", FILES_DIR=str(files_dir)):
        sweep()
        wait_until(lambda: is_ready(document), "the document is ready")
    assert document.attempts == 2
    assert len(files_in(files_dir)) == 1
    assert b"".join(open_document(document)).startswith(b"%PDF")
    assert times_ready() == 1


def test_a_task_delivered_thrice_and_in_parallel_makes_one_artefact(
    committed: None, queue: "redis.Redis[bytes]", files_dir: Path
) -> None:
    document = a_document(by=play("intake_officer"))
    for _ in range(2):
        send("documents.tasks.render_document", (document.pk,))
    with process("worker", called="both", FILES_DIR=str(files_dir)):
        wait_until(lambda: is_ready(document), "the document is ready")
        wait_until(lambda: queue.llen("celery") == 0, "the queue is empty")
    assert document.attempts == 1
    assert len(files_in(files_dir)) == 1
    assert times_ready() == 1


def test_what_a_flushed_queue_forgot_is_found_by_the_sweep(
    committed: None, queue: "redis.Redis[bytes]", files_dir: Path
) -> None:
    officer = play("intake_officer")
    document = a_document(by=officer)
    stored = a_stored_file(by=officer)
    infected = a_stored_file(by=officer, content=EICAR)
    queue.flushdb()
    minute = timedelta(seconds=61)
    RenderedDocument.objects.update(requested_at=timezone.now() - minute)
    assert not StoredFile.objects.due_for_scan(timezone.now()).exists()
    with process("worker", called="later", FILES_DIR=str(files_dir)):
        sweep()
        wait_until(lambda: is_ready(document), "the document is ready")
        for one in StoredFile.objects.due_for_scan(timezone.now() + minute):
            send("documents.tasks.scan_file", (one.pk,))
        waiting = StoredFile.objects.filter(scan_state__in=["received", "scanning"])
        wait_until(lambda: not waiting.exists(), "both files are checked")
    stored.refresh_from_db()
    infected.refresh_from_db()
    assert stored.scan_state == ScanState.CLEAN
    assert infected.scan_state == ScanState.QUARANTINED


def test_without_redis_the_act_goes_on_and_its_work_waits_in_the_table(
    committed: None, settings: Settings
) -> None:
    settings.TASK_SENDER = "tests.builders.documents.ring_where_no_redis_is"
    began = time.monotonic()
    stored = a_stored_file(by=play("submitter"))
    assert time.monotonic() - began < 2
    assert list(StoredFile.objects.due_for_scan(timezone.now() + timedelta(minutes=2))) == [stored]
