"""The seal in the worker's hands: all or nothing, of the text that was asked for, and once."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.services.walls import raise_wall
from audit.models import AuditEntry
from complaints.models import Complaint
from complaints.states import CaseStatus
from documents import storage
from documents.models import RenderedDocument
from documents.pdf import Progress
from documents.querysets import MAX_ATTEMPTS
from documents.services import rendering
from documents.states import RenderState
from publication.models import Release, ReleaseFile, Report, Sealing
from publication.services import report as report_verbs
from publication.services import seal_making
from publication.services.artefacts import Artefact, put_away, rendered, with_manifest
from publication.services.seal_making import as_asked, due, make_seal
from publication.services.sealing import ask_to_seal
from publication.states import ReportStatus
from tests.builders.publication import a_signed_off_report, signed_off
from tests.cast import play
from tests.documents.conftest import files_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files_dir")]
WALKED = (a_signed_off_report,)


@pytest.fixture
def asked() -> Sealing:
    """A seal that was asked for, of a report that lacks nothing."""
    return ask_to_seal(a_signed_off_report(), by=play("lead_investigator"))


def result_of(asked: Sealing) -> Sealing:
    """The row as the worker leaves it."""
    make_seal(asked.pk)
    return Sealing.objects.get(pk=asked.pk)


def seal_events(asked: Sealing) -> list[str]:
    """What the record says of this seal."""
    entries = AuditEntry.objects.of_chain(asked.chain)
    return [one.event for one in entries if "seal" in one.event]


def sealed_files(folder: Path) -> set[str]:
    """The names on the shelf of sealed artefacts."""
    return {path.name for path in files_in(folder / "sealed")}


def nothing_is_sealed(asked: Sealing, folder: Path) -> bool:
    """Whether no trace of a seal is left: no row, no file, no state."""
    assert Complaint.objects.get(key=asked.report.complaint_id).status == CaseStatus.REPORTING
    letters = set(RenderedDocument.objects.values_list("storage_key", flat=True))
    return not Release.objects.exists() and sealed_files(folder) <= letters


def edit(asked: Sealing, text: str) -> None:
    """Write other words into a section."""
    section = asked.report.sections.get(key="steps-taken")
    report_verbs.edit_section(section, text=text, version=section.version, by=play("investigator"))


def test_the_worker_makes_what_was_asked_for(asked: Sealing, files_dir: Path) -> None:
    assert not Release.objects.exists()
    assert asked.state == RenderState.QUEUED
    done = result_of(asked)
    assert done.is_ready
    assert done.release
    assert done.release.is_sealed
    assert sealed_files(files_dir) == set(ReleaseFile.objects.values_list("storage_key", flat=True))
    assert len(sealed_files(files_dir)) == 6
    assert Report.objects.get(pk=asked.report_id).status == ReportStatus.SEALED
    assert seal_events(asked) == ["report:seal_asked", "report:sealed", "complaint:sealed"]


def test_asking_twice_is_one_request_and_the_table_refuses_a_second(asked: Sealing) -> None:
    assert ask_to_seal(asked.report, by=play("lead_investigator")) == asked
    assert seal_events(asked) == ["report:seal_asked"]
    asked.pk = None
    with pytest.raises(IntegrityError, match="one_seal_of_an_edition_is_made_at_a_time"):
        asked.save(force_insert=True)


def test_making_it_twice_makes_it_once(asked: Sealing, files_dir: Path) -> None:
    result_of(asked)
    before = sealed_files(files_dir)
    assert result_of(asked).attempts == 1
    assert sealed_files(files_dir) == before
    assert Release.objects.count() == 1


def sent_back(asked: Sealing) -> None:
    report_verbs.send_back(asked.report, reason="Too long.", by=play("iopc_decision_maker"))


def edited_and_signed_off(asked: Sealing) -> None:
    edit(asked, "Other words.")
    signed_off(asked.report)


def edited_and_edited_back(asked: Sealing) -> None:
    edit(asked, "Other words.")
    edit(asked, "Written by hand for steps-taken.")


def asker_is_walled_off(asked: Sealing) -> None:
    raise_wall(
        asked.report.complaint,
        person=asked.requested_by.user,
        reason="A relative works there.",
        by=play("administrator"),
    )


@pytest.mark.parametrize(
    ("meanwhile", "says"),
    [
        (edited_and_signed_off, "has changed since the seal was asked for"),
        (edited_and_edited_back, "as it reads now, lacks the sign-off of HMICFRS, IOPC, College"),
        (sent_back, "This report is being drafted"),
        (asker_is_walled_off, "may no longer seal this report"),
    ],
)
@pytest.mark.parametrize("while_rendering", [False, True])
def test_what_changed_meanwhile_is_not_sealed_and_the_reason_is_told(
    asked: Sealing,
    files_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    meanwhile: Callable[[Sealing], None],
    says: str,
    while_rendering: bool,
) -> None:
    if while_rendering:

        def changed_then_made(artefacts: list[Artefact]) -> list[Artefact]:
            meanwhile(asked)
            return with_manifest(artefacts)

        monkeypatch.setattr(seal_making, "with_manifest", changed_then_made)
    else:
        meanwhile(asked)
    done = result_of(asked)
    assert done.state == RenderState.FAILED
    assert says in done.failure
    assert nothing_is_sealed(asked, files_dir)
    assert seal_events(asked) == ["report:seal_asked", "report:seal_failed"]


def test_after_a_failure_asking_again_is_the_new_try(asked: Sealing) -> None:
    edited_and_signed_off(asked)
    assert result_of(asked).has_failed
    again = ask_to_seal(asked.report, by=play("lead_investigator"))
    assert again != asked
    assert result_of(again).is_ready
    assert Release.objects.count() == 1


def test_what_a_dead_worker_put_away_is_written_over_by_the_next(
    asked: Sealing, files_dir: Path
) -> None:
    claim = Sealing.objects.claimed(asked.pk, timezone.now())
    assert claim
    with transaction.atomic():
        draft = as_asked(claim)
        put_away(draft, with_manifest(rendered(draft, claim)), claim)
        transaction.set_rollback(True)  # Killed between the last file and the commit.
    left = sealed_files(files_dir)
    assert len(left) == 6
    assert not Release.objects.exists()
    assert due() == []
    Sealing.objects.update(claimed_at=timezone.now() - timedelta(minutes=4))
    assert due() == [asked.pk]
    assert result_of(asked).is_ready
    assert sealed_files(files_dir) == left
    assert set(ReleaseFile.objects.values_list("storage_key", flat=True)) == left


def test_a_worker_whose_claim_was_taken_over_changes_nothing(asked: Sealing) -> None:
    late = Sealing.objects.claimed(asked.pk, timezone.now())
    assert late
    artefacts = with_manifest(rendered(as_asked(late), late))
    Sealing.objects.update(claimed_at=timezone.now() - timedelta(minutes=4))
    assert result_of(asked).is_ready
    seal_making.close(late, artefacts=artefacts)
    seal_making.give_up(late, reason="Too late.")
    assert Sealing.objects.get(pk=asked.pk).is_ready
    assert Release.objects.count() == 1
    for file in ReleaseFile.objects.all():
        assert storage.place("sealed", file.storage_key).is_file()


def test_a_seal_that_kills_its_workers_is_given_up(asked: Sealing, files_dir: Path) -> None:
    for minutes in range(30 * (MAX_ATTEMPTS + 1), 29, -30):
        Sealing.objects.claimed(asked.pk, timezone.now() - timedelta(minutes=minutes))
    assert "stopped several times" in result_of(asked).failure
    assert nothing_is_sealed(asked, files_dir)


def test_a_full_disk_fails_with_its_reason_and_leaves_nothing(
    asked: Sealing, files_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create, written = storage.create, iter(range(6))

    def full_after_two(shelf: storage.Shelf, key: str) -> object:
        return create(shelf, key) if next(written) < 2 else Path("/dev/full").open("wb")

    with monkeypatch.context() as patched:
        patched.setattr(storage, "create", full_after_two)
        assert "the disk is full" in result_of(asked).failure
    assert nothing_is_sealed(asked, files_dir)
    assert result_of(ask_to_seal(asked.report, by=play("lead_investigator"))).is_ready


def test_the_page_of_each_document_is_told_while_it_is_laid_out(
    asked: Sealing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "TELL_EVERY_SECONDS", 0)
    seen: list[tuple[str, int, int | None]] = []
    tell = rendering.Teller.__call__

    def telling(teller: rendering.Teller, progress: Progress) -> None:
        tell(teller, progress)
        seen.append(Sealing.objects.values_list("stage", "page_number", "page_count").get())

    monkeypatch.setattr(rendering.Teller, "__call__", telling)
    result_of(asked)
    assert ("Report: laying out pages", 1, None) in seen
    # The second document counts its own pages.
    assert ("Press notice: reading the text", 0, None) in seen
    assert ("Press notice: laying out pages", 1, None) in seen
    assert seen[-1][0] == "Putting the files away"
