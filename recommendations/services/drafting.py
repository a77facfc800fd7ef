"""Drafting recommendations to others, and the actions that the authorities take themselves."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db.models import Max

from accounts.models import AddresseeGroup, Membership, Organisation
from accounts.roles import Action
from audit.events import record
from complaints.models import Complaint
from investigations.models import Finding
from investigations.services import gate
from recommendations.events import RecommendationEvent as Event
from recommendations.law import COMMENTS_CALENDAR_DAYS, NO_OTHER
from recommendations.models import Addressee, OwnAction, Recommendation
from recommendations.states import Basis, DeadlineKind, RecommendationStatus
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may

Row = TypeVar("Row", Recommendation, OwnAction)


@dataclass(frozen=True)
class Deadline:
    """By when an answer is wanted, and where that comes from; never a bare number of days.

    A period is counted in calendar days that begin with the day of publication.
    """

    kind: DeadlineKind = DeadlineKind.NONE
    basis: Basis | None = None
    on: date | None = None
    calendar_days: int | None = None
    condition: str = ""

    @property
    def is_statutory(self) -> bool:
        """Whether it is the one period that a law sets. Law: Police Act 1996 s.55(5A)."""
        return (self.kind, self.calendar_days) == (DeadlineKind.PERIOD, COMMENTS_CALENDAR_DAYS)

    def fields(self) -> dict[str, Any]:
        """The fields of a recommendation: what its kind needs, and nothing of the other kinds."""
        kind = self.kind
        return {
            "deadline_kind": kind,
            "deadline_basis": "" if kind == DeadlineKind.NONE else self.basis or "",
            "deadline_on": self.on if kind == DeadlineKind.DATE else None,
            "deadline_calendar_days": (self.calendar_days if kind == DeadlineKind.PERIOD else None),
            "deadline_condition": self.condition if kind == DeadlineKind.CONDITION else "",
        }


@dataclass(frozen=True)
class Addressees:
    """To whom a recommendation is made: organisations, and groups of which each member answers."""

    organisations: Iterable[Organisation] = field(default=())
    groups: Iterable[AddresseeGroup] = field(default=())


@act
def draft_recommendation(
    complaint: Complaint,
    *,
    wording: str,
    addressees: Addressees,
    deadline: Deadline,
    by: Membership,
    applies_to: str = "",
    findings: Iterable[Finding] = (),
) -> Recommendation:
    """Draft a recommendation to somebody else; it is issued when the report is published.

    Law: SI 2018/748 reg. 8(1)(d). Records: recommendation:drafted. Raises: PermissionDenied,
    ActRefusedError.
    """
    _check(complaint, Action.RECOMMENDATION_DRAFT, by=by)
    _check_deadline(deadline)
    order = _next_place(Recommendation, complaint)
    drafted = Recommendation.objects.create(
        complaint=complaint,
        order=order,
        number=str(order),
        wording=wording,
        applies_to=applies_to,
        drafted_by=by,
        **deadline.fields(),
    )
    _tie(drafted, addressees=addressees, findings=findings)
    record(Event.RECOMMENDATION_DRAFTED, subject=drafted, by=by, number=drafted.number)
    return drafted


@act
def change_recommendation(
    recommendation: Recommendation,
    *,
    wording: str,
    applies_to: str,
    addressees: Addressees,
    deadline: Deadline,
    findings: Iterable[Finding],
    version: int,
    by: Membership,
) -> Recommendation:
    """Change a recommendation that has not been issued.

    Records: recommendation:changed.
    Raises: PermissionDenied, VersionConflictError, ActRefusedError.
    """
    _check(recommendation.complaint, Action.RECOMMENDATION_DRAFT, by=by)
    _check_deadline(deadline)
    fresh = gate.opened_at(recommendation, version)
    if fresh.status != RecommendationStatus.DRAFT:
        raise ActRefusedError(f"{fresh.mark} was issued, so its wording can’t be changed.")
    changes: dict[str, Any] = {
        "wording": wording,
        "applies_to": applies_to,
        **deadline.fields(),
    }
    _save(fresh, changes)
    _tie(fresh, addressees=addressees, findings=findings)
    record(Event.RECOMMENDATION_CHANGED, subject=fresh, by=by, number=fresh.number)
    return fresh


@act
def draft_action(
    complaint: Complaint, *, authority: Organisation, text: str, by: Membership
) -> OwnAction:
    """Write down what one of the authorities will do itself.

    Law: SI 2018/748 reg. 8(1)(c). Records: action:drafted. Raises: PermissionDenied,
    ActRefusedError when the organisation does not decide in the regime.
    """
    _check(complaint, Action.ACTION_DRAFT, by=by)
    _check_authority(complaint, authority)
    order = _next_place(OwnAction, complaint)
    drafted = OwnAction.objects.create(
        complaint=complaint,
        order=order,
        number=str(order),
        authority=authority,
        text=text,
        drafted_by=by,
    )
    record(Event.ACTION_DRAFTED, subject=drafted, by=by, number=drafted.number)
    return drafted


@act
def change_action(
    action: OwnAction, *, authority: Organisation, text: str, version: int, by: Membership
) -> OwnAction:
    """Change what an authority says that it will do.

    Records: action:changed.
    Raises: PermissionDenied, VersionConflictError, ActRefusedError.
    """
    _check(action.complaint, Action.ACTION_DRAFT, by=by, or_corrected=True)
    _check_authority(action.complaint, authority)
    fresh = gate.opened_at(action, version)
    _save(fresh, {"authority": authority, "text": text})
    record(Event.ACTION_CHANGED, subject=fresh, by=by, number=fresh.number)
    return fresh


@act
def drop_recommendation(recommendation: Recommendation, *, reason: str, by: Membership) -> None:
    """Remove a draft recommendation; those after it close ranks, so that the report has no gap.

    Records: recommendation:dropped. Raises: PermissionDenied, ActRefusedError.
    """
    _check(recommendation.complaint, Action.RECOMMENDATION_DRAFT, by=by)
    recommendation.refresh_from_db()
    if recommendation.status != RecommendationStatus.DRAFT:
        raise ActRefusedError(f"{recommendation.mark} was issued, so it can’t be dropped.")
    _drop(recommendation, Event.RECOMMENDATION_DROPPED, reason=reason, by=by)


@act
def drop_action(action: OwnAction, *, reason: str, by: Membership) -> None:
    """Remove a draft action; those after it close ranks.

    Records: action:dropped. Raises: PermissionDenied, ActRefusedError.
    """
    _check(action.complaint, Action.ACTION_DRAFT, by=by)
    _drop(action, Event.ACTION_DROPPED, reason=reason, by=by)


def _drop(row: Recommendation | OwnAction, event: Event, *, reason: str, by: Membership) -> None:
    """Remove a draft, move up what stood after it, and record that it went and why."""
    if not reason.strip():
        raise ActRefusedError("Say why it is dropped.")
    later = type(row)._default_manager.filter(complaint=row.complaint, order__gt=row.order)
    after = list(later.order_by("order"))
    # By its own number, which the record then still knows.
    type(row)._default_manager.filter(pk=row.pk).delete()
    for moved in after:
        if moved.number == str(moved.order):
            moved.number = str(moved.order - 1)
        moved.order -= 1
        moved.save(update_fields=["order", "number"])
    record(event, subject=row, by=by, number=row.number, reason=reason.strip())


def _check(
    complaint: Complaint, action: Action, *, by: Membership, or_corrected: bool = False
) -> None:
    """May they, and is the case still worked on."""
    refuse_unless_may(by, action, complaint)
    gate.check_under_way(complaint.pk, or_corrected=or_corrected)


def _check_deadline(deadline: Deadline) -> None:
    """Say in words what the constraints on a deadline demand."""
    lacking = {
        DeadlineKind.DATE: deadline.on is None,
        DeadlineKind.PERIOD: not deadline.calendar_days,
        DeadlineKind.CONDITION: not deadline.condition.strip(),
        DeadlineKind.NONE: False,
    }
    if lacking[deadline.kind]:
        raise ActRefusedError(f"Complete the deadline: {deadline.kind.label.lower()}.")
    if deadline.kind != DeadlineKind.NONE and not deadline.basis:
        raise ActRefusedError("Say what the deadline is based on.")
    if deadline.basis == Basis.STATUTORY and not deadline.is_statutory:
        raise ActRefusedError(NO_OTHER)


def _check_authority(complaint: Complaint, authority: Organisation) -> None:
    """Own actions belong to the authorities; all others get a recommendation."""
    if not complaint.regime.authorities.filter(pk=authority.pk).exists():
        raise ActRefusedError(
            f"{authority} is not one of the authorities. Make it a recommendation instead."
        )


def _tie(
    recommendation: Recommendation, *, addressees: Addressees, findings: Iterable[Finding]
) -> None:
    """Set to whom it is made and the findings it rests on.

    Raises: ActRefusedError without an addressee, or with a finding of another case.
    """
    rows = [
        *(
            Addressee(recommendation=recommendation, organisation=one)
            for one in addressees.organisations
        ),
        *(Addressee(recommendation=recommendation, group=one) for one in addressees.groups),
    ]
    if not rows:
        raise ActRefusedError(
            "Choose at least one addressee, or make it the authorities’ own action."
        )
    given = list(findings)
    if any(one.investigation.complaint_id != recommendation.complaint_id for one in given):
        raise ActRefusedError("A finding belongs to another super-complaint.")
    recommendation.addressees.all().delete()
    Addressee.objects.bulk_create(rows)
    recommendation.findings.set(given)


def _next_place(model: type[Row], complaint: Complaint) -> int:
    """The place after the last; safe because the case's chain is locked by the act."""
    last = model._default_manager.filter(complaint=complaint).aggregate(last=Max("order"))["last"]
    return (last or 0) + 1


def _save(row: Recommendation | OwnAction, changes: dict[str, Any]) -> None:
    """Write these fields of a row."""
    for name, new in changes.items():
        setattr(row, name, new)
    row.save(update_fields=list(changes))
