"""Taking in a file: hashed as it streams, judged by its content, kept under a random name."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from django.conf import settings
from django.core.files import File
from django.db import transaction

from accounts.models import Membership
from audit.events import record
from documents import storage
from documents.content import judge
from documents.errors import UploadRefusedError
from documents.events import DocumentEvent
from documents.models import StoredFile
from documents.naming import clean_name
from documents.refusals import NO_ROOM, disk_full, too_large
from documents.uploading import HashedUpload
from workflow.acts import act
from workflow.later import after_commit


@dataclass(frozen=True)
class Received:
    """What was measured while the bytes streamed by."""

    storage_key: str
    size_bytes: int
    sha256: str
    content_type: str


@act
def receive_upload(
    case_key: str,
    *,
    upload: "File[bytes]",
    by: Membership,
    derived_from: StoredFile | None = None,
    derived_with: str = "",
) -> StoredFile:
    """Keep an uploaded file of a case, and have it checked for viruses.

    The row is written last, so that there is never a row without its bytes; whatever fails
    before it leaves neither row nor file.
    Records: file:received. Raises: UploadRefusedError with the sentence for the form.
    """
    name = clean_name(upload.name or "")
    with taken_in(upload, name) as received:
        stored = StoredFile.objects.create(
            case_key=case_key,
            original_name=name,
            uploaded_by=by,
            derived_from=derived_from,
            derived_with=derived_with,
            **asdict(received),
        )
        record(
            DocumentEvent.FILE_RECEIVED,
            subject=stored,
            by=by,
            sha256=stored.sha256,
            size_bytes=stored.size_bytes,
        )
    transaction.on_commit(
        lambda: storage.forget_incoming("uploads", received.storage_key), robust=True
    )
    after_commit("documents.tasks.scan_file", stored.pk)
    return stored


@contextmanager
def taken_in(upload: "File[bytes]", name: str) -> Iterator[Received]:
    """The bytes at their place, for as long as nothing fails; else no trace of them."""
    key = storage.new_storage_key()
    try:
        received = written(upload, name, key)
        storage.link_into_place("uploads", key)
        yield received
    except OSError as error:
        storage.discard("uploads", key)
        if error.errno in NO_ROOM:
            raise UploadRefusedError(disk_full(name)) from error
        raise
    except BaseException:
        storage.discard("uploads", key)
        raise


def written(upload: "File[bytes]", name: str, key: str) -> Received:
    """Write the bytes to the incoming folder while hashing them, then judge them.

    Raises: UploadRefusedError for an empty, an over-large, or an unaccepted file.
    """
    if refusal := getattr(upload, "refusal", ""):
        raise UploadRefusedError(refusal)
    sha256, size_bytes = kept(upload, name, key)
    if size_bytes == 0:
        raise UploadRefusedError(f"“{name}” is empty. Choose a file that has content.")
    kind = judge(storage.incoming("uploads", key), name)
    return Received(key, size_bytes, sha256, kind.content_type)


def kept(upload: "File[bytes]", name: str, key: str) -> tuple[str, int]:
    """Give the bytes their incoming name, synced; answers their hash and their number.

    What a request brought was hashed and written as it came, and is taken over as it lies.
    Raises: UploadRefusedError for a file over the limit.
    """
    if isinstance(upload, HashedUpload):
        storage.take_over("uploads", key, upload.brought, upload.path)
        return upload.sha256, upload.size or 0
    digest, size_bytes = hashlib.sha256(), 0
    with storage.create("uploads", key) as file:
        for piece in upload.chunks():
            size_bytes += len(piece)
            if size_bytes > settings.UPLOAD_LIMIT_BYTES:
                raise UploadRefusedError(too_large(name))
            digest.update(piece)
            file.write(piece)
        storage.sync(file)
    return digest.hexdigest(), size_bytes
