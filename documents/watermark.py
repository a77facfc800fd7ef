"""Marks a finished PDF for its reader: a line on every page, which the structure leaves out."""

import io

import pikepdf
from django.template.loader import render_to_string
from pikepdf import Name

from documents.pdf import drawing_of_html

TEMPLATE = "pdf/reader_mark.html"
MARK = "/ReaderMark"
ARTIFACT = b"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC"


def marked_for(content: bytes, *, words: str) -> bytes:
    """The PDF with these words at the foot of every page, in letters that it brings with it."""
    drawn = drawing_of_html(render_to_string(TEMPLATE, {"words": words}))
    with pikepdf.open(io.BytesIO(content)) as pdf, pikepdf.open(io.BytesIO(drawn)) as line:
        mark = pdf.copy_foreign(line.pages[0].as_form_xobject())
        for page in pdf.pages:
            # The page’s own drawing is fenced, so that what it moved or turned does not turn this.
            page.contents_add(b"q", prepend=True)
            name = page.add_resource(mark, Name.XObject, Name(MARK))
            page.contents_add(b"Q\n%s\n%s Do\nEMC" % (ARTIFACT, str(name).encode()))
        pdf.docinfo["/Subject"] = words
        kept = io.BytesIO()
        pdf.save(kept)
        return kept.getvalue()
