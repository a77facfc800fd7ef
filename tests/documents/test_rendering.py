"""Making a document: once, whole or not at all, and saying how far it is."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.models import Membership
from audit.models import AuditEntry
from documents import storage
from documents.downloads import document_response, open_document
from documents.errors import FileClosedError
from documents.models import RenderedDocument
from documents.pdf import Progress
from documents.querysets import MAX_ATTEMPTS
from documents.services import rendering
from documents.services.rendering import render
from documents.services.requests import ask_again
from documents.states import RenderState
from tests.builders.documents import a_document, a_rendered_document
from tests.documents.conftest import files_in


def events(document: RenderedDocument) -> list[str]:
    entries = AuditEntry.objects.of_chain(document.chain)
    return [entry.event for entry in entries]


def test_a_document_is_made_sealed_and_ready(intake_officer: Membership, files_dir: Path) -> None:
    document = a_rendered_document(by=intake_officer)
    assert document.state == RenderState.READY
    content = b"".join(open_document(document))
    assert content.startswith(b"%PDF-1.7")
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert document.size_bytes == len(content)
    assert document.page_count == 1
    (kept,) = files_in(files_dir)
    assert b"%PDF" not in kept.read_bytes()
    assert events(document) == ["document:requested", "document:ready"]


def test_asking_twice_for_the_same_is_one_document(intake_officer: Membership) -> None:
    first = a_document(by=intake_officer)
    assert a_document(by=intake_officer) == first
    assert a_document(by=intake_officer, of="complaint:2") != first
    assert RenderedDocument.objects.count() == 2
    assert events(first) == ["document:requested", "document:requested"]


def test_the_facts_are_those_of_the_asking(intake_officer: Membership) -> None:
    document = a_document(by=intake_officer)
    assert document.context["dated_on"] == {"§date": "2018-12-19"}


def test_making_it_twice_gives_one_artefact(intake_officer: Membership, files_dir: Path) -> None:
    document = a_rendered_document(by=intake_officer)
    render(document.pk)
    document.refresh_from_db()
    assert document.attempts == 1
    assert len(files_in(files_dir)) == 1
    assert events(document) == ["document:requested", "document:ready"]


def test_a_second_worker_leaves_a_fresh_claim_alone(intake_officer: Membership) -> None:
    document = a_document(by=intake_officer)
    assert rendering.claimed(document.pk, timezone.now())
    assert rendering.claimed(document.pk, timezone.now()) is None


def test_the_document_of_a_dead_worker_is_made_again_as_one_artefact(
    intake_officer: Membership, files_dir: Path
) -> None:
    document = a_document(by=intake_officer)
    claim = rendering.claimed(document.pk, timezone.now())
    assert claim is not None
    rendering.made(claim)  # It dies after sealing, before saying so.
    assert not RenderedDocument.objects.due(timezone.now()).exists()
    RenderedDocument.objects.update(claimed_at=timezone.now() - timedelta(minutes=4))
    assert list(RenderedDocument.objects.due(timezone.now())) == [document]
    render(document.pk)
    document.refresh_from_db()
    assert document.is_ready
    assert document.attempts == 2
    assert len(files_in(files_dir)) == 1


def test_a_worker_whose_claim_was_taken_over_changes_nothing(intake_officer: Membership) -> None:
    document = a_document(by=intake_officer)
    late = rendering.claimed(document.pk, timezone.now() - timedelta(minutes=4))
    assert late is not None
    assert rendering.claimed(document.pk, timezone.now())
    rendering.finish(late, size_bytes=1, sha256="0" * 64)
    rendering.fail(late, "Too late.")
    rendering.Teller(late)(Progress("Laying out pages", 9))
    document.refresh_from_db()
    assert document.state == RenderState.RENDERING
    assert document.page_number == 0


def test_a_broken_template_fails_with_its_reason_and_may_be_tried_again(
    intake_officer: Membership, files_dir: Path
) -> None:
    document = a_document(by=intake_officer, template="pdf/of_nothing.html")
    render(document.pk)
    document.refresh_from_db()
    assert document.state == RenderState.FAILED
    assert "template" in document.failure
    assert files_in(files_dir) == []
    assert events(document)[-1] == "document:failed"
    with pytest.raises(FileClosedError, match="has not been made"):
        document_response(document)
    RenderedDocument.objects.filter(pk=document.pk).update(template="pdf/letter.html")
    again = ask_again(document, by=intake_officer)
    assert again.state == RenderState.QUEUED
    render(document.pk)
    document.refresh_from_db()
    assert document.is_ready
    assert document.failure == ""


def test_a_full_disk_fails_with_its_reason_and_leaves_nothing(
    intake_officer: Membership, files_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = a_document(by=intake_officer)

    def create_on_full_disk(*_shelf_and_key: str) -> object:
        return Path("/dev/full").open("wb")

    with monkeypatch.context() as patched:
        patched.setattr(storage, "create", create_on_full_disk)
        render(document.pk)
    document.refresh_from_db()
    assert document.state == RenderState.FAILED
    assert "disk" in document.failure
    assert files_in(files_dir) == []


def test_asking_again_for_what_did_not_fail_changes_nothing(intake_officer: Membership) -> None:
    document = a_rendered_document(by=intake_officer)
    assert ask_again(document, by=intake_officer).is_ready
    assert events(document) == ["document:requested", "document:ready"]


def test_a_document_that_kills_its_workers_is_given_up(intake_officer: Membership) -> None:
    document = a_document(by=intake_officer)
    for minutes in range(30 * (MAX_ATTEMPTS + 1), 29, -30):
        rendering.claimed(document.pk, timezone.now() - timedelta(minutes=minutes))
    render(document.pk)
    document.refresh_from_db()
    assert document.state == RenderState.FAILED
    assert "stopped several times" in document.failure


def test_progress_reaches_the_row_while_it_is_made(
    intake_officer: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "TELL_EVERY_SECONDS", 0)
    document = a_document(by=intake_officer)
    seen: list[tuple[str, int]] = []
    tell = rendering.Teller.__call__

    def telling(teller: rendering.Teller, progress: Progress) -> None:
        tell(teller, progress)
        seen.append(RenderedDocument.objects.values_list("stage", "page_number").get())

    monkeypatch.setattr(rendering.Teller, "__call__", telling)
    render(document.pk)
    assert ("Laying out pages", 1) in seen
    assert seen[-1] == ("Marking up for screen readers", 1)
    document.refresh_from_db()
    assert document.is_ready
