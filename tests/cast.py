"""The one cast of the suite: a fixture for each part, with fixed names.

Each part is a membership. The police regime's three authorities, a body, another body, a force and
another force are enough to ask of every page who may and who may not. The stranger is signed in
with a role, and has nothing to do with any case.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from accounts.models import Membership
from accounts.roles import Role
from tests.builders.accounts import a_membership


@dataclass(frozen=True)
class Part:
    """Who plays: a role at an organisation of the reference rows."""

    role: Role
    at: str


PARTS = {
    "submitter": Part(Role.SUBMITTER, "cwj"),
    "body_approver": Part(Role.BODY_APPROVER, "cwj"),
    "other_body_submitter": Part(Role.SUBMITTER, "hestia"),
    "intake_officer": Part(Role.INTAKE_OFFICER, "hmicfrs"),
    "investigator": Part(Role.INVESTIGATOR, "hmicfrs"),
    "unassigned_investigator": Part(Role.INVESTIGATOR, "hmicfrs"),
    "lead_investigator": Part(Role.LEAD_INVESTIGATOR, "hmicfrs"),
    "hmicfrs_decision_maker": Part(Role.DECISION_MAKER, "hmicfrs"),
    "iopc_decision_maker": Part(Role.DECISION_MAKER, "iopc"),
    "college_decision_maker": Part(Role.DECISION_MAKER, "college"),
    "legal_adviser": Part(Role.LEGAL_ADVISER, "hmicfrs"),
    "press_officer": Part(Role.PRESS_OFFICER, "hmicfrs"),
    "second_press_officer": Part(Role.PRESS_OFFICER, "hmicfrs"),
    "responder": Part(Role.RESPONDER, "norfolk"),
    "response_approver": Part(Role.RESPONSE_APPROVER, "norfolk"),
    "other_force_responder": Part(Role.RESPONDER, "kent"),
    "auditor": Part(Role.AUDITOR, "hmicfrs"),
    "administrator": Part(Role.ADMINISTRATOR, "hmicfrs"),
    "second_administrator": Part(Role.ADMINISTRATOR, "hmicfrs"),
    "stranger": Part(Role.RESPONDER, "psni"),
}


def play(name: str) -> Membership:
    """The membership of one part, made at its first call and found again after."""
    part = PARTS[name]
    person = name.replace("_", " ").capitalize()
    standing = Membership.objects.filter(user__name=person, organisation__slug=part.at)
    return standing.order_by("pk").first() or a_membership(part.role, at=part.at, name=person)


def _fixture(name: str) -> Callable[..., Membership]:
    """A fixture that plays one part."""

    @pytest.fixture(name=name)
    def played(database_in_use: None) -> Membership:
        return play(name)

    return played


for _name in PARTS:
    globals()[f"_{_name}"] = _fixture(_name)


@pytest.fixture
def database_in_use(request: pytest.FixtureRequest) -> None:
    """The test's own transaction, unless it runs on committed data."""
    if request.node.get_closest_marker("committed") is None:
        request.getfixturevalue("db")


@pytest.fixture
def decision_makers(database_in_use: None) -> dict[str, Membership]:
    """One decision-maker for each authority of the police regime, by slug."""
    return {slug: play(f"{slug}_decision_maker") for slug in ("hmicfrs", "iopc", "college")}
