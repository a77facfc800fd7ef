"""Puts right the structure of a rendered PDF, so that a screen reader reads it as it was written.

The renderer leaves four things undone, which this does by the trace of each structure element:
what runs over a page break is knit into one element; the table head repeated on each page is read
once; header cells say what they head; and what is in no structure (running heads, page numbers) is
marked as an artifact.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pydyf
from pikepdf import Array, Dictionary, Name, Object

# Structure types for HTML elements that the renderer only calls NonStruct.
TYPES = {
    **dict.fromkeys(("figure", "nav"), "/Sect"),
    **dict.fromkeys(("address", "aside", "footer", "header", "pre"), "/Div"),
    **dict.fromkeys(
        ("abbr", "b", "bdi", "cite", "code", "dfn", "em", "i", "small", "strong", "sub", "sup"),
        "/Span",
    ),
    "time": "/Span",
}
MARKED = re.compile(rb"/(?:Span|Figure)\s+<<\s*/MCID (\d+)\s*>>\s*BDC")
ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"


def trace_of(element: Any, tag: str) -> pydyf.String:
    """What the renderer notes beside a structure element: number, tag and scope of its HTML."""
    scope = element.attrib.get("scope", "")
    return pydyf.String(f"{element.attrib.get('data-trace', '')}|{tag}|{scope}")


def put_right(rendered: bytes) -> bytes:
    """The same pages with their structure put right; the same bytes each time."""
    with pikepdf.open(io.BytesIO(rendered)) as pdf:
        document = pdf.Root.StructTreeRoot.K[0]
        knit(document)
        for element in elements_below(document):
            name(element)
        mark_artifacts(pdf)
        kept = io.BytesIO()
        pdf.save(kept, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return kept.getvalue()


def kids(element: Object) -> list[Any]:
    """What a structure element holds, always as a list."""
    held: Any = element.get("/K", Array())
    return list(held) if isinstance(held, Array) else [held]


def kind_of(element: Object) -> str:
    """The structure type of an element, with its slash."""
    return str(element.S)


def is_element(kid: Any) -> bool:
    """Whether a kid is a structure element, and not marked content or an annotation."""
    return isinstance(kid, Dictionary) and kid.get("/Type") == Name.StructElem


def elements_below(element: Object) -> Iterator[Object]:
    """Every structure element below one, in reading order."""
    for kid in kids(element):
        if is_element(kid):
            yield kid
            yield from elements_below(kid)


def knit(element: Object) -> None:
    """Join the parts of what the renderer cut at page breaks, here and below."""
    joined: list[Any] = []
    for kid in kids(element):
        if joined and continues(kid, joined[-1]):
            absorb(joined[-1], kid)
        else:
            joined.append(kid)
    element.K = Array(joined)
    for kid in joined:
        if is_element(kid):
            knit(kid)


def continues(later: Any, earlier: Any) -> bool:
    """Whether one element is the rest, on a later page, of the same HTML element."""
    if not (is_element(later) and is_element(earlier)):
        return False
    same = later.get("/T") is not None and later.get("/T") == earlier.get("/T")
    whole = any(isinstance(kid, int) for kid in kids(later) + kids(earlier))
    return same and later.S == earlier.S and later.get("/Pg") != earlier.get("/Pg") and not whole


def absorb(earlier: Object, later: Object) -> None:
    """Give the rest of an element to its beginning."""
    if kind_of(earlier) == "/Table":
        drop_repeated_head(earlier, later)
    own = kids(earlier)
    by_trace = {str(kid.T): kid for kid in own if is_element(kid) and "/T" in kid}
    for kid in kids(later):
        # A row cut by a page break has a part of each cell on either page.
        cell = by_trace.get(str(kid.get("/T"))) if kind_of(earlier) == "/TR" else None
        if cell is not None:
            absorb(cell, kid)
            continue
        if is_element(kid):
            kid.P = earlier
        own.append(kid)
    earlier.K = Array(own)


def drop_repeated_head(earlier: Object, later: Object) -> None:
    """Leave out a head that is repeated for the eye, and point the cells below at the first."""
    heads = [kid for one in (earlier, later) for kid in kids(one) if is_head(kid)]
    if len(heads) < 2:
        return
    later.K = Array([kid for kid in kids(later) if not is_head(kid)])
    first, second = ([str(cell.ID) for cell in header_cells(head)] for head in heads)
    renamed = dict(zip(second, first, strict=False))
    for cell in elements_below(later):
        if kind_of(cell) == "/TD" and "/Headers" in cell.get("/A", Dictionary()):
            names = [str(header) for header in cell.A.Headers]
            cell.A.Headers = Array([pikepdf.String(renamed.get(one, one)) for one in names])


def is_head(kid: Any) -> bool:
    """Whether a kid is a table's head."""
    return is_element(kid) and kind_of(kid) == "/THead"


def header_cells(element: Object) -> list[Object]:
    """The header cells below an element that other cells point at."""
    return [cell for cell in elements_below(element) if kind_of(cell) == "/TH" and "/ID" in cell]


def name(element: Object) -> None:
    """Give an element its structure type and scope, and take the trace away."""
    _number, tag, scope = (str(element.get("/T", "")) + "||").split("|")[:3]
    if "/T" in element:
        del element["/T"]
    unnamed = kind_of(element) == "/NonStruct"
    if unnamed and "::" in tag:
        element.S = Name.Lbl
    elif unnamed and tag in TYPES and kind_of(element.P) != "/NonStruct":
        element.S = Name(TYPES[tag])
    if kind_of(element) == "/TH":
        element.A.Scope = Name.Row if scope == "row" else Name.Column


def structured(pdf: pikepdf.Pdf) -> dict[int, set[int]]:
    """The marked contents that the structure holds, by the number of their page."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    found: dict[int, set[int]] = {number: set() for number in numbers.values()}
    for element in elements_below(pdf.Root.StructTreeRoot.K[0]):
        for kid in kids(element):
            if isinstance(kid, int):
                found[numbers[element.Pg.objgen]].add(int(kid))
    return found


def with_artifacts(content: bytes, held: set[int]) -> bytes:
    """A page's content with all marked content that the structure does not hold as artifacts."""
    return MARKED.sub(lambda mark: mark[0] if int(mark[1]) in held else ARTIFACT, content)


def mark_artifacts(pdf: pikepdf.Pdf) -> None:
    """Mark as artifacts what no structure element holds: running heads and repeated heads."""
    held = structured(pdf)
    for number, page in enumerate(pdf.pages):
        page.Contents.write(with_artifacts(page.Contents.read_bytes(), held[number]))
    entries = pdf.Root.StructTreeRoot.ParentTree.Nums
    for place in range(0, len(entries), 2):
        if isinstance(entries[place + 1], Array):
            row, on_page = entries[place + 1], held[int(entries[place])]
            kept = [owner if mcid in on_page else None for mcid, owner in enumerate(row)]
            entries[place + 1] = Array(kept)
