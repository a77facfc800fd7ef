"""What every verb of an investigation asks first: may they, and is the case still under way."""

from typing import Protocol, TypeVar, cast

from django.db.models import Max, Model

from accounts.models import Membership
from accounts.roles import Action
from complaints.models import Complaint
from complaints.states import CaseStatus
from drafting.versions import Versioned, advance
from investigations.models import Investigation
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may

# Once a report is sealed, what it was built from stays as it was.
UNDER_WAY = frozenset({CaseStatus.INVESTIGATING, CaseStatus.REPORTING})
# The bodies are told how it goes until the report is sent to them.
UNTIL_SENT = UNDER_WAY | {CaseStatus.SEALED}

V = TypeVar("V", bound=Versioned)


class PartOfInvestigation(Protocol):
    """A row that belongs to an investigation."""

    investigation: Investigation


def check(
    thing: Investigation | PartOfInvestigation,
    action: Action,
    *,
    by: Membership,
    while_: frozenset[CaseStatus] = UNDER_WAY,
    or_corrected: bool = False,
) -> None:
    """Refuse whoever may not do this to this row, and whatever comes too early or too late.

    Args: `or_corrected` lets it pass while a correction of the public report is written.
    Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_may(by, action, thing)
    investigation = thing if isinstance(thing, Investigation) else thing.investigation
    check_under_way(investigation.complaint_id, while_=while_, or_corrected=or_corrected)


def check_under_way(
    complaint_id: int,
    *,
    while_: frozenset[CaseStatus] = UNDER_WAY,
    or_corrected: bool = False,
) -> None:
    """Refuse a change to the work on a case that is not being investigated or reported on."""
    status = CaseStatus(Complaint.objects.values_list("status", flat=True).get(pk=complaint_id))
    if status in while_ or (or_corrected and edition_corrected(complaint_id)):
        return
    raise ActRefusedError(
        f"This super-complaint is {status.label.lower()}, so the work on it can’t be changed. "
        "Send the report back first, open its seal or, once it is public, begin a correction."
    )


def edition_corrected(complaint_id: int) -> int | None:
    """The edition that corrects a case’s public report, while it is being written."""
    investigations = Investigation.objects.filter(complaint=complaint_id)
    corrected: int | None = investigations.values_list("correcting", flat=True).first()
    return corrected


def let_correct(complaint: Complaint, *, edition: int | None) -> None:
    """Let the words of a case be corrected for an edition of its report, or, with None, no more.

    Publication says so when a correction is begun, sealed, or its seal opened.
    """
    Investigation.objects.filter(complaint=complaint).update(correcting=edition)


def opened_at(row: V, version: int) -> V:
    """The row as it stands now, its version raised from the one that the writer opened.

    Raises: VersionConflictError when somebody else saved it since.
    """
    fresh: V = cast(type[Model], type(row))._default_manager.get(pk=row.pk)  # type: ignore[assignment]
    return advance(fresh, version=version)


def next_number(investigation: Investigation, rows: str) -> int:
    """The number after the last one given; safe because the case's chain is locked by the act."""
    related = getattr(investigation, rows)
    last: int | None = related.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
