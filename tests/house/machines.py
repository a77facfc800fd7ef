"""The register of state machines: for each, how the generated tests get a thing to try it on.

Here alone a state is set by decree: the table is tried from every state, also from those that no
walk would combine with a step. The verbs are tried on walked things in their own rooms.
"""

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from guardian.shortcuts import assign_perm

from accounts.access import WORK_ON_CASE, may
from accounts.models import CaseTeam, Membership, Organisation
from accounts.roles import MATRIX, ROLES_AT, Action, Scope
from complaints.models import Complaint
from complaints.states import Ground
from complaints.workflow import CASE
from documents.services.scanning import scan
from investigations.models import EvidenceItem, Finding
from investigations.workflow import EVIDENCE, FINDING
from publication.models import Report
from publication.workflow import REPORT
from recommendations.models import Obligation, Recommendation, Response
from recommendations.services import responses
from recommendations.states import Branch, Position
from recommendations.workflow import OBLIGATION, RECOMMENDATION, RESPONSE
from tests.builders.accounts import a_membership, organisation
from tests.builders.complaints import a_complete_draft, a_registered_complaint, with_views
from tests.builders.investigations import (
    a_finding,
    an_agreed_finding,
    an_evidence_item,
)
from tests.builders.recommendations import a_recommendation, an_obligation
from tests.cast import play
from tests.house.sources import ROOMS
from workflow.machine import Machine, Transition

AT = ("hmicfrs", "cwj", "norfolk")


@dataclass(frozen=True)
class Kind:
    """One machine, and the thing that stands before a step with the facts that it asks for."""

    machine: Machine
    before: Callable[[str, str], Any]


def a_case_before(step: str, status: str) -> Complaint:
    """A complaint decreed to a state, with what the guard of a step asks for."""
    if step == "submit":
        complaint = a_complete_draft()
        received = {"reference": "SC-2020-001", "received_on": date(2020, 1, 6)}
        Complaint.objects.filter(pk=complaint.pk).update(**received)
    else:
        complaint = a_registered_complaint()
    if step == "accept":
        with_views(complaint)
    if step == "decline":
        with_views(complaint, eligible=False, ground=Ground.CONTENT, reasons="No evidence.")
    decree(complaint, status)
    return complaint


def decree(thing: Any, status: str) -> None:
    """Write a state past the engine, for the tests of the table alone."""
    type(thing)._default_manager.filter(pk=thing.pk).update(status=status)
    thing.refresh_from_db()


def an_evidence_item_before(step: str, status: str) -> EvidenceItem:
    """An item whose file opens, decreed to a state."""
    evidence_item = an_evidence_item()
    if step == "screen":
        scan(evidence_item.file_id)
    decree(evidence_item, status)
    return evidence_item


def a_finding_before(step: str, status: str) -> Finding:
    """A finding with its support, and for agreeing with every agreement, decreed to a state."""
    finding = an_agreed_finding() if step == "agree" else a_finding()
    decree(finding, status)
    return finding


def a_recommendation_before(_step: str, status: str) -> Recommendation:
    """A recommendation decreed to a state."""
    recommendation = a_recommendation()
    decree(recommendation, status)
    return recommendation


def an_obligation_before(_step: str, status: str) -> Obligation:
    """An obligation of an addressee decreed to a state."""
    obligation = an_obligation()
    decree(obligation, status)
    return obligation


def a_response_before(_step: str, status: str) -> Response:
    """A response with what its later states must have, decreed to a state."""
    response = responses.draft_response(
        an_obligation(),
        branch=Branch.ACTION,
        position=Position.ACCEPTED,
        account="We have written a policy.",
        by=play("responder"),
    )
    approver, now = play("response_approver"), timezone.now()
    Response.objects.filter(pk=response.pk).update(
        approved_by=approver, approved_at=now, submitted_by=approver, submitted_at=now
    )
    decree(response, status)
    return response


def a_report_before(_step: str, status: str) -> Report:
    """A report decreed to a state."""
    author = a_membership(at="hmicfrs")
    report = Report.objects.create(
        complaint=a_registered_complaint(),
        title="A report",
        begun_by=author,
        last_edited_by=author,
    )
    decree(report, status)
    return report


KINDS = (
    Kind(CASE, a_case_before),
    Kind(EVIDENCE, an_evidence_item_before),
    Kind(FINDING, a_finding_before),
    Kind(RECOMMENDATION, a_recommendation_before),
    Kind(RESPONSE, a_response_before),
    Kind(OBLIGATION, an_obligation_before),
    Kind(REPORT, a_report_before),
)


def legal_pairs() -> Iterator[tuple[Kind, str, str]]:
    """Every state and step that a table allows."""
    for kind in KINDS:
        for row in kind.machine:
            for status in sorted(row.sources):
                yield kind, status, row.name


def steps() -> Iterator[tuple[Kind, str]]:
    """Every step of every table."""
    for kind in KINDS:
        for row in kind.machine:
            yield kind, row.name


def machines_of_the_house() -> Iterator[Machine]:
    """Every machine that a room's workflow module defines."""
    for room in ROOMS:
        try:
            module = importlib.import_module(f"{room}.workflow")
        except ModuleNotFoundError:
            continue
        yield from (value for value in vars(module).values() if isinstance(value, Machine))


def somebody_who_may(row: Transition, thing: Any) -> Membership:
    """A membership that the matrix lets take a step on this thing."""
    roles = [role for role in MATRIX if MATRIX[role].get(row.action, Scope.NONE) != Scope.NONE]
    for role, slug in product(roles, AT):
        if role not in ROLES_AT[Organisation.Kind(organisation(slug).kind)]:
            continue
        membership = a_membership(role, at=slug)
        put_on_team(membership, thing)
        if may(membership, row.action, thing):
            return membership
    raise AssertionError(f"Nobody may {row.action}: the step “{row.name}” can’t be taken.")


def somebody_who_may_not(action: Action) -> Membership:
    """A membership at the first authority whose role does not know an action."""
    there = ROLES_AT[Organisation.Kind.AUTHORITY]
    role = next(role for role in MATRIX if role in there and action not in MATRIX[role])
    return a_membership(role, at="hmicfrs")


def put_on_team(membership: Membership, thing: Any) -> None:
    """Put a person on their organisation's team for the thing's case, and grant it the case."""
    place = {"case_key": thing.chain, "organisation": membership.organisation}
    team = CaseTeam.objects.filter(**place).first()
    if team is None:
        group = Group.objects.create(name=f"{membership.organisation.slug} on {thing.chain}")
        team = CaseTeam.objects.create(**place, group=group)
    team.group.user_set.add(membership.user)
    assign_perm(WORK_ON_CASE, team.group, Complaint.objects.get(key=thing.chain))
