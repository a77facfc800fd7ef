"""Marks a finished PDF for its reader: a line on every page, which the structure leaves out."""

import io
import unicodedata

import pikepdf
from pikepdf import Dictionary, Name

FONT = "/ReaderMark"
ARTIFACT = b"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC"
SIZE_POINTS, FROM_EDGE_POINTS = 7, 10


def marked_for(content: bytes, *, words: str) -> bytes:
    """The PDF with these words at the foot of every page.

    A letter that the plain font lacks is written without its accent: the record has the name.
    """
    shown = plain(words)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        font = pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type1,
                BaseFont=Name.Helvetica,
                Encoding=Name.WinAnsiEncoding,
            )
        )
        for page in pdf.pages:
            # The page’s own drawing is fenced, so that what it moved or turned does not turn this.
            page.contents_add(b"q", prepend=True)
            name = page.add_resource(font, Name.Font, Name(FONT))
            page.contents_add(b"Q\n" + line(shown, str(name)))
        pdf.docinfo["/Subject"] = words
        kept = io.BytesIO()
        pdf.save(kept)
        return kept.getvalue()


def plain(words: str) -> bytes:
    """The words in the letters of the plain font, as a PDF string holds them."""
    letters = unicodedata.normalize("NFKD", words.replace("’", "'"))
    kept = letters.encode("cp1252", errors="ignore")
    return kept.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def line(shown: bytes, font: str) -> bytes:
    """One line of text near the foot of a page, as an artifact."""
    place = f"BT {font} {SIZE_POINTS} Tf 0.4 g {FROM_EDGE_POINTS} {FROM_EDGE_POINTS} Td ("
    return ARTIFACT + b"\n" + place.encode() + shown + b") Tj ET\nEMC"
