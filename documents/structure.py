"""Reads a PDF back through its structure tree, as a screen reader does.

Used to prove that what was printed says what the page said, paragraph by paragraph, and that
nothing in it is unmarked.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from documents.blocks import plain

# Structure types that sit inside a paragraph or only wrap others.
INLINE = {"/Span", "/Link", "/NonStruct", "/Reference", "/Code", "/Quote", "/Note"}
# What the renderer made up: bullets, numbers of lists and of pages in a contents list.
GENERATED = {"/Lbl"}
NOT_TEXT = {"/Figure"}
SHOWS = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "EI"}
PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")


@dataclass
class Paragraph:
    """One block of text: its structure type, and its text in the lines it was set in."""

    kind: str
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text in one line."""
        return plain(" ".join(self.lines))

    def says(self, expected: str) -> bool:
        """Whether this is the expected text, but for a space that a line's end has taken."""
        at, expected = 0, plain(expected)
        for line in self.lines:
            line = plain(line)
            if expected[at : at + 1] == " ":
                at += 1
            if not expected.startswith(line, at):
                return False
            at += len(line)
        return at == len(expected)


def paragraphs(pdf: bytes) -> list[str]:
    """The text of every block in reading order, without what the renderer made up."""
    return [paragraph.text for paragraph in read(pdf)]


def differences(pdf: bytes, expected: list[str]) -> list[str]:
    """Where the PDF's text is not the expected one (of `documents.blocks`), in words."""
    found = read(pdf)
    wrong = [
        f"{number}: {paragraph.text!r} is not {text!r}"
        for number, (paragraph, text) in enumerate(zip(found, expected, strict=False), start=1)
        if not paragraph.says(text)
    ]
    if len(found) != len(expected):
        wrong.append(f"{len(found)} blocks in the PDF, {len(expected)} expected")
    return wrong


def read(pdf: bytes) -> list[Paragraph]:
    """Every block with text, in reading order."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        reader = Reader(opened)
        reader.walk(opened.Root.StructTreeRoot.K)
        return [paragraph for paragraph in reader.blocks if paragraph.text]


class Reader:
    """Walks the structure tree and gathers text into blocks."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.texts = {page.obj.objgen: marked_text(page) for page in pdf.pages}
        self.blocks: list[Paragraph] = []
        self.current = Paragraph("")

    def walk(self, element: Any, page: Any = None) -> None:
        """Read one kid: marked content, an element, or a list of them."""
        if isinstance(element, int):
            self.current.lines.append(self.texts[page].get(int(element), ""))
        elif isinstance(element, Array):
            for kid in element:
                self.walk(kid, page)
        elif isinstance(element, Dictionary) and element.get("/Type") == Name.StructElem:
            self.enter(element)

    def enter(self, element: Object) -> None:
        """Read an element; a block begins a paragraph and ends it."""
        kind = str(element.S)
        if kind in GENERATED or kind in NOT_TEXT:
            return
        page = element.Pg.objgen if "/Pg" in element else None
        if kind in INLINE:
            self.walk(element.get("/K", Array()), page)
            return
        self.begin(kind)
        self.walk(element.get("/K", Array()), page)
        self.begin("")

    def begin(self, kind: str) -> None:
        """Begin a new block."""
        self.current = Paragraph(kind)
        self.blocks.append(self.current)


def marked_text(page: pikepdf.Page) -> dict[int, str]:
    """The text of each marked content of a page, by its number."""
    fonts = {name: Decoder(font) for name, font in page.Resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    open_marks: list[int | None] = []
    decoder: Decoder | None = None
    for operands, operator in instructions(page):
        if operator == "Tf":
            decoder = fonts[str(operands[0])]
        elif operator in {"BDC", "BMC"}:
            open_marks.append(mark_number(operands))
        elif operator == "EMC":
            open_marks.pop()
        elif operator in {"Tj", "TJ"} and decoder and open_marks and open_marks[-1] is not None:
            mark = open_marks[-1]
            found[mark] = found.get(mark, "") + decoder.text_of(operands[0])
    return found


def instructions(page: pikepdf.Page) -> Iterator[tuple[list[Any], str]]:
    """The operators of a page's content with their operands."""
    for instruction in pikepdf.parse_content_stream(page):
        yield list(instruction.operands), str(instruction.operator)


def mark_number(operands: list[Any]) -> int | None:
    """The number of a marked content, or None for an artifact."""
    if len(operands) < 2 or "/MCID" not in operands[1]:
        return None
    return int(operands[1].MCID)


class Decoder:
    """Turns the codes that one font shows into text, by its ToUnicode map."""

    def __init__(self, font: Object) -> None:
        self.code_bytes = 2 if font.Subtype == Name.Type0 else 1
        content = font.ToUnicode.read_bytes() if "/ToUnicode" in font else b""
        body = content[content.find(b"beginbfchar") :]
        self.letters = {
            int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
            for code, text in PAIR.findall(body)
        }

    def text_of(self, shown: Any) -> str:
        """The text of one Tj string or TJ array."""
        parts = shown if isinstance(shown, Array) else [shown]
        codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
        step = self.code_bytes
        numbers = (codes[at : at + step] for at in range(0, len(codes), step))
        return "".join(self.letters.get(int.from_bytes(code, "big"), "\ufffd") for code in numbers)


def unmarked_content(pdf: bytes) -> list[str]:
    """What is shown but neither in the structure tree nor an artifact, as page and operator."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        held = held_marks(opened)
        return [
            f"page {number}: {what}"
            for number, page in enumerate(opened.pages, start=1)
            for what in unmarked_on(page, held.get(page.obj.objgen, set()))
        ]


def unmarked_on(page: pikepdf.Page, held: set[int]) -> Iterator[str]:
    """What one page shows outside structure and artifacts."""
    open_marks: list[bool] = []
    for operands, operator in instructions(page):
        if operator in {"BDC", "BMC"}:
            number = mark_number(operands)
            known = str(operands[0]) == "/Artifact" if number is None else number in held
            open_marks.append(known)
            if not known:
                yield f"marked content {operands[0]} {number} is in no structure element"
        elif operator == "EMC":
            open_marks.pop()
        elif operator in SHOWS and not open_marks:
            yield f"{operator} outside any marked content"


def held_marks(pdf: pikepdf.Pdf) -> dict[Any, set[int]]:
    """The marked contents that the structure tree holds, by page."""
    held: dict[Any, set[int]] = {}

    def walk(element: Any, page: Any) -> None:
        if isinstance(element, int):
            held.setdefault(page, set()).add(int(element))
        elif isinstance(element, Array):
            for kid in element:
                walk(kid, page)
        elif isinstance(element, Dictionary) and "/K" in element:
            walk(element.K, element.Pg.objgen if "/Pg" in element else page)

    walk(pdf.Root.StructTreeRoot.K, None)
    return held
