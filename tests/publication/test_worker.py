"""Faults of worker and queue while a seal is made: the end is one seal, whole or none."""

from datetime import timedelta
from pathlib import Path

import pytest
import redis
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Membership
from audit.models import AuditEntry
from documents.models import RenderedDocument
from documents.states import RenderState
from publication.models import Release, ReleaseFile, Report, Sealing
from publication.services import report as report_verbs
from publication.services.seal_making import due, make_seal
from publication.services.sealing import ask_to_seal
from publication.states import ReportStatus
from publication.tasks import sweep
from supercomplaints.celery import send
from tests.builders.publication import a_report_being_drafted, signed_off
from tests.cast import play
from tests.documents.conftest import files_in
from tests.fixtures.service import process, wait_until
from tests.publication.connections import another_waits, at_once

pytestmark = pytest.mark.committed
WALKED = (a_report_being_drafted,)


def a_report_to_seal(*, paragraphs: int = 1) -> Report:
    """A report that lacks nothing but its seal, with so much text in one section."""
    report = a_report_being_drafted()
    section = report.sections.get(key="steps-taken")
    text = "\n\n".join(
        f"Paragraph {number}. " + "We read files. " * 40 for number in range(paragraphs)
    )
    author = play("investigator")
    report_verbs.edit_section(section, text=text, version=section.version, by=author)
    report = Report.objects.get(pk=report.pk)
    return signed_off(report_verbs.propose(report, by=author))


def lead() -> Membership:
    return play("lead_investigator")


def is_made(asked: Sealing) -> bool:
    asked.refresh_from_db()
    assert not asked.has_failed, asked.failure
    return asked.is_ready


def is_at_page(asked: Sealing, page_number: int) -> bool:
    asked.refresh_from_db()
    assert asked.is_under_way, asked.state
    return asked.page_number >= page_number


def assert_sealed_once(asked: Sealing, files_dir: Path) -> None:
    """One release, one entry for each step, and no file that no row names."""
    assert is_made(asked)
    assert Release.objects.get().is_sealed
    report = Report.objects.get(pk=asked.report_id)
    assert report.status == ReportStatus.SEALED
    events = list(AuditEntry.objects.of_chain(asked.chain).values_list("event", flat=True))
    for event in ("report:seal_asked", "report:sealed", "complaint:sealed"):
        assert events.count(event) == 1, event
    assert "report:seal_failed" not in events
    letters = set(RenderedDocument.objects.values_list("storage_key", flat=True))
    on_disk = {path.name for path in files_in(files_dir / "sealed")} - letters
    named = set(ReleaseFile.objects.values_list("storage_key", flat=True))
    assert len(named) == 6
    assert on_disk == named


def test_a_worker_killed_mid_render_leaves_nothing_and_the_next_seals_once(
    committed: None, queue: "redis.Redis[bytes]", files_dir: Path
) -> None:
    report = a_report_to_seal(paragraphs=300)
    queue.flushdb()
    with process("worker", called="doomed", FILES_DIR=str(files_dir)) as doomed:
        asked = ask_to_seal(report, by=lead())
        wait_until(lambda: is_at_page(asked, 3), "page 3 is laid out")
        doomed.kill()
    asked.refresh_from_db()
    assert asked.state == RenderState.RENDERING
    assert asked.stage.startswith("Report: ")
    assert files_in(files_dir / "sealed") == []
    assert not Release.objects.exists()
    queue.flushdb()
    Sealing.objects.update(claimed_at=timezone.now() - timedelta(minutes=4))
    with process("worker", called="next", FILES_DIR=str(files_dir)):
        sweep()
        wait_until(lambda: is_made(asked), "the seal is made")
    assert asked.attempts == 2
    assert_sealed_once(asked, files_dir)


def test_what_a_flushed_queue_forgot_is_sealed_by_the_tick(
    committed: None, queue: "redis.Redis[bytes]", files_dir: Path
) -> None:
    asked = ask_to_seal(a_report_to_seal(), by=lead())
    queue.flushdb()
    assert due() == []  # The bell may still be on its way.
    Sealing.objects.update(requested_at=timezone.now() - timedelta(seconds=61))
    with process("worker", called="later", FILES_DIR=str(files_dir)):
        send("supercomplaints.tick", ())
        wait_until(lambda: is_made(asked), "the seal is made")
    assert_sealed_once(asked, files_dir)


def test_without_redis_the_seal_is_asked_for_and_waits_in_the_table(
    committed: None, settings: Settings, files_dir: Path
) -> None:
    report = a_report_to_seal()
    settings.TASK_SENDER = "tests.builders.documents.ring_where_no_redis_is"
    asked = ask_to_seal(report, by=lead())
    assert asked.state == RenderState.QUEUED
    Sealing.objects.update(requested_at=timezone.now() - timedelta(minutes=2))
    assert due() == [asked.pk]
    sweep()  # Nobody hears it, and nothing breaks.
    make_seal(asked.pk)
    assert_sealed_once(asked, files_dir)


def test_a_task_delivered_thrice_to_a_real_worker_seals_once(
    committed: None, queue: "redis.Redis[bytes]", files_dir: Path
) -> None:
    asked = ask_to_seal(a_report_to_seal(), by=lead())
    for _ in range(2):
        send("publication.tasks.seal_report", (asked.pk,))
    with process("worker", called="both", FILES_DIR=str(files_dir)):
        wait_until(lambda: is_made(asked), "the seal is made")
        wait_until(lambda: queue.llen("celery") == 0, "the queue is empty")
    assert asked.attempts == 1
    assert_sealed_once(asked, files_dir)


def test_two_at_once_on_two_connections_ask_and_seal_once(committed: None, files_dir: Path) -> None:
    report = a_report_to_seal()
    at_once(lambda: ask_to_seal(report, by=lead()))
    asked = Sealing.objects.get()
    at_once(lambda: make_seal(asked.pk))
    assert_sealed_once(asked, files_dir)


def test_an_edit_that_is_not_yet_saved_when_the_seal_closes_undoes_the_seal(
    committed: None, files_dir: Path, queue: "redis.Redis[bytes]"
) -> None:
    asked = ask_to_seal(a_report_to_seal(), by=lead())
    section = asked.report.sections.get(key="conclusions")
    queue.flushdb()
    with process("worker", called="closing", FILES_DIR=str(files_dir)):
        with transaction.atomic():
            report_verbs.edit_section(
                section, text="Other words.", version=section.version, by=play("investigator")
            )
            send("publication.tasks.seal_report", (asked.pk,))
            wait_until(another_waits, "the files are made and the seal waits its turn to close")
            asked.refresh_from_db()
            assert asked.stage == "Putting the files away"
        wait_until(lambda: has_ended(asked), "the seal is given up")
    assert "has changed since the seal was asked for" in asked.failure
    assert not Release.objects.exists()
    letters = set(RenderedDocument.objects.values_list("storage_key", flat=True))
    assert {path.name for path in files_in(files_dir / "sealed")} <= letters


def has_ended(asked: Sealing) -> bool:
    asked.refresh_from_db()
    return not asked.is_under_way
