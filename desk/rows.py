"""The case list as a page shows it: one query for the cases, one for their next clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clock.london import weekday_date
from complaints.models import Complaint
from complaints.states import Precision
from deadlines.models import Deadline
from desk.cases import CaseFilter
from desk.standing import tags_of


@dataclass(frozen=True)
class CaseRow:
    """One case in the list."""

    case: Complaint
    tag: str
    received: str
    next_due: str


@dataclass(frozen=True)
class Column:
    """One column: its title, what a click on it sorts by, and how it is sorted now."""

    title: str
    sort: str = ""
    direction: str = ""


def rows(cases: Sequence[Complaint]) -> list[CaseRow]:
    """The cases of one page with their tag, receipt and next clock."""
    due: dict[str, Any] = {}
    clocks = Deadline.objects.unmet().filter(case_key__in=[case.key for case in cases])
    for clock in clocks.exclude(due_on=None).order_by("-due_on"):
        due[clock.case_key] = clock.due_on
    tags = tags_of(cases)
    return [
        CaseRow(
            case=case,
            tag=tags[case.key],
            received=received(case),
            next_due=weekday_date(due[case.key]) if case.key in due else "",
        )
        for case in cases
    ]


def received(case: Complaint) -> str:
    """The day of receipt as exactly as it is known."""
    if case.received_on is None or case.received_precision == Precision.UNKNOWN:
        return "Not known"
    if case.received_precision == Precision.MONTH:
        return f"{case.received_on:%B %Y}"
    return f"{case.received_on.day} {case.received_on:%B %Y}"


def columns(asked: CaseFilter) -> list[Column]:
    """The columns, with the sort that each link asks for."""
    return [
        _sorted("Reference", "reference", asked.sort, first="ascending"),
        Column("Title"),
        Column("Body"),
        _sorted("Received", "received", asked.sort, first="descending"),
        Column("Next clock"),
        Column("Status"),
    ]


def _sorted(title: str, key: str, now: str, *, first: str) -> Column:
    """A column that sorts one way at the first click and the other way at the next."""
    other = "ascending" if first == "descending" else "descending"
    if now == key:
        return Column(title, f"-{key}", first)
    return Column(title, key, other if now == f"-{key}" else "")
