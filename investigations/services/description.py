"""What is said of an evidence item: its provenance and handling, compared and put in words."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Required, TypedDict, cast

from accounts.models import Organisation
from investigations.models import EvidenceItem, Investigation, LineOfEnquiry
from investigations.states import Sensitivity
from workflow.errors import ActRefusedError

# What may be corrected; the file, its number and its place in a case never are.
CORRECTABLE = (
    "title",
    "description",
    "source",
    "supplied_by",
    "method",
    "dated_on",
    "received_on",
    "sensitivity",
    "personal_data",
    "lines",
)


class Described(TypedDict, total=False):
    """What is said of an item when it is registered: its provenance and how to treat it."""

    title: Required[str]
    source: Required[str]
    received_on: Required[date]
    description: str
    supplied_by: Organisation | None
    method: str
    dated_on: date | None
    sensitivity: str
    personal_data: bool


def own_lines(investigation: Investigation, lines: Iterable[LineOfEnquiry]) -> list[LineOfEnquiry]:
    """The lines given, all of this investigation."""
    given = list(lines)
    if any(line.investigation_id != investigation.pk for line in given):
        raise ActRefusedError("A line of enquiry belongs to another investigation.")
    return given


def same_description(evidence_item: EvidenceItem) -> Described:
    """What was said of an item, for the one that takes its place."""
    said = {name: said_of(evidence_item, name) for name in CORRECTABLE if name != "lines"}
    return cast(Described, said)


def said_of(evidence_item: EvidenceItem, name: str) -> Any:
    """What is said of an item under one name; its lines as a list, in order."""
    return list(evidence_item.lines.all()) if name == "lines" else getattr(evidence_item, name)


def changed_of(evidence_item: EvidenceItem, changes: dict[str, Any]) -> dict[str, Any]:
    """The changes that change something, of what may be corrected."""
    asked = {name: changes[name] for name in CORRECTABLE if name in changes}
    if "lines" in asked:
        given = own_lines(evidence_item.investigation, asked["lines"])
        asked["lines"] = sorted(given, key=lambda line: line.number)
    return {name: new for name, new in asked.items() if new != said_of(evidence_item, name)}


def say(evidence_item: EvidenceItem, changed: dict[str, Any]) -> None:
    """Write what is said now."""
    for name, new in changed.items():
        if name == "lines":
            evidence_item.lines.set(new)
        else:
            setattr(evidence_item, name, new)
    evidence_item.save(update_fields=[name for name in changed if name != "lines"])


def in_words(name: str, said: Any) -> str:
    """A field as a page shows it."""
    if said is None:
        return ""
    if isinstance(said, bool):
        return "Yes" if said else "No"
    if name == "sensitivity":
        return Sensitivity(said).label
    if name == "lines":
        return ", ".join(line.mark for line in said)
    return str(said)
