"""A file that comes in pieces: announced, carried on after a cut line, whole, and taken in."""

import hashlib
import shutil
from collections.abc import Callable
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import F, Sum
from django.utils import timezone

from accounts.models import Membership
from documents import storage
from documents.errors import OffsetError, UploadRefusedError
from documents.models import StoredFile, UploadInPieces
from documents.naming import clean_name
from documents.refusals import NO_ROOM, disk_full, no_room_for, too_large
from documents.uploading import HashedUpload
from workflow.errors import ActRefusedError
from workflow.later import after_commit

MOST_UNDER_WAY = 200
TAKEN_OUT = "You may no longer add files here. Ask an administrator of the service."

Attach = Callable[[UploadInPieces, HashedUpload], StoredFile]


def announce(
    case_key: str,
    *,
    name: str,
    size_bytes: int,
    changed_ms: int,
    then: str,
    by: Membership,
    place: str = "",
) -> UploadInPieces:
    """Begin a file, or find the one of this name, size and last change that was begun before.

    Args: `place` names the form that the file is sent with, if it waits for one.

    Raises: UploadRefusedError where it is empty, over the limit, or there is no room for it.
    """
    name = clean_name(name)
    if size_bytes <= 0:
        raise UploadRefusedError(f"“{name}” is empty. Choose a file that has content.")
    if size_bytes > settings.UPLOAD_LIMIT_BYTES:
        raise UploadRefusedError(too_large(name))
    known: dict[str, Any] = {"original_name": name, "size_bytes": size_bytes}
    known |= {"changed_ms": changed_ms, "place": place}
    under_way = UploadInPieces.objects.under_way(case_key, by)
    if (begun := under_way.filter(**known).first()) is not None:
        return begun
    if under_way.count() >= MOST_UNDER_WAY:
        raise UploadRefusedError(
            f"{MOST_UNDER_WAY} files are on their way already. Wait until some have arrived."
        )
    refuse_without_room(name, size_bytes)
    begun, _is_new = under_way.get_or_create(
        **known,
        stored_file=None,
        refusal="",
        case_key=case_key,
        begun_by=by,
        defaults={"then": then},
    )
    return begun


def refuse_without_room(name: str, size_bytes: int) -> None:
    """Refuse a file that would not fit beside all that was announced already.

    Raises: UploadRefusedError.
    """
    coming = UploadInPieces.objects.filter(stored_file=None, refusal="").aggregate(
        bytes=Sum(F("size_bytes") - F("received_bytes"))
    )
    free = shutil.disk_usage(storage.pieces_folder()).free
    if size_bytes + (coming["bytes"] or 0) > free:
        raise UploadRefusedError(no_room_for(name))


@transaction.atomic
def add_piece(upload: UploadInPieces, *, offset: int, content: bytes | bytearray) -> UploadInPieces:
    """Write the next piece, and ring for whoever takes the file in once it is whole.

    The bytes are on the disk before the row counts them; what a killed server had written and not
    counted is written again.
    Raises: OffsetError with the true offset, UploadRefusedError where it is more than announced,
    the disk is full, or the upload was cancelled meanwhile.
    """
    row = UploadInPieces.objects.select_for_update().filter(pk=upload.pk).first()
    if row is None:
        raise UploadRefusedError(f"The upload of “{upload}” was ended. Choose the file again.")
    if row.is_over or offset != row.received_bytes:
        raise OffsetError(row.received_bytes)
    if offset + len(content) > row.size_bytes:
        raise UploadRefusedError(
            f"“{row.original_name}” is larger than was announced. Cancel it and send it again."
        )
    try:
        lying = storage.write_piece(row.storage_key, offset, content)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise UploadRefusedError(disk_full(row.original_name)) from error
        raise
    row.received_bytes, row.heard_at = lying, timezone.now()
    if not row.is_whole:
        may_count_late()
    row.save(update_fields=["received_bytes", "heard_at"])
    if row.is_whole:
        after_commit(row.then, row.pk)
    return row


def may_count_late() -> None:
    """Let this transaction end before the database's own log is on the disk.

    A power cut may then forget that a piece was counted, never that it came: its sender is told
    the earlier offset and sends it again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


def sha256_of_part(upload: UploadInPieces, *, start: int, end: int) -> str:
    """The hash of some of what has come, for a sender to compare with the file that goes on.

    Raises: FileNotFoundError where the pieces have become a file of the case, or were given up.
    """
    with (storage.pieces_folder() / upload.storage_key).open("rb") as file:
        file.seek(start)
        return hashlib.sha256(file.read(end - start)).hexdigest()


def cancel(upload: UploadInPieces) -> None:
    """Forget an upload and what came of it; one that was taken in stays in its case."""
    with transaction.atomic():
        row = UploadInPieces.objects.select_for_update().filter(pk=upload.pk).first()
        if row is None or row.stored_file_id is not None:
            return
        row.delete()
    storage.forget_pieces(row.storage_key)


def take_in(upload_id: int, *, attach: Attach) -> None:
    """Hash a whole file, judge it, and give it to the room that asked for it. Safe to call twice.

    The hash is made outside any transaction, since it may take minutes; then the file's row, its
    place in the case and the end of the upload come to be together.
    """
    claimed_at = timezone.now()
    claim = UploadInPieces.objects.claimable(claimed_at).filter(pk=upload_id)
    if claim.update(claimed_at=claimed_at) != 1:
        return
    upload = UploadInPieces.objects.select_related("begun_by__organisation").get(pk=upload_id)
    try:
        with (storage.pieces_folder() / upload.storage_key).open("rb") as file:
            conclude(upload, file, claimed_at, attach=attach)
    except PermissionDenied:
        refuse(upload, TAKEN_OUT, claimed_at)
    except FileNotFoundError:
        refuse(upload, f"What came of “{upload}” was lost. Send it again.", claimed_at)
    except ActRefusedError as refused:
        refuse(upload, str(refused), claimed_at)


def conclude(
    upload: UploadInPieces, file: IO[bytes], claimed_at: datetime, *, attach: Attach
) -> None:
    """Hash the bytes and attach them, unless another worker has taken over meanwhile."""
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    told = (upload.original_name, None, upload.size_bytes, None)
    whole = HashedUpload(file, *told, sha256=sha256)
    with transaction.atomic():
        stored = attach(upload, whole)
        ours = UploadInPieces.objects.filter(pk=upload.pk, claimed_at=claimed_at)
        if ours.update(stored_file=stored) != 1:
            transaction.set_rollback(True)
            return
    storage.forget_pieces(upload.storage_key)


def refuse(upload: UploadInPieces, reason: str, claimed_at: datetime) -> None:
    """Keep the reason for the sender, and none of the bytes."""
    ours = UploadInPieces.objects.filter(pk=upload.pk, claimed_at=claimed_at, stored_file=None)
    if ours.update(refusal=reason[:500]) == 1:
        storage.forget_pieces(upload.storage_key)
