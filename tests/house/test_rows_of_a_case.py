"""Every kind of row that hangs on a case is reached as the matrix and its case say.

What is stricter is named here: a restricted evidence item, an answer that is not submitted yet, and
what is addressed to an organisation.
"""

from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

from accounts.models import Membership, Wall
from accounts.roles import MATRIX, Action, Role, Scope
from complaints.models import Complaint
from investigations.models import EvidenceItem, Investigation
from investigations.querysets import OfCaseQuerySet
from investigations.services import lines, progress
from investigations.states import Sensitivity
from publication.services import report as report_verbs
from publication.services.after import follow_up
from recommendations.models import Obligation, Response
from recommendations.services import drafting, responses
from tests.builders.accounts import any_membership, organisation
from tests.builders.investigations import an_evidence_item
from tests.builders.publication import a_report_being_drafted, made_public, sealed, signed_off
from tests.cast import play
from tests.house.machines import put_on_team
from tests.recommendations.test_responses import SAID, an_answer

pytestmark = pytest.mark.django_db

ALL, DECIDED, ASSIGNED = Scope.ALL, Scope.DECIDED, Scope.ASSIGNED
KINDS = [
    model for model in apps.get_models() if isinstance(model._default_manager.all(), OfCaseQuerySet)
]


@dataclass(frozen=True)
class Standing:
    """How somebody stands to the case, and the scopes that reach its rows so."""

    at: str
    reached_by: frozenset[Scope]
    on_team: bool = False
    walled: bool = False
    addressed: bool = False


STANDINGS = {
    "its authority decides it": Standing("iopc", frozenset({ALL, DECIDED})),
    "it is on the case's team": Standing("iopc", frozenset({ALL, DECIDED, ASSIGNED}), on_team=True),
    "its authority decides in another regime": Standing("spcc", frozenset({ALL})),
    "its organisation made the complaint": Standing("cwj", frozenset({ALL})),
    "its organisation owes an answer": Standing("norfolk", frozenset({ALL}), addressed=True),
    "its organisation is another force": Standing("kent", frozenset({ALL})),
    "a wall stands, though it is on the team": Standing(
        "iopc", frozenset(), on_team=True, walled=True
    ),
}


@pytest.fixture
def case() -> Complaint:
    """A published case with rows of every kind, some of them stricter than the case."""
    report = a_report_being_drafted()
    complaint, author = report.complaint, play("investigator")
    investigation = Investigation.objects.get(complaint=complaint)
    an_evidence_item(investigation, sensitivity=Sensitivity.RESTRICTED)
    progress.write(investigation, text="It goes on.", by=author)
    lines.add_line(investigation, question="Who knew?", by=author)
    iopc = organisation("iopc")
    drafting.draft_action(complaint, authority=iopc, text="We will ask.", by=author)
    follow_up(made_public(sealed(signed_off(report_verbs.propose(report, by=author)))).pk)
    answer = an_answer(Obligation.objects.get(addressee__slug="norfolk"))
    approver = play("response_approver")
    responses.approve_response(answer, version=answer.version, by=approver)
    responses.submit_response(answer, by=approver)
    responses.draft_response(answer.obligation, **SAID, by=play("responder"))
    return complaint


def rows_of(model: type[Any], case: Complaint) -> list[Any]:
    """The rows of one kind that hang on the case."""
    return list(model._base_manager.filter(**{model._default_manager.all().complaint_path: case}))


def is_reached(row: Model, scope: Scope, standing: Standing) -> bool:
    """What the matrix and the case say of one row, written a second time."""
    if scope is Scope.ADDRESSED:
        return standing.addressed and isinstance(row, Obligation | Response)
    if isinstance(row, EvidenceItem) and row.sensitivity == Sensitivity.RESTRICTED:
        return False
    if isinstance(row, Response) and row.submitted_at is None:
        return False
    return scope in standing.reached_by


def one_action_of_each_scope(role: Role) -> dict[Scope, Action]:
    """For each scope that a role has, an action: rows are reached by scope alone."""
    return {MATRIX[role].get(action, Scope.NONE): action for action in Action}


def wrong_of(member: Membership, role: Role, standing: Standing, case: Complaint) -> list[str]:
    """Each row that a member reaches and should not, or should and does not."""
    wrong = []
    for scope, action in one_action_of_each_scope(role).items():
        for model in KINDS:
            rows = rows_of(model, case)
            expected = {row.pk for row in rows if is_reached(row, scope, standing)}
            every: Any = model._default_manager
            reached = every.for_action(member, action)
            found = set(
                reached.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)
            )
            if found != expected:
                wrong.append(f"{role.label}: {action} ({scope.value}) of {model.__name__}")
    return wrong


def test_the_case_has_rows_of_every_kind_and_of_every_strictness(case: Complaint) -> None:
    assert [model.__name__ for model in KINDS if not rows_of(model, case)] == []
    strict = [row.sensitivity for row in rows_of(EvidenceItem, case)]
    assert Sensitivity.RESTRICTED in strict
    assert len(set(strict)) > 1
    assert len({row.submitted_at is None for row in rows_of(Response, case)}) == 2


def test_every_role_reaches_of_a_case_what_its_scopes_say(case: Complaint) -> None:
    wrong = []
    for name, standing in STANDINGS.items():
        for role in Role:
            member = any_membership(role, at=standing.at)
            if standing.on_team:
                put_on_team(member, case)
            if standing.walled:
                by = play("administrator")
                Wall.objects.create(
                    user=member.user, case_key=case.key, reason="Trial.", raised_by=by
                )
            wrong += [f"{name}: {said}" for said in wrong_of(member, role, standing, case)]
    assert wrong == []
