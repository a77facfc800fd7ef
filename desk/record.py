"""What the record says of one case, or of the house, filtered as an auditor asks."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from audit.models import AuditEntry, PrivateDetail
from desk.timeline import words_of
from drafting.fields import DateField

ROWS_A_PAGE = 50
COLUMNS = ("number", "at", "event", "what", "by", "detail", "sha256")
# A spreadsheet takes a cell that begins so for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class RecordFilter(forms.Form):
    """Which entries of a case's record to show."""

    event = forms.ChoiceField(label="What happened", required=False)
    by = forms.CharField(label="By whom", required=False, max_length=100)
    since = DateField(label="From", required=False)
    until = DateField(label="To", required=False)

    def __init__(self, asked: Any, *, entries: QuerySet[AuditEntry]) -> None:
        super().__init__(asked)
        events = entries.order_by("event").values_list("event", flat=True).distinct()
        choices = [("", "Everything"), *((event, words_of(event)) for event in events)]
        field = self.fields["event"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (says so to mypy)
        field.choices = choices

    def chosen(self, entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        """The entries asked for; what was asked for wrongly narrows nothing."""
        given = self.cleaned_data if self.is_valid() else {}
        lookups = {
            "event": given.get("event"),
            "by_label__icontains": given.get("by"),
            "at__date__gte": given.get("since"),
            "at__date__lte": given.get("until"),
        }
        return entries.filter(**{lookup: value for lookup, value in lookups.items() if value})


@dataclass(frozen=True)
class RecordedLine:
    """One entry as an auditor reads it."""

    number: int
    at: datetime
    event: str
    words: str
    by: str
    person: str
    beside: list[tuple[str, str]]
    detail: list[tuple[str, str]]
    sha256: str


def lines(entries: Iterable[AuditEntry]) -> list[RecordedLine]:
    """The entries of a page, with the names that stand beside them."""
    return [
        RecordedLine(
            number=entry.number,
            at=entry.at,
            event=entry.event,
            words=words_of(entry.event),
            by=entry.by_label,
            person=_person(entry),
            beside=_beside(entry),
            detail=list(_detail(entry)),
            sha256=entry.sha256,
        )
        for entry in entries
    ]


def as_csv(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """The entries as lines of CSV, without the personal data beside them."""
    writer = csv.writer(_Line())
    yield writer.writerow(COLUMNS)
    for entry in entries:
        detail = "; ".join(f"{name}: {value}" for name, value in _detail(entry))
        cells = [entry.event, words_of(entry.event), entry.by_label, detail]
        plain = [f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell for cell in cells]
        yield writer.writerow([entry.number, entry.at.isoformat(), *plain, entry.sha256])


class _Line:
    """Hands each line back to whoever writes it, so that nothing is gathered."""

    def write(self, line: str) -> str:
        """The line."""
        return line


def _person(entry: AuditEntry) -> str:
    """The name of whoever acted, unless it was erased."""
    private: PrivateDetail | None = getattr(entry, "private", None)
    if private is None:
        return "(erased)" if entry.private_sha256 else ""
    return str(private.content.get("name", ""))


def _beside(entry: AuditEntry) -> list[tuple[str, str]]:
    """What else is kept beside an entry and may be erased, such as whom it is about and why."""
    private: PrivateDetail | None = getattr(entry, "private", None)
    kept = private.content if private else {}
    return [(_named(name), _in_words(value)) for name, value in kept.items() if name != "name"]


def _detail(entry: AuditEntry) -> Iterator[tuple[str, str]]:
    """The facts of an entry, each by its name in words."""
    for name, value in sorted(entry.detail.items()):
        yield _named(name), _in_words(value)


def _named(name: str) -> str:
    """The name of a fact, in words."""
    return name.replace("_", " ")


def _in_words(value: Any) -> str:
    """A fact as text."""
    if value is None:
        return "none on record"
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return value.isoformat() if isinstance(value, date) else str(value)
