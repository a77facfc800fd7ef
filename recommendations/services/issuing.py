"""Issuing: at publication each recommendation binds its addressees, one obligation for each."""

from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import Membership, Organisation
from audit.events import record
from clock.calendar import calendar_days
from complaints.models import Complaint
from recommendations.events import RecommendationEvent as Event
from recommendations.law import COMMENTS_LAW
from recommendations.models import Obligation, Recommendation
from recommendations.states import Basis, DeadlineKind, RecommendationStatus
from recommendations.workflow import RECOMMENDATION
from workflow.acts import act


@act
def issue(
    complaint: Complaint, *, published_on: date, by: Membership | None = None
) -> list[Obligation]:
    """Issue a published report's recommendations, and open what each addressee owes.

    Called after the instant by the service itself (`by=None`), as often as it likes: what is
    issued stays issued, and an obligation that stands is not opened again.
    Args: `published_on` is the London day of publication, however late this runs.
    Records: recommendation:issued and obligation:opened, each once.
    Returns the obligations that this call opened.
    """
    opened: list[Obligation] = []
    for recommendation in Recommendation.objects.filter(complaint=complaint):
        _mark_issued(recommendation, by=by)
        opened += _open_obligations(recommendation, published_on=published_on, by=by)
    return opened


def due_on(recommendation: Recommendation, published_on: date) -> date | None:
    """By when an answer is owed; None where a condition or nothing is set."""
    match recommendation.deadline_kind:
        case DeadlineKind.DATE:
            return recommendation.deadline_on
        case DeadlineKind.PERIOD if recommendation.deadline_calendar_days:
            return calendar_days(published_on, recommendation.deadline_calendar_days).due_on
        case _:
            return None


def addressed_organisations(recommendation: Recommendation, on: date) -> list[Organisation]:
    """Who is addressed on a day: each once, with groups as their members.

    An organisation that is gone is answered for by the one that took its place; a member that is
    gone and that nobody succeeded is not addressed.
    """
    found: dict[int, Organisation] = {}
    for addressee in recommendation.addressees.select_related("organisation", "group"):
        if addressee.organisation:
            owes = addressee.organisation.standing_on(on)
            found[owes.pk] = owes
        elif addressee.group:
            members = addressee.group.members.select_related("succeeded_by")
            standing = (member.standing_on(on) for member in members)
            found.update({one.pk: one for one in standing if one.exists_on(on)})
    return sorted(found.values(), key=lambda one: one.name)


def _mark_issued(recommendation: Recommendation, *, by: Membership | None) -> None:
    """The one step of the recommendation's table, taken once."""
    if recommendation.status == RecommendationStatus.DRAFT:
        recommendation.issued_at = timezone.now()
        recommendation.save(update_fields=["issued_at"])
        RECOMMENDATION.apply("issue", recommendation, by=by, number=recommendation.number)


def _open_obligations(
    recommendation: Recommendation, *, published_on: date, by: Membership | None
) -> list[Obligation]:
    """One obligation for each addressee that has none yet."""
    standing = set(recommendation.obligations.values_list("addressee", flat=True))
    awaited = addressed_organisations(recommendation, published_on)
    return [
        _open(recommendation, addressee, published_on=published_on, by=by)
        for addressee in awaited
        if addressee.pk not in standing
    ]


def _open(
    recommendation: Recommendation,
    addressee: Organisation,
    *,
    published_on: date,
    by: Membership | None,
) -> Obligation:
    """Open one addressee's obligation, and announce what its clock needs."""
    statutory = recommendation.deadline_basis == Basis.STATUTORY
    facts: dict[str, Any] = {
        "kind": recommendation.deadline_kind,
        "basis": recommendation.deadline_basis,
        "due_on": due_on(recommendation, published_on),
        "condition": recommendation.deadline_condition,
        "law": COMMENTS_LAW if statutory else "",
    }
    opened = Obligation.objects.create(
        recommendation=recommendation, addressee=addressee, opened_on=published_on, **facts
    )
    record(
        Event.OBLIGATION_OPENED,
        subject=opened,
        by=by,
        name=f"Answer of {addressee.short_name} to {recommendation.mark.lower()}",
        number=recommendation.number,
        addressee=addressee.slug,
        opened_on=published_on,
        **facts,
    )
    return opened
