"""A case's record as files that are verified anywhere, without this service."""

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from audit import verify
from audit.chain import as_recorded, canonical
from audit.models import AuditEntry, PrivateDetail

RECORD = "record.jsonl"


def recorded_lines(chain: str, *, private: bool = False) -> Iterator[bytes]:
    """Each entry of a chain as one line of JSON, as it was hashed, with its hash.

    With `private`, the personal data beside it too, so that their salted hash can be checked.
    """
    entries = AuditEntry.objects.of_chain(chain).select_related("private")
    for entry in entries.iterator(chunk_size=2000):
        line: dict[str, Any] = {"entry": as_recorded(entry), "sha256": entry.sha256}
        beside: PrivateDetail | None = getattr(entry, "private", None)
        if private and beside is not None:
            line["private"] = {"salt": beside.salt, "content": beside.content}
        yield canonical(line) + b"\n"


def zipped_export(chain: str) -> bytes:
    """A chain and what verifies it in one file, without personal data."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        with files.open(RECORD, "w") as lines:
            for line in recorded_lines(chain):
                lines.write(line)
        files.write(verify.__file__, "verify.py")
    return packed.getvalue()


def write_export(chain: str, folder: Path, *, private: bool = False) -> int:
    """Write a chain and what verifies it into a folder; returns how many entries there are."""
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    with (folder / RECORD).open("wb") as lines:
        for line in recorded_lines(chain, private=private):
            lines.write(line)
            written += 1
    shutil.copyfile(verify.__file__, folder / "verify.py")
    return written
