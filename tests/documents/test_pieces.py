"""A file that comes in pieces: nothing is lost to a cut line, nothing is taken in twice."""

import errno
import hashlib
import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import Membership
from documents import storage
from documents.errors import OffsetError, UploadRefusedError
from documents.models import StoredFile, UploadInPieces
from documents.models.pieces import KEPT_FOR
from documents.services import pieces, sweeping
from documents.services.uploads import receive_upload
from documents.tasks import sweep
from documents.uploading import HashedUpload
from tests.builders.documents import RUNG, TEXT
from tests.documents.conftest import files_in

WHOLE = TEXT * 3
THEN = "complaints.tasks.take_in_upload"


@pytest.fixture
def bell(settings: Settings) -> list[tuple[str, tuple[object, ...]]]:
    """What the bell was rung for."""
    settings.TASK_SENDER = "tests.builders.documents.ring"
    RUNG.clear()
    return RUNG


def begun(
    by: Membership, name: str = "facts.txt", size_bytes: int = len(WHOLE), changed_ms: int = 7
) -> UploadInPieces:
    told = {"size_bytes": size_bytes, "changed_ms": changed_ms, "then": THEN}
    return pieces.announce("case-1", name=name, by=by, **told)  # type: ignore[arg-type]


def sent(upload: UploadInPieces, content: bytes = WHOLE) -> UploadInPieces:
    """Every byte of it, in three pieces."""
    third = len(content) // 3
    for offset in (0, third, 2 * third):
        end = offset + third if offset < 2 * third else len(content)
        upload = pieces.add_piece(upload, offset=offset, content=content[offset:end])
    return upload


def kept_in_case(upload: UploadInPieces, whole: HashedUpload) -> StoredFile:
    return receive_upload(upload.case_key, upload=whole, by=upload.begun_by)


def taken_in(upload: UploadInPieces) -> UploadInPieces:
    pieces.take_in(upload.pk, attach=kept_in_case)
    upload.refresh_from_db()
    return upload


def lying(files_dir: Path) -> list[Path]:
    return files_in(files_dir / "incoming")


def test_pieces_make_the_file_that_was_sent(submitter: Membership, files_dir: Path) -> None:
    stored = taken_in(sent(begun(submitter))).stored_file
    assert stored is not None
    assert stored.sha256 == hashlib.sha256(WHOLE).hexdigest()
    assert stored.size_bytes == len(WHOLE)
    assert storage.place("uploads", stored.storage_key).read_bytes() == WHOLE
    assert files_in(files_dir / "incoming" / "pieces") == []


def test_the_room_is_rung_for_once_the_last_piece_has_come(
    submitter: Membership,
    bell: list[tuple[str, tuple[object, ...]]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    upload = begun(submitter)
    with django_capture_on_commit_callbacks(execute=True):
        pieces.add_piece(upload, offset=0, content=WHOLE[:-1])
    assert bell == []
    with django_capture_on_commit_callbacks(execute=True):
        pieces.add_piece(upload, offset=len(WHOLE) - 1, content=WHOLE[-1:])
    assert bell == [(THEN, (upload.pk,))]


def test_a_piece_sent_again_after_a_lost_answer_is_told_where_to_go_on(
    submitter: Membership,
) -> None:
    upload = begun(submitter)
    pieces.add_piece(upload, offset=0, content=WHOLE[:10])
    with pytest.raises(OffsetError) as told:
        pieces.add_piece(upload, offset=0, content=WHOLE[:10])
    assert told.value.offset == 10
    pieces.add_piece(upload, offset=10, content=WHOLE[10:])
    assert taken_in(upload).stored_file is not None


def test_a_piece_that_comes_after_its_upload_was_cancelled_is_refused_and_not_kept(
    submitter: Membership, files_dir: Path
) -> None:
    upload = begun(submitter)
    pieces.add_piece(upload, offset=0, content=WHOLE[:10])
    pieces.cancel(upload)
    with pytest.raises(UploadRefusedError, match="was ended"):
        pieces.add_piece(upload, offset=10, content=WHOLE[10:])
    assert lying(files_dir) == []


def test_what_a_killed_server_wrote_and_did_not_count_is_written_again(
    submitter: Membership,
) -> None:
    upload = begun(submitter)
    pieces.add_piece(upload, offset=0, content=WHOLE[:10])
    with (storage.pieces_folder() / upload.storage_key).open("ab") as file:
        file.write(b"never counted, and longer than what is still to come" * 9)
    pieces.add_piece(upload, offset=10, content=WHOLE[10:])
    stored = taken_in(upload).stored_file
    assert stored is not None
    assert stored.sha256 == hashlib.sha256(WHOLE).hexdigest()


def test_bytes_lost_on_the_disk_are_asked_for_again(submitter: Membership) -> None:
    upload = begun(submitter)
    pieces.add_piece(upload, offset=0, content=WHOLE[:10])
    os.truncate(storage.pieces_folder() / upload.storage_key, 4)
    told = pieces.add_piece(upload, offset=10, content=WHOLE[10:20])
    assert told.received_bytes == 4
    pieces.add_piece(upload, offset=4, content=WHOLE[4:])
    stored = taken_in(upload).stored_file
    assert stored is not None
    assert stored.sha256 == hashlib.sha256(WHOLE).hexdigest()


def test_choosing_the_same_file_again_goes_on_where_it_ended(submitter: Membership) -> None:
    pieces.add_piece(first := begun(submitter), offset=0, content=WHOLE[:10])
    again = begun(submitter)
    assert (again.pk, again.received_bytes) == (first.pk, 10)


@pytest.mark.parametrize("other", [{"name": "b.txt"}, {"size_bytes": 9}, {"changed_ms": 8}])
def test_another_file_begins_anew(submitter: Membership, other: dict[str, object]) -> None:
    first = begun(submitter)
    assert begun(submitter, **other).pk != first.pk  # type: ignore[arg-type]


def test_nobody_goes_on_with_a_colleagues_upload(
    submitter: Membership, body_approver: Membership
) -> None:
    assert begun(submitter).pk != begun(body_approver).pk


def test_more_than_was_announced_is_refused_and_nothing_of_it_is_written(
    submitter: Membership, files_dir: Path
) -> None:
    upload = begun(submitter, size_bytes=10)
    with pytest.raises(UploadRefusedError, match="larger than was announced"):
        pieces.add_piece(upload, offset=0, content=b"x" * 11)
    assert lying(files_dir) == []


@pytest.mark.parametrize(
    ("size_bytes", "reason"), [(0, "is empty"), (6 * 1024**3, "is larger than 5,368 MB")]
)
def test_an_empty_and_an_over_large_file_never_begin(
    submitter: Membership, size_bytes: int, reason: str
) -> None:
    with pytest.raises(UploadRefusedError, match=reason):
        begun(submitter, size_bytes=size_bytes)
    assert not UploadInPieces.objects.exists()


def test_what_the_disk_has_no_room_for_never_begins(
    submitter: Membership, settings: Settings
) -> None:
    settings.UPLOAD_LIMIT_BYTES = 2**62
    with pytest.raises(UploadRefusedError, match="There is no room"):
        begun(submitter, size_bytes=2**61)


def test_room_that_others_were_promised_is_not_promised_twice(
    submitter: Membership, settings: Settings
) -> None:
    settings.UPLOAD_LIMIT_BYTES = 2**62
    begun(submitter)
    UploadInPieces.objects.update(size_bytes=2**61)
    with pytest.raises(UploadRefusedError, match="no room"):
        begun(submitter, name="one more.txt")


def test_a_disk_that_fills_up_refuses_the_piece_and_keeps_the_rest(
    submitter: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = begun(submitter)
    pieces.add_piece(upload, offset=0, content=WHOLE[:10])

    def full(_file: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(storage, "sync", full)
        with pytest.raises(UploadRefusedError, match="disk is full"):
            pieces.add_piece(upload, offset=10, content=WHOLE[10:])
    upload.refresh_from_db()
    assert upload.received_bytes == 10
    assert pieces.add_piece(upload, offset=10, content=WHOLE[10:]).is_whole


def test_taking_in_twice_makes_one_file(submitter: Membership) -> None:
    upload = taken_in(sent(begun(submitter)))
    assert taken_in(upload).stored_file_id == StoredFile.objects.get().pk


def test_a_worker_that_was_taken_over_attaches_nothing(submitter: Membership) -> None:
    upload = sent(begun(submitter))

    def overtaken(upload: UploadInPieces, whole: HashedUpload) -> StoredFile:
        UploadInPieces.objects.filter(pk=upload.pk).update(claimed_at=timezone.now())
        return kept_in_case(upload, whole)

    pieces.take_in(upload.pk, attach=overtaken)
    assert not StoredFile.objects.exists()
    upload.refresh_from_db()
    assert not upload.is_over


def test_a_half_file_is_not_taken_in(submitter: Membership) -> None:
    upload = begun(submitter)
    pieces.add_piece(upload, offset=0, content=WHOLE[:10])
    assert not taken_in(upload).is_over


def test_a_refused_file_leaves_its_reason_and_no_bytes(
    submitter: Membership, files_dir: Path
) -> None:
    content = b"<html><script>alert(1)</script></html>" * 3
    upload = sent(begun(submitter, "page.html", len(content)), content)
    assert "is a web page" in taken_in(upload).refusal
    assert lying(files_dir) == []
    assert not StoredFile.objects.exists()


def test_a_person_who_lost_the_right_meanwhile_is_told(
    submitter: Membership, files_dir: Path
) -> None:
    def closed(_upload: UploadInPieces, _whole: HashedUpload) -> StoredFile:
        raise PermissionDenied

    upload = sent(begun(submitter))
    pieces.take_in(upload.pk, attach=closed)
    upload.refresh_from_db()
    assert upload.refusal == pieces.TAKEN_OUT
    assert lying(files_dir) == []


def test_pieces_lost_before_they_were_read_are_said_to_be(submitter: Membership) -> None:
    upload = sent(begun(submitter))
    storage.forget_pieces(upload.storage_key)
    assert taken_in(upload).refusal == "What came of “facts.txt” was lost. Send it again."


def test_cancelling_forgets_the_bytes(submitter: Membership, files_dir: Path) -> None:
    upload = begun(submitter)
    pieces.add_piece(upload, offset=0, content=WHOLE[:10])
    pieces.cancel(upload)
    pieces.cancel(upload)
    assert lying(files_dir) == []
    assert not UploadInPieces.objects.exists()


def test_cancelling_what_was_taken_in_leaves_the_file(submitter: Membership) -> None:
    upload = taken_in(sent(begun(submitter)))
    pieces.cancel(upload)
    stored = StoredFile.objects.get()
    assert storage.place("uploads", stored.storage_key).exists()


def test_the_sweep_rings_again_for_a_whole_file_that_nobody_took_in(
    submitter: Membership,
    bell: list[tuple[str, tuple[object, ...]]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    upload = sent(begun(submitter))
    begun(submitter, "half.txt")
    UploadInPieces.objects.update(heard_at=timezone.now() - timedelta(seconds=61))
    bell.clear()
    with django_capture_on_commit_callbacks(execute=True):
        sweep()
    assert bell == [(THEN, (upload.pk,))]


def test_the_sweep_leaves_pieces_for_days_and_then_forgets_them(
    submitter: Membership, files_dir: Path
) -> None:
    upload = begun(submitter)
    pieces.add_piece(upload, offset=0, content=WHOLE[:10])
    (path,) = lying(files_dir)
    long_ago = time.time() - sweeping.LEFT_BEHIND_SECONDS - 1
    os.utime(path, (long_ago, long_ago))
    sweep()
    assert path.exists()
    UploadInPieces.objects.update(heard_at=timezone.now() - KEPT_FOR - timedelta(seconds=1))
    sweep()
    assert lying(files_dir) == []
    assert not UploadInPieces.objects.exists()


@pytest.mark.django_db
def test_the_sweep_forgets_pieces_without_an_upload(files_dir: Path) -> None:
    storage.write_piece(storage.new_storage_key(), 0, TEXT)
    (path,) = lying(files_dir)
    sweep()
    assert path.exists()
    long_ago = time.time() - sweeping.LEFT_BEHIND_SECONDS - 1
    os.utime(path, (long_ago, long_ago))
    sweep()
    assert lying(files_dir) == []


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"received_bytes": len(WHOLE) + 1}, "an_upload_brings_no_more_than_announced"),
        ({"refusal": "No."}, "an_upload_is_judged_once_and_whole"),
        ({"size_bytes": 0}, "an_upload_is_not_empty"),
        ({"then": ""}, "an_upload_says_what_and_where"),
    ],
)
def test_the_database_holds_what_an_upload_is(
    submitter: Membership, facts: dict[str, object], constraint: str
) -> None:
    upload = begun(submitter)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        UploadInPieces.objects.filter(pk=upload.pk).update(**facts)


@pytest.mark.parametrize(("size_bytes", "said"), [(len(WHOLE), "on"), (len(WHOLE) + 1, "off")])
def test_only_the_count_of_the_last_piece_waits_for_the_databases_disk(
    submitter: Membership, size_bytes: int, said: str
) -> None:
    upload = begun(submitter, size_bytes=size_bytes)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = on")
        pieces.add_piece(upload, offset=0, content=WHOLE)
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == (said,)
