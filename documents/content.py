"""What a file is, by its content: the list of kinds we take in, and what we refuse of them."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

import magic

from documents.errors import UploadRefusedError
from documents.naming import ending_of
from documents.office import office_content_type, refuse_macros_in_old_office


@dataclass(frozen=True)
class Kind:
    """One kind of file that we take in: its type, its endings and its name in words."""

    content_type: str
    endings: tuple[str, ...]
    words: str


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."

LOCKABLE = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp")

KINDS = (
    Kind("application/pdf", (".pdf",), "PDF"),
    Kind(_OOXML + "wordprocessingml.document", (".docx",), "Word document"),
    Kind(_OOXML + "spreadsheetml.sheet", (".xlsx",), "Excel workbook"),
    Kind(_OOXML + "presentationml.presentation", (".pptx",), "PowerPoint file"),
    Kind(_ODF + "text", (".odt",), "OpenDocument text"),
    Kind(_ODF + "spreadsheet", (".ods",), "OpenDocument spreadsheet"),
    Kind(_ODF + "presentation", (".odp",), "OpenDocument presentation"),
    Kind("application/msword", (".doc",), "Word document (97–2003)"),
    Kind("application/vnd.ms-excel", (".xls",), "Excel workbook (97–2003)"),
    Kind("application/vnd.ms-powerpoint", (".ppt",), "PowerPoint file (97–2003)"),
    Kind("application/vnd.ms-outlook", (".msg",), "Outlook message"),
    # Taken in, since it may be all the evidence there is; nobody can check it, so it stays closed.
    Kind("application/encrypted", LOCKABLE, "password-protected Office file"),
    Kind("application/rtf", (".rtf",), "rich text"),
    Kind("message/rfc822", (".eml",), "e-mail"),
    Kind("text/csv", (".csv",), "CSV file"),
    Kind("text/plain", (".txt", ".md", ".eml", ".log"), "text"),
    Kind("image/jpeg", (".jpg", ".jpeg"), "JPEG image"),
    Kind("image/png", (".png",), "PNG image"),
    Kind("image/gif", (".gif",), "GIF image"),
    Kind("image/tiff", (".tif", ".tiff"), "TIFF image"),
    Kind("image/webp", (".webp",), "WebP image"),
    Kind("image/heic", (".heic",), "HEIC image"),
    Kind("audio/mpeg", (".mp3",), "MP3 recording"),
    Kind("audio/x-wav", (".wav",), "WAV recording"),
    Kind("audio/x-m4a", (".m4a",), "M4A recording"),
    Kind("audio/ogg", (".ogg", ".oga"), "Ogg recording"),
    Kind("video/mp4", (".mp4", ".m4v"), "MP4 video"),
    Kind("video/quicktime", (".mov",), "QuickTime video"),
    Kind("video/webm", (".webm",), "WebM video"),
    Kind("video/x-msvideo", (".avi",), "AVI video"),
)
BY_TYPE = {kind.content_type: kind for kind in KINDS}

# What libmagic calls some of the kinds above.
ALIASES = {
    "text/rtf": "application/rtf",
    "application/csv": "text/csv",
    "audio/wav": "audio/x-wav",
    "audio/mp4": "audio/x-m4a",
    "image/heif": "image/heic",
}
OLD_OFFICE = {
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".msg": "application/vnd.ms-outlook",
}
OLE_TYPES = {"application/CDFV2", "application/x-ole-storage", *OLD_OFFICE.values()}

# What we refuse with a sentence of its own, by what libmagic calls it.
REFUSED = {
    "image/svg+xml": "“{name}” is an SVG drawing, which can carry programs. Save it as PNG or PDF.",
    "text/html": "“{name}” is a web page, which can carry programs. Save it as PDF.",
    "application/zip": "“{name}” is a ZIP archive. Upload the files in it one by one, so that "
    "each is checked and listed with its own hash.",
}
NOT_TAKEN = (
    "“{name}” is not a kind of file that we take in. Save it as PDF, an Office document without "
    "macros, an image, text, a recording or a video."
)
FALSE_ENDING = (
    "“{name}” has the content of a kind of file that ends in {endings} ({words}). Give it that "
    "ending, or save it again in the format that its name says."
)
TWO_IN_ONE = (
    "“{name}” is two kinds of file at once ({words} with an archive hidden in it). "
    "Save it again from the program that made it."
)
SAMPLE_BYTES = 1024 * 1024


def judge(path: Path, name: str) -> Kind:
    """The kind of a file, by its content and never by what the sender says.

    Raises: UploadRefusedError for a kind not taken in, a false ending, macros, or two in one.
    """
    kind = found_kind(path, name)
    if ending_of(name) not in kind.endings:
        endings = " or ".join(kind.endings)
        raise UploadRefusedError(FALSE_ENDING.format(name=name, endings=endings, words=kind.words))
    if hides_an_archive(path):
        raise UploadRefusedError(TWO_IN_ONE.format(name=name, words=kind.words))
    return kind


def found_kind(path: Path, name: str) -> Kind:
    """The kind as libmagic sees it, and for archives and old Office as we look further.

    Raises: UploadRefusedError when it is not one that we take in.
    """
    with path.open("rb") as file:
        seen = magic.from_buffer(file.read(SAMPLE_BYTES), mime=True)
    if is_archive(path):
        seen = office_content_type(path, name) or "application/zip"
    elif seen in OLE_TYPES:
        refuse_macros_in_old_office(path, name)
        seen = OLD_OFFICE.get(ending_of(name), seen)
    elif seen == "application/CDFV2-encrypted":
        seen = "application/encrypted"
    elif seen.startswith("text/") and seen not in REFUSED and seen not in ALIASES:
        # libmagic guesses a language for plain text; only the reader knows what it is.
        seen = "text/csv" if ending_of(name) == ".csv" else "text/plain"
    kind = BY_TYPE.get(ALIASES.get(seen, seen))
    if kind is None:
        raise UploadRefusedError(REFUSED.get(seen, NOT_TAKEN).format(name=name))
    return kind


def is_archive(path: Path) -> bool:
    """Whether a file begins as a ZIP does."""
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def hides_an_archive(path: Path) -> bool:
    """Whether a file that is not a ZIP ends in one that opens."""
    if is_archive(path) or not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return bool(archive.infolist())
    except zipfile.BadZipFile:
        return False
