"""Office files looked into without unpacking them: their kind, their macros, their true size."""

import mmap
import zipfile
from pathlib import Path

from documents.errors import UploadRefusedError

_OOXML = "application/vnd.openxmlformats-officedocument."
OOXML_MAIN = {
    "word/document.xml": _OOXML + "wordprocessingml.document",
    "xl/workbook.xml": _OOXML + "spreadsheetml.sheet",
    "xl/workbook.bin": "",  # A binary workbook (.xlsb): not taken in.
    "ppt/presentation.xml": _OOXML + "presentationml.presentation",
}
CONTENT_TYPES = "[Content_Types].xml"
SMALL_PART_BYTES = 1024 * 1024

# An Office file of ordinary use unpacks to a few times its size; text to perhaps fifty times.
MOST_UNPACKED_BYTES = 4 * 1024**3
MOST_TIMES_ITS_SIZE = 250
MOST_PARTS = 20_000

MACROS = "“{name}” contains macros (small programs). Save it without macros, and upload that."
BOMB = (
    "“{name}” would unpack to far more than its size, as an attack does. "
    "Save it again from the program that made it, or as PDF."
)
BROKEN = "“{name}” is damaged and can’t be read. Save it again, and upload that."


def office_content_type(path: Path, name: str) -> str:
    """The type of a zipped Office or OpenDocument file, or "" for any other archive.

    Only the archive's directory and two small parts are read: nothing is unpacked.
    Raises: UploadRefusedError for macros, for a bomb, and for a damaged archive.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {part.filename: part for part in archive.infolist()}
            refuse_bomb(parts, path.stat().st_size, name)
            if CONTENT_TYPES in parts:
                return ooxml_type(archive, parts, name)
            if "mimetype" in parts:
                return opendocument_type(archive, parts, name)
            return ""
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError) as error:
        raise UploadRefusedError(BROKEN.format(name=name)) from error


def refuse_bomb(parts: dict[str, zipfile.ZipInfo], size_bytes: int, name: str) -> None:
    """Refuse an archive whose own directory promises absurd sizes.

    A directory that lies about them is the scanner's to find: it unpacks within limits.
    """
    unpacked_bytes = sum(part.file_size for part in parts.values())
    most = min(MOST_UNPACKED_BYTES, size_bytes * MOST_TIMES_ITS_SIZE)
    if unpacked_bytes > most or len(parts) > MOST_PARTS:
        raise UploadRefusedError(BOMB.format(name=name))


def ooxml_type(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], name: str) -> str:
    """The type by the main part. Raises: UploadRefusedError for macros in any guise."""
    declared = small_part(archive, parts[CONTENT_TYPES], name).lower()
    has_project = any(part.lower().endswith("vbaproject.bin") for part in parts)
    if has_project or b"macroenabled" in declared or b"vbaproject" in declared:
        raise UploadRefusedError(MACROS.format(name=name))
    return next((kind for part, kind in OOXML_MAIN.items() if part in parts), "")


def opendocument_type(
    archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], name: str
) -> str:
    """The type that an OpenDocument file states. Raises: UploadRefusedError for macros."""
    if any(part.startswith(("Basic/", "Scripts/")) for part in parts):
        raise UploadRefusedError(MACROS.format(name=name))
    if "META-INF/manifest.xml" in parts:
        manifest = small_part(archive, parts["META-INF/manifest.xml"], name)
        if b"encryption-data" in manifest:
            return "application/encrypted"
    stated = small_part(archive, parts["mimetype"], name)
    return stated.decode("ascii", "replace").strip()


def small_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> bytes:
    """A part that is small in every honest file, read no further than that."""
    with archive.open(part) as opened:
        content = opened.read(SMALL_PART_BYTES + 1)
    if len(content) > SMALL_PART_BYTES:
        raise UploadRefusedError(BOMB.format(name=name))
    return content


def refuse_macros_in_old_office(path: Path, name: str) -> None:
    """Refuse a 97–2003 file that holds a project of macros, by the names of its streams."""
    streams = ["_VBA_PROJECT", "Macros", "_VBA_PROJECT_CUR"]
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if any(content.find(stream.encode("utf-16-le")) >= 0 for stream in streams):
            raise UploadRefusedError(MACROS.format(name=name))
