"""What is printed: frozen dataclasses that rooms fill, and their form as stored JSON.

A template sees plain facts only: text, numbers, dates, instants, tuples and further dataclasses.
No row of the database reaches a template, so that a document asked for today and made tomorrow
says what was so today. Properties and methods do not survive freezing: write the fact out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Protocol

DATE, INSTANT = "§date", "§instant"


class Printed(Protocol):
    """Any frozen dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


@dataclass(frozen=True)
class Anchor:
    """An entry of the record that is given away: its chain, its number there and its hash."""

    chain: str
    number: int
    sha256: str


@dataclass(frozen=True)
class AttachedFile:
    """One file as a receipt or letter lists it."""

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class GivenLink:
    """One link as a receipt lists it; what is there was not received."""

    title: str
    address: str


@dataclass(frozen=True)
class CountedDay:
    """One line of a deadline's working: a day, its number in the period, or why it is left out."""

    day: date
    number: int | None
    reason: str = ""


@dataclass(frozen=True)
class Deadline:
    """A date something is due by, and how it was worked out. `due_on` is inclusive."""

    name: str
    law: str
    due_on: date | None
    working: tuple[CountedDay, ...] = ()
    not_computable: str = ""


@dataclass(frozen=True)
class Receipt:
    """What a body is given when its super-complaint is received."""

    reference: str
    title: str
    body_name: str
    submitted_by_office: str
    received_at: datetime
    received_by: str
    acknowledge_by: Deadline
    files: tuple[AttachedFile, ...]
    anchor: Anchor
    made_at: datetime
    notes: tuple[str, ...] = ()
    joint_bodies: tuple[str, ...] = ()
    links: tuple[GivenLink, ...] = ()
    marks: tuple[str, ...] = ()
    # The day of a letter that was entered later; empty where it was received as it was entered.
    came_on: date | None = None


@dataclass(frozen=True)
class LetterSection:
    """A heading (which may be empty), paragraphs, and a list that closes them."""

    paragraphs: tuple[str, ...]
    heading: str = ""
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Letter:
    """A letter of an authority or of the service: acknowledgement, decision, progress report."""

    reference: str
    subject: str
    sender: str
    sender_lines: tuple[str, ...]
    recipient: str
    recipient_lines: tuple[str, ...]
    dated_on: date
    salutation: str
    sections: tuple[LetterSection, ...]
    signed_by_office: str
    anchor: Anchor | None = None
    deadlines: tuple[Deadline, ...] = ()
    enclosures: tuple[AttachedFile, ...] = ()
    marks: tuple[str, ...] = ()  # What stands above all else, as that it is not public yet.


def frozen(content: Any) -> Any:
    """The content as JSON holds it. Raises: TypeError for anything that is not a plain fact."""
    if content is None or isinstance(content, str | bool | int | float):
        return str(content) if isinstance(content, str) else content
    if isinstance(content, datetime):
        return {INSTANT: content.isoformat()}
    if isinstance(content, date):
        return {DATE: content.isoformat()}
    if is_dataclass(content) and not isinstance(content, type):
        return {row.name: frozen(getattr(content, row.name)) for row in fields(content)}
    if isinstance(content, tuple | list):
        return [frozen(one) for one in content]
    if isinstance(content, Mapping):
        return {str(name): frozen(one) for name, one in content.items()}
    raise TypeError(f"{type(content).__name__} is not a plain fact, and can't be printed.")


def thawed(content: Any) -> Any:
    """What a template sees: the stored JSON with its dates and instants back."""
    if isinstance(content, list):
        return [thawed(one) for one in content]
    if not isinstance(content, dict):
        return content
    if set(content) == {INSTANT}:
        return datetime.fromisoformat(content[INSTANT])
    if set(content) == {DATE}:
        return date.fromisoformat(content[DATE])
    return {name: thawed(one) for name, one in content.items()}
