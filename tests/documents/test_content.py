"""What a file is, by its content: every class of bad file gets a sentence of its own."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from documents.content import judge
from documents.errors import UploadRefusedError
from tests.builders.documents import EICAR, TEXT, a_word_document, a_zip

Judged = Callable[[bytes, str], str]
PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de")


@pytest.fixture
def judged(tmp_path: Path) -> Judged:
    """Judge these bytes under this name; the type found."""

    def ask(content: bytes, name: str) -> str:
        path = tmp_path / "content"
        path.write_bytes(content)
        return judge(path, name).content_type

    return ask


def a_pdf() -> bytes:
    held = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(held)
    return held.getvalue()


def an_old_word_document(more: bytes = b"") -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1024) + more


@pytest.mark.parametrize(
    ("content", "name", "content_type"),
    [
        (TEXT, "facts.txt", "text/plain"),
        ("Tŷ, ŵyl\n".encode(), "ffeithiau.txt", "text/plain"),
        (b"force,count\nKent,1\nNorfolk,2\n", "counts.csv", "text/csv"),
        (b"force,count\nKent,1\nNorfolk,2\n", "counts.txt", "text/plain"),
        (a_pdf(), "Report.PDF", "application/pdf"),
        (PNG, "photo.png", "image/png"),
        (a_word_document(), "letter.docx", "application/vnd.openxmlformats-officedocument."
         "wordprocessingml.document"),
        (a_zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
         "letter.odt", "application/vnd.oasis.opendocument.text"),
        (a_zip({"mimetype": "application/vnd.oasis.opendocument.text",
                "META-INF/manifest.xml": "<manifest:encryption-data/>"}),
         "locked.odt", "application/encrypted"),
        (an_old_word_document(), "old.doc", "application/msword"),
        (EICAR, "eicar.txt", "text/plain"),
    ],
)  # fmt: skip
def test_a_file_is_known_by_its_content(
    judged: Judged, content: bytes, name: str, content_type: str
) -> None:
    assert judged(content, name) == content_type


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "map.svg", "SVG drawing"),
        (b"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", "SVG"),
        (b"<!DOCTYPE html><html><script>1</script></html>", "page.txt", "web page"),
        (b"MZ\x90\x00" + bytes(200), "tool.exe", "not a kind of file that we take in"),
        (a_zip({"a.txt": "a"}), "many.zip", "ZIP archive"),
        (a_zip({"a.txt": "a"}), "letter.docx", "ZIP archive"),
        (PNG, "photo.pdf", "ends in .png"),
        (PNG, "photo", "ends in .png"),
        (TEXT, "report.pdf", "ends in .txt"),
        (a_word_document(**{"word/vbaProject.bin": b"x"}), "letter.docx", "macros"),
        (a_word_document(**{"word/VBAPROJECT.BIN": b"x"}), "letter.docm", "macros"),
        (a_zip({"[Content_Types].xml": "<a ContentType='x.macroEnabled.main+xml'/>",
                "xl/workbook.xml": "<x/>"}), "sheet.xlsx", "macros"),
        (a_zip({"mimetype": "application/vnd.oasis.opendocument.text",
                "Basic/Standard/Module1.xml": "<x/>"}), "a.odt", "macros"),
        (an_old_word_document("_VBA_PROJECT".encode("utf-16-le")), "old.doc", "macros"),
        (a_pdf() + a_zip({"run.js": "1"}), "report.pdf", "two kinds of file at once"),
        (PNG + a_zip({"run.js": "1"}), "photo.png", "two kinds of file at once"),
        (a_word_document()[:-30], "letter.docx", "damaged"),
        (bytes(2000), "zeros.txt", "not a kind of file that we take in"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_its_reason(
    judged: Judged, content: bytes, name: str, says: str
) -> None:
    with pytest.raises(UploadRefusedError, match=says):
        judged(content, name)


def test_a_zip_bomb_in_a_word_document_is_refused_unopened(judged: Judged) -> None:
    bomb = a_word_document(**{"word/media/image1.bmp": bytes(30 * 1024**2)})
    assert len(bomb) < 100_000
    with pytest.raises(UploadRefusedError, match="unpack to far more"):
        judged(bomb, "letter.docx")


def test_a_content_list_that_unpacks_without_end_is_not_read_to_it(judged: Judged) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types>" + " " * 2 * 1024**2)
        archive.writestr("word/document.xml", bytes(range(256)) * 40, zipfile.ZIP_STORED)
    with pytest.raises(UploadRefusedError, match="unpack to far more"):
        judged(held.getvalue(), "letter.docx")


def test_a_false_ending_says_which_ending_is_true(judged: Judged) -> None:
    with pytest.raises(
        UploadRefusedError, match=r"“photo\.pdf” has the content .* in \.png \(PNG image\)"
    ):
        judged(PNG, "photo.pdf")
