"""Entering a case that others made: rows, what is known to have happened, and its public page.

It is not walked through the verbs of living cases, which would say that acts happened now and
invent the people who did them. Its status is what the rows are created with.
"""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import AddresseeGroup, Organisation, Regime
from audit.events import record
from complaints.events import ComplaintEvent
from complaints.models import Complaint, EligibilityDecision, Feature, JointBody
from complaints.states import CaseStatus, Origin
from desk.history.facts import PastCase, PastRecommendation
from desk.history.told import told
from publication.services.imported import publish_imported
from recommendations.models import Addressee, Obligation, OwnAction, Recommendation
from recommendations.states import Basis, DeadlineKind, RecommendationStatus

REGIME = "police"

# How the compiled facts name addressees, and what the reference rows call them.
GROUPS = {"Chief constables": "chief-constables", "PCCs": "policing-bodies"}
NAMED = {"NPCC (bail lead)": "NPCC"}


@transaction.atomic
def import_history(cases: list[PastCase]) -> list[Complaint]:
    """Enter past cases that are not yet held; what is held is left as it is.

    The record says *imported*, now, with the date on which each thing happened, how exactly that
    is known, and its source. No approval is invented, and no deadline or reminder begins.
    Records: complaint:imported for the case and for each event.
    Returns the cases that were entered.
    """
    held = set(Complaint.objects.values_list("reference", flat=True))
    return [import_case(past) for past in cases if past.reference not in held]


def import_case(past: PastCase) -> Complaint:
    """Enter one past case."""
    complaint = _complaint(past)
    _recommendations(complaint, past)
    for order, action in enumerate(past.actions, start=1):
        OwnAction.objects.create(
            complaint=complaint,
            order=order,
            number=action.number,
            authority=_organisation(action.owner),
            text=action.summary,
            source=action.source,
        )
    record(ComplaintEvent.IMPORTED, subject=complaint, by=None, source=past.source)
    for event in past.events:
        record(
            ComplaintEvent.IMPORTED,
            subject=complaint,
            by=None,
            happened_on=event.date.on,
            precision=event.date.precision,
            kind=event.kind,
            who=event.by,
            what=event.summary,
            source=event.source,
        )
    publish_imported(
        complaint,
        slug=past.slug,
        title=past.title,
        payload=told(past),
        public_on=past.published or past.eligibility_known_by,
        public_at=past.published_at,
    )
    return complaint


def _complaint(past: PastCase) -> Complaint:
    bodies = [_organisation(name) for name in past.submitted_by]
    complaint = Complaint.objects.create(
        reference=past.reference,
        regime=Regime.objects.get(key=REGIME),
        lead_body=bodies[0],
        origin=Origin.IMPORT,
        status=CaseStatus.SEALED if past.published else CaseStatus.ELIGIBLE,
        title=past.title,
        received_on=past.received.on,
        received_precision=past.received.precision,
    )
    for body in bodies[1:]:
        JointBody.objects.create(complaint=complaint, organisation=body)
    for number, statement in enumerate(past.features, start=1):
        Feature.objects.create(complaint=complaint, number=number, statement=statement)
    EligibilityDecision.objects.create(
        complaint=complaint,
        eligible=True,
        known_by=past.eligibility_decided or past.eligibility_known_by,
    )
    return complaint


def _recommendations(complaint: Complaint, past: PastCase) -> None:
    for order, one in enumerate(past.recommendations, start=1):
        kept = Recommendation.objects.create(
            complaint=complaint,
            order=order,
            number=one.number,
            status=RecommendationStatus.ISSUED if past.published else RecommendationStatus.DRAFT,
            wording=one.summary,
            source=_source(one),
            **_deadline(one),
        )
        for name in one.addressees:
            Addressee.objects.create(recommendation=kept, **_addressee(name))
        if past.published:
            _obligations(kept, one, past.published)


def _obligations(kept: Recommendation, one: PastRecommendation, published: date) -> None:
    """One row for each addressee, of which the answer is not known to us."""
    owing = Organisation.objects.filter(
        pk__in=[member.pk for name in one.addressees for member in _members(name)]
    )
    Obligation.objects.bulk_create(
        Obligation(
            recommendation=kept,
            addressee=addressee,
            opened_on=published,
            kind=kept.deadline_kind,
            basis=kept.deadline_basis,
            due_on=one.deadline,
            condition=kept.deadline_condition,
            answer_not_known=True,
        )
        for addressee in owing
    )


def _deadline(one: PastRecommendation) -> dict[str, Any]:
    if one.deadline:
        return {
            "deadline_kind": DeadlineKind.DATE,
            "deadline_on": one.deadline,
            "deadline_basis": Basis.COMPUTED,
        }
    if one.deadline_text:
        return {
            "deadline_kind": DeadlineKind.CONDITION,
            "deadline_condition": one.deadline_text,
            "deadline_basis": Basis.SET_BY_REPORT,
        }
    return {"deadline_kind": DeadlineKind.NONE}


def _source(one: PastRecommendation) -> str:
    known = "" if one.known_in_full else "; its text is not known in full"
    return f"{one.source} (number {one.number_status}{known})"[:300]


def _addressee(name: str) -> dict[str, Any]:
    if name in GROUPS:
        return {"group": AddresseeGroup.objects.get(key=GROUPS[name])}
    return {"organisation": _organisation(name)}


def _members(name: str) -> list[Organisation]:
    if name in GROUPS:
        return list(AddresseeGroup.objects.get(key=GROUPS[name]).members.all())
    return [_organisation(name)]


def _organisation(name: str) -> Organisation:
    """An organisation of the reference rows, by its name or short name."""
    name = NAMED.get(name, name)
    found = Organisation.objects.filter(name=name) | Organisation.objects.filter(short_name=name)
    return found.get()
