"""What a reader can’t see and a machine can: hidden characters in a text, extras in a PDF."""

import io
import unicodedata
from collections.abc import Iterator
from typing import Any

import pikepdf

# What the renderer notes of itself and of the document; all else was brought in.
NOTED = frozenset({"/Title", "/Author", "/Producer", "/Creator", "/CreationDate", "/ModDate"})
FORMAT = "Cf"


def hidden_characters(words: str) -> Iterator[str]:
    """Each invisible character of a text, by its name: joiners, marks of direction, and such."""
    for letter in sorted({one for one in words if unicodedata.category(one) == FORMAT}):
        yield unicodedata.name(letter, f"U+{ord(letter):04X}").lower()


def hidden_in_pdf(content: bytes) -> list[str]:
    """What a PDF carries besides its pages and their language: notes, files, scripts."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = [f"the note {key}" for key in pdf.docinfo if key not in NOTED]
        found += [f"the file “{name}”" for name in pdf.attachments]
        names: Any = pdf.Root.get("/Names", {})
        if "/OpenAction" in pdf.Root or "/AA" in pdf.Root or "/JavaScript" in names:
            found.append("a script")
    return found
