"""The text of an HTML page, block by block: what its PDF has to say, no more and no less."""

from typing import Any

import tinyhtml5

INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "br", "cite", "code", "dfn", "em", "i", "img", "small", "span"}
    | {"strong", "sub", "sup", "time", "wbr"}
)
NOT_TEXT = frozenset({"head", "script", "style", "template", "svg"})
# Letters that one glyph stands for, so that a PDF cannot tell them apart.
SAME_GLYPH = str.maketrans({"\u00a0": " ", "\u2010": "-", "\u2011": "-", "\u00ad": ""})


def plain(text: str) -> str:
    """Text with single spaces, and with one letter where one glyph stands for several."""
    return " ".join(text.translate(SAME_GLYPH).split())


def blocks_of(html: str) -> list[str]:
    """The text of every block of a page, in reading order, without empty ones."""
    page = tinyhtml5.parse(html, namespace_html_elements=False)
    blocks = [""]
    gather(page, blocks)
    return [text for text in (plain(block) for block in blocks) if text]


def gather(element: Any, blocks: list[str]) -> None:
    """Gather an element's text; a block element's beginning and end begins a new block."""
    tag = str(element.tag).rpartition("}")[2]
    if isinstance(element.tag, str) and tag not in NOT_TEXT:
        apart = tag not in INLINE
        if apart:
            blocks.append("")
        blocks[-1] += " " if tag == "br" else element.text or ""
        for child in element:
            gather(child, blocks)
        if apart:
            blocks.append("")
    blocks[-1] += element.tail or ""
