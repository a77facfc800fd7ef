"""PDFs say what their page says, are read in order, and fetch nothing."""

import io
import threading
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from documents import tagging
from documents.blocks import blocks_of
from documents.pdf import LAST_STAGE, Picture, Progress, pdf_of_html, render_pdf
from documents.structure import differences, marked_text, paragraphs, read, unmarked_content
from tests.documents.samples import a_letter, a_receipt, a_report_page, pages, pdf_of
from tests.documents.verapdf import broken_rules

SAMPLES = ("receipt", "letter", "report")
every_sample = pytest.mark.parametrize("sample", SAMPLES)


@lru_cache(maxsize=8)
def opened(sample: str) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf_of(sample)))


def elements(sample: str, kind: str = "") -> list[Any]:
    below = tagging.elements_below(opened(sample).Root.StructTreeRoot)
    return [one for one in below if not kind or str(one.S) == kind]


def said(element: Any) -> str:
    (page,) = (page for page in opened("report").pages if page.obj == element.Pg)
    return "".join(marked_text(page)[int(mark)] for mark in element.K)


def page_of(body: str) -> str:
    return f'<!doctype html><html lang="en-GB"><title>A page</title><body>{body}</body></html>'


@every_sample
def test_a_printed_document_passes_verapdf(sample: str) -> None:
    assert broken_rules(pdf_of(sample)) == []


def test_verapdf_finds_what_is_wrong() -> None:
    with pikepdf.open(io.BytesIO(pdf_of("letter"))) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.Root.ViewerPreferences.DisplayDocTitle = False
        held = io.BytesIO()
        pdf.save(held)
    assert any("DisplayDocTitle" in rule for rule in broken_rules(held.getvalue()))


@every_sample
def test_the_text_is_the_page_s_paragraph_by_paragraph(sample: str) -> None:
    assert differences(pdf_of(sample), blocks_of(pages()[sample])) == []


def test_a_word_too_many_or_too_few_is_a_difference() -> None:
    expected = blocks_of(pages()["letter"])
    changed = [text.replace("weighed", "found light") for text in expected]
    assert differences(pdf_of("letter"), changed)
    assert differences(pdf_of("letter"), expected[:-1])
    assert differences(pdf_of("letter"), [*expected, "One more."])


@every_sample
def test_all_that_is_shown_is_in_the_structure_or_an_artifact(sample: str) -> None:
    assert unmarked_content(pdf_of(sample)) == []


def test_what_is_unmarked_is_found() -> None:
    with pikepdf.open(io.BytesIO(pdf_of("letter"))) as pdf:
        page = pdf.pages[0]
        page.Contents.write(page.Contents.read_bytes().replace(b"/Artifact", b"/Span", 1))
        pdf.pages[1].Contents.write(pdf.pages[1].Contents.read_bytes() + b"\n0 0 9 9 re f")
        held = io.BytesIO()
        pdf.save(held)
    found = unmarked_content(held.getvalue())
    assert any("in no structure element" in one for one in found)
    assert "page 2: f outside any marked content" in found


@every_sample
def test_running_heads_and_page_numbers_are_artifacts(sample: str) -> None:
    spoken = " ".join(paragraphs(pdf_of(sample)))
    assert "Page 1 of" not in spoken
    assert "Page 2 of" not in spoken
    content = b"".join(page.Contents.read_bytes() for page in opened(sample).pages)
    assert content.count(tagging.ARTIFACT) >= 2 * len(opened(sample).pages)


@every_sample
def test_language_title_and_author_are_stated_and_the_title_is_shown(sample: str) -> None:
    pdf = opened(sample)
    assert str(pdf.Root.Lang) == "en-GB"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.docinfo.Title) in pages()[sample]
    assert str(pdf.docinfo.Author) in pages()[sample]
    assert pdf.open_metadata()["pdfuaid:part"] == "1"


@every_sample
def test_there_is_one_first_heading_and_no_level_is_skipped(sample: str) -> None:
    levels = [int(str(one.S)[2]) for one in elements(sample) if str(one.S)[:2] == "/H"]
    assert levels.count(1) == 1
    assert max(levels) <= 3
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


@every_sample
def test_bookmarks_are_the_headings_in_order(sample: str) -> None:
    with opened(sample).open_outline() as outline:

        def titles(items: Any) -> list[str]:
            return [text for item in items for text in (item.title, *titles(item.children))]

        headings = [one.text for one in read(pdf_of(sample)) if one.kind[:2] == "/H"]
        assert [" ".join(title.split()) for title in titles(outline.root)] == headings


@every_sample
def test_every_header_cell_says_what_it_heads_and_every_cell_finds_its_headers(sample: str) -> None:
    headers = elements(sample, "/TH")
    assert headers
    for cell in headers:
        within_head = tagging.kind_of(cell.P.P) == "/THead"
        assert str(cell.A.Scope) == ("/Column" if within_head else "/Row")
    names = [str(cell.ID) for cell in headers]
    assert len(names) == len(set(names))
    for cell in elements(sample, "/TD"):
        assert {str(name) for name in cell.A.Headers} <= set(names)
        assert len(cell.A.Headers) == 2


def test_a_table_over_several_pages_is_one_table_whose_head_is_read_once() -> None:
    (working, files, links) = elements("receipt", "/Table")
    rows = [one for one in tagging.elements_below(files) if tagging.kind_of(one) == "/TR"]
    assert len(rows) == 41
    assert len({row.Pg.objgen for row in rows}) > 1
    assert [one for one in paragraphs(pdf_of("receipt")) if one == "SHA-256"] == ["SHA-256"]
    assert working is not None
    assert links is not None


def test_a_paragraph_over_a_page_break_is_one_paragraph() -> None:
    (long,) = [one for one in paragraphs(pdf_of("letter")) if one.startswith("Reason 0 ")]
    assert long.endswith("Reason 399 has been weighed.")


@every_sample
def test_no_trace_of_the_making_is_left(sample: str) -> None:
    assert [one for one in elements(sample) if "/T" in one] == []
    assert b"data-trace" not in pdf_of(sample)


def test_every_figure_has_an_alternative_text_and_stays_out_of_the_reading() -> None:
    figures = elements("report", "/Figure")
    assert [str(one.Alt) for one in figures] == ["Two of three forces answered"] * 3
    assert "2 of 3" not in paragraphs(pdf_of("report"))


def test_the_page_numbers_of_the_contents_are_labels_and_not_text() -> None:
    listed = [one for one in paragraphs(pdf_of("report")) if one.startswith("Chapter 2")]
    assert listed == ["Chapter 2", "Chapter 2: what we found"]
    numbers = [one.K[0] for one in elements("report", "/Lbl") if str(one.P.P.S) == "/LI"]
    chapters = [one for one in elements("report", "/H2") if "/K" in one][1:]
    pages_of_chapters = [opened("report").pages.index(pikepdf.Page(one.Pg)) for one in chapters]
    assert [said(one) for one in numbers] == [str(page + 1) for page in pages_of_chapters]


@every_sample
def test_every_link_has_its_words_and_every_annotation_its_link(sample: str) -> None:
    linked = 0
    for link in elements(sample, "/Link"):
        held = tagging.kids(link)
        assert any(isinstance(one, int) or tagging.is_element(one) for one in held)
        linked += sum(1 for one in held if not isinstance(one, int) and "/Obj" in one)
    annotations = sum(len(page.get("/Annots", [])) for page in opened(sample).pages)
    assert linked == annotations


@every_sample
def test_every_font_is_embedded_and_says_what_its_letters_are(sample: str) -> None:
    fonts = [font for page in opened(sample).pages for font in page.Resources.Font.values()]
    assert fonts
    for font in fonts:
        assert "/ToUnicode" in font
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys())


@every_sample
def test_nothing_runs_and_nothing_is_attached(sample: str) -> None:
    root = opened(sample).Root
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(root.keys())
    assert not {"/EmbeddedFiles", "/JavaScript"} & set(root.get("/Names", {}).keys())


@every_sample
def test_pages_are_a4_and_read_in_the_order_of_the_structure(sample: str) -> None:
    for page in opened(sample).pages:
        width, height = page.MediaBox[2], page.MediaBox[3]
        assert (round(width), round(height)) == (595, 842)
        assert str(page.Tabs) == "/S"


def test_the_same_facts_make_the_same_bytes() -> None:
    first = render_pdf("pdf/receipt.html", a_receipt(3), title="Receipt")
    assert render_pdf("pdf/receipt.html", a_receipt(3), title="Receipt") == first


def test_hostile_text_is_text() -> None:
    spoken = " ".join(paragraphs(pdf_of("receipt")))
    assert "<script>alert(1)</script>" in spoken
    assert "{{ printed }}" in spoken
    assert "root:" not in spoken


@pytest.mark.parametrize(
    "body",
    [
        '<img alt="x" src="file:///etc/hostname">',
        '<img alt="x" src="http://127.0.0.1:9/x.png">',
        '<img alt="x" src="data:image/png;base64,iVBORw0KGgo=">',
        '<link rel="stylesheet" href="file:///etc/passwd">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<svg role="img"><title>x</title><image href="file:///etc/passwd"/></svg>',
        "<style>@import url(file:///etc/passwd); p { background: url(file:///etc/passwd) }</style>",
        '<img alt="x" src="handed:unknown">',
    ],
)
def test_nothing_is_fetched(body: str, caplog: pytest.LogCaptureFixture) -> None:
    with pikepdf.open(io.BytesIO(pdf_of_html(page_of(f"<h1>A</h1><p>B</p>{body}")))) as pdf:
        assert "/Names" not in pdf.Root
        assert pdf.pages
    assert "is not fetched" in caplog.text


def test_a_handed_picture_is_shown() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9"/></svg>'
    page = page_of('<h1>A</h1><img alt="A tile" src="handed:tile">')
    made = pdf_of_html(page, pictures={"tile": Picture(svg, "image/svg+xml")})
    with pikepdf.open(io.BytesIO(made)) as pdf:
        found = list(tagging.elements_below(pdf.Root.StructTreeRoot))
    assert [str(one.Alt) for one in found if str(one.S) == "/Figure"] == ["A tile"]


def test_progress_is_the_renderer_s_own_stage_and_page() -> None:
    told: list[Progress] = []
    render_pdf("pdf/letter.html", a_letter(), title="Letter", on_progress=told.append)
    assert told[0].stage == "Reading the text"
    assert told[-1].stage == LAST_STAGE
    laid_out = [one.page_number for one in told if one.stage == "Laying out pages"]
    with pikepdf.open(io.BytesIO(pdf_of("letter"))) as pdf:
        assert max(laid_out) == len(pdf.pages)


def test_two_renderings_at_once_do_not_hear_each_other() -> None:
    told: dict[int, list[int]] = {1: [], 3: []}

    def rendering(chapters: int) -> None:
        pdf_of_html(
            a_report_page(chapters),
            on_progress=lambda one: told[chapters].append(one.page_number),
        )

    threads = [threading.Thread(target=rendering, args=(chapters,)) for chapters in told]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(told[1]) < max(told[3])
