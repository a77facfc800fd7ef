"""Where bytes lie: random names in two levels of folders below `settings.FILES_DIR`.

There are two shelves: `uploads` for files as they came, `sealed` for encrypted artefacts. A new
file is written under `incoming/`, synced, then given its place in one step, so that there is
never half a file in a place.
"""

import os
import secrets
from pathlib import Path
from typing import IO, BinaryIO, Literal

from django.conf import settings

Shelf = Literal["uploads", "sealed"]

KEY_BYTES = 20  # 160 bits: nobody guesses a name.


def new_storage_key() -> str:
    """A random name, in lower-case hexadecimal."""
    return secrets.token_hex(KEY_BYTES)


def place(shelf: Shelf, key: str) -> Path:
    """Where the bytes of a key lie. Raises: ValueError for what cannot be a key of ours."""
    if len(key) != KEY_BYTES * 2 or not set(key) <= set("0123456789abcdef"):
        raise ValueError("Not a storage key.")
    return Path(settings.FILES_DIR) / shelf / key[:2] / key[2:4] / key


def incoming(shelf: Shelf, key: str) -> Path:
    """The name of a file while it is being written."""
    return incoming_folder(shelf) / key


def incoming_folder(shelf: Shelf) -> Path:
    """The folder of what is being written, closed to other users."""
    path = Path(settings.FILES_DIR) / "incoming" / shelf
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def requests_folder() -> Path:
    """The folder of what requests are still bringing, on the same disk as the rest."""
    path = Path(settings.FILES_DIR) / "incoming" / "requests"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def pieces_folder() -> Path:
    """The folder of files that come in pieces, each under its key, some of them for days."""
    path = Path(settings.FILES_DIR) / "incoming" / "pieces"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def write_piece(key: str, offset: int, content: bytes | bytearray) -> int:
    """Write one piece at its place, synced; answers the bytes that then lie there.

    What lies behind the offset was never counted, and goes. Where less lies there than the
    offset says, nothing is written.
    """
    descriptor = os.open(pieces_folder() / key, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        lying = file.seek(0, os.SEEK_END)
        if lying < offset:
            return lying
        file.truncate(offset)
        file.seek(offset)
        file.write(content)
        sync(file)
    return offset + len(content)


def forget_pieces(key: str) -> None:
    """Remove what came of a file."""
    (pieces_folder() / key).unlink(missing_ok=True)


def create(shelf: Shelf, key: str) -> BinaryIO:
    """Open a new incoming file for writing, readable by this service alone."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    return os.fdopen(os.open(incoming(shelf, key), flags, 0o600), "wb")


def take_over(shelf: Shelf, key: str, file: IO[bytes], path: Path) -> None:
    """Give a file that a request brought an incoming name, synced; its bytes are not copied."""
    sync(file)
    os.link(path, incoming(shelf, key))


def sync(file: IO[bytes]) -> None:
    """See that what was written survives a power cut."""
    file.flush()
    os.fsync(file.fileno())


def link_into_place(shelf: Shelf, key: str) -> None:
    """Give an incoming file its place and keep the incoming name beside it.

    The incoming name is the trace by which the sweep finds a file whose row never came.
    """
    target = prepared(shelf, key)
    os.link(incoming(shelf, key), target)
    sync_folder(target.parent)


def move_into_place(shelf: Shelf, written: str, key: str) -> None:
    """Give what was written under one incoming name the place of a key, over an earlier one.

    Two writers of one artefact (a task delivered twice) each write under a name of their own,
    so that the last one whole wins and no half is ever in the place.
    """
    target = prepared(shelf, key)
    incoming(shelf, written).replace(target)
    sync_folder(target.parent)


def prepared(shelf: Shelf, key: str) -> Path:
    """The place of a key, its folders made."""
    target = place(shelf, key)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    sync_folder(target.parent.parent)
    return target


def sync_folder(path: Path) -> None:
    """Write a folder's list of names to disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def forget_incoming(shelf: Shelf, key: str) -> None:
    """Remove the incoming name; the file's place, if it has one, stays."""
    incoming(shelf, key).unlink(missing_ok=True)


def discard(shelf: Shelf, key: str) -> None:
    """Remove every trace of a file whose row did not come to be."""
    place(shelf, key).unlink(missing_ok=True)
    forget_incoming(shelf, key)


def left_behind(folder: Path, *, before: float) -> list[str]:
    """The names of files in a folder last written before an instant (seconds since 1970)."""
    with os.scandir(folder) as entries:
        return sorted(entry.name for entry in entries if entry.stat().st_mtime < before)
