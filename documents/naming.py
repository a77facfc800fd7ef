"""File names: what we keep of the one a file came with."""

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST_NAME = 150
UNNAMED = "unnamed"


def clean_name(given: str) -> str:
    """The last part of a given name, without what could mislead a reader or a file system.

    Folders, control characters (NUL, line breaks), marks that turn the reading direction, and
    leading dots go; an over-long name is cut before its ending. Welsh and any other letters stay.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    # Category C is control, format (bidi marks among them), surrogate, private and unassigned.
    visible = "".join(" " if letter in "\t\r\n" else letter for letter in last)
    visible = "".join(letter for letter in visible if unicodedata.category(letter)[0] != "C")
    name = " ".join(visible.split()).lstrip(". ")
    ending = ending_of(name)
    if len(name) > LONGEST_NAME:
        name = name[: LONGEST_NAME - len(ending)].rstrip(". ") + ending
    return name or UNNAMED


def ending_of(name: str) -> str:
    """The ending with its dot, in lower case, or an empty string; never longer than ten."""
    ending = PurePosixPath(name).suffix.lower()
    return ending if len(ending) <= 10 else ""
