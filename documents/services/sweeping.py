"""What the minute tick finds due and not done, whatever happened to the bell."""

import logging
import time

from django.utils import timezone

from documents import storage
from documents.models import RenderedDocument, StoredFile, UploadInPieces
from documents.models.pieces import KEPT_FOR
from documents.services.pieces import cancel

log = logging.getLogger(__name__)

# An upload of the largest size on a slow line takes less; what is older was left behind.
LEFT_BEHIND_SECONDS = 6 * 3600
MOST_AT_ONCE = 200


def files_due() -> list[int]:
    """The stored files that a virus check is due for."""
    due = StoredFile.objects.due_for_scan(timezone.now())
    return list(due.values_list("pk", flat=True)[:MOST_AT_ONCE])


def documents_due() -> list[int]:
    """The documents that are to be made."""
    due = RenderedDocument.objects.due(timezone.now())
    return list(due.values_list("pk", flat=True)[:MOST_AT_ONCE])


def uploads_due() -> list[tuple[str, int]]:
    """The whole uploads that are to be taken in, each with its room's task."""
    due = UploadInPieces.objects.due(timezone.now())
    return list(due.values_list("then", "pk")[:MOST_AT_ONCE])


def forget_uploads() -> int:
    """Forget the uploads of which nothing more came, with what had come; how many went."""
    silent = UploadInPieces.objects.filter(heard_at__lt=timezone.now() - KEPT_FOR)
    gone = list(silent.filter(stored_file=None)[:MOST_AT_ONCE])
    for upload in gone:
        cancel(upload)
    silent.exclude(stored_file=None).delete()
    return len(gone) + forget_strays()


def forget_strays() -> int:
    """Forget pieces whose upload has gone; how many files went."""
    before = time.time() - LEFT_BEHIND_SECONDS
    lying = storage.left_behind(storage.pieces_folder(), before=before)
    known = UploadInPieces.objects.filter(storage_key__in=lying, stored_file=None)
    strays = sorted(set(lying) - set(known.values_list("storage_key", flat=True)))
    for key in strays:
        storage.forget_pieces(key)
    return len(strays)


def clear_incoming() -> int:
    """Clear what killed uploads and renderings left; how many names went.

    With a row only the incoming name goes, since the bytes have their place; without one the
    bytes go too. A half-sealed artefact has no row of its own and just goes.
    """
    before = time.time() - LEFT_BEHIND_SECONDS
    uploads = storage.left_behind(storage.incoming_folder("uploads"), before=before)
    kept = set(
        StoredFile.objects.filter(storage_key__in=uploads).values_list("storage_key", flat=True)
    )
    for key in uploads:
        if key in kept:
            storage.forget_incoming("uploads", key)
        else:
            storage.discard("uploads", key)
    half_sealed = storage.left_behind(storage.incoming_folder("sealed"), before=before)
    for key in half_sealed:
        storage.forget_incoming("sealed", key)
    brought = storage.left_behind(storage.requests_folder(), before=before)
    for name in brought:
        (storage.requests_folder() / name).unlink(missing_ok=True)
    cleared = len(uploads) + len(half_sealed) + len(brought)
    if cleared:
        log.info("Cleared %s incoming files.", cleared)
    return cleared
