"""What a line of open work is: its kind with the query of it, and the thing to do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, QuerySet

from accounts.models import Membership
from accounts.roles import Action
from complaints.models import Complaint


@dataclass(frozen=True)
class Work:
    """One thing to do: the verb, the case, and the page where it is done."""

    verb: str
    reference: str
    title: str
    case_key: str
    page: str
    arguments: tuple[Any, ...]
    fictional: bool
    # The rule of the clock that runs for it, where one does.
    clock: str


@dataclass(frozen=True)
class Subject:
    """What work is about: a case, or what belongs to none and has a title only."""

    title: str
    reference: str = ""
    key: str = ""
    fictional: bool = False


@dataclass(frozen=True)
class Source:
    """One kind of work: its action, its query, and how a row of it reads."""

    verb: str
    action: Action
    page: str
    rows: Callable[[Membership], QuerySet[Any, Any]]
    # The way from a row to its case, and the number of a row that its page is asked by besides.
    case: str = ""
    number: str = ""
    # What a row is about, where its query turns on the clock or it is of no case: asked by itself.
    about: "Callable[[Any], Complaint | Subject] | None" = None
    more_arguments: Callable[[Any], tuple[Any, ...]] = lambda _row: ()
    # The rule of the clock that runs for it.
    clock: str = ""
    # Where the rows of one kind have another page, and the way from a row to its kind.
    page_of: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""


def oldest_first(rows: QuerySet[Complaint, Any]) -> QuerySet[Complaint, Any]:
    """Complaints, the longest waiting first, in an index's order."""
    return rows.order_by(F("received_on").asc(nulls_first=True), "pk")
