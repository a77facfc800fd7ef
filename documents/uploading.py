"""Files while a request brings them: on our own disk, within the limit, and refused in words.

Django reads a request's files before any view asks for them, so a full disk or a file without end
would be an error page, or fill the disk for everybody. Here the rest of such a file is dropped as
it comes, and `receive_upload` refuses it with a sentence that the form shows.
"""

import contextlib
import hashlib
import io
import tempfile
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from documents import storage
from documents.naming import clean_name
from documents.refusals import NO_ROOM, disk_full, too_large

# Sixteen times Django's own: a large file is taken apart in fewer, larger pieces.
CHUNK_BYTES = 1024 * 1024
NOBODY = "Sign in before you send a file."


class RefusedUpload(UploadedFile):  # type: ignore[type-arg]
    """A file whose bytes were not kept, with the reason."""

    def __init__(self, name: str, refusal: str) -> None:
        # A size above zero, or a form would say that the file was empty.
        super().__init__(io.BytesIO(), name, size=1)
        self.refusal = refusal


class HashedUpload(UploadedFile):  # type: ignore[type-arg]
    """A file that lies on our own disk, hashed as it came: it need not be written again."""

    def __init__(self, file: "IO[bytes]", *arguments: Any, sha256: str) -> None:
        super().__init__(file, *arguments)
        self.brought = file
        self.path = Path(file.name)
        self.sha256 = sha256


class CarefulUploadHandler(FileUploadHandler):
    """Writes each file to our incoming folder, as long as it may come and there is room."""

    file: "IO[bytes]"
    chunk_size = CHUNK_BYTES

    def new_file(self, *arguments: Any, **more: Any) -> None:
        """Begin a file; nobody who has not signed in gets to fill the disk."""
        super().new_file(*arguments, **more)
        self.size_bytes = 0
        self.digest = hashlib.sha256()
        self.refusal = ""
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            self.refusal = NOBODY
            return
        try:
            self.file = tempfile.NamedTemporaryFile(dir=storage.requests_folder())  # noqa: SIM115
        except OSError as error:
            self.refuse_for(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece, or drop it once the file is refused."""
        if self.refusal:
            return
        self.size_bytes += len(raw_data)
        if self.size_bytes > settings.UPLOAD_LIMIT_BYTES:
            self.refuse(too_large(self.name))
            return
        self.digest.update(raw_data)
        try:
            self.file.write(raw_data)
        except OSError as error:
            self.refuse_for(error)

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        """The whole file, or the refused one."""
        if not self.refusal:
            try:
                self.file.seek(0)  # Writes what is still held back, which may find the disk full.
            except OSError as error:
                self.refuse_for(error)
        if self.refusal:
            return RefusedUpload(self.name, self.refusal)
        told = (self.file_name, self.content_type, file_size, self.charset)
        return HashedUpload(self.file, *told, sha256=self.digest.hexdigest())

    def upload_interrupted(self) -> None:
        """Forget a file whose sender went away."""
        if not getattr(self, "refusal", NOBODY):
            self.file.close()

    @property
    def name(self) -> str:
        """The file's name as a sentence may show it."""
        return clean_name(self.file_name or "")

    def refuse(self, reason: str) -> None:
        """Refuse the file from here on, and give its room back."""
        self.refusal = reason
        self.file.close()

    def refuse_for(self, error: OSError) -> None:
        """Refuse for want of room. Raises: any other error of the disk, as it is."""
        if error.errno not in NO_ROOM:
            raise error
        self.refusal = disk_full(self.name)
        if hasattr(self, "file"):
            # Closing tries to write what is held back once more, and fails for the same reason.
            with contextlib.suppress(OSError):
                self.file.close()
