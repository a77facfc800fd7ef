"""Every state machine of the house, tried from every state: the tests are read from the tables."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import Settings

from audit.events import Happening, listeners
from audit.models import AuditEntry
from tests.builders.complaints import a_complete_draft, a_registered_complaint
from tests.builders.investigations import a_finding, an_agreed_finding, an_evidence_item
from tests.builders.recommendations import a_recommendation, an_obligation
from tests.house.machines import (
    KINDS,
    Kind,
    decree,
    legal_pairs,
    machines_of_the_house,
    somebody_who_may,
    somebody_who_may_not,
    steps,
)
from workflow.errors import TransitionRefusedError

pytestmark = pytest.mark.django_db

WALKED = (
    *(a_complete_draft, a_registered_complaint, an_evidence_item, a_finding, an_agreed_finding),
    *(a_recommendation, an_obligation),
)
STARTS = {"draft", "drafting", "open", "received"}
ENDS: dict[str, set[str]] = {
    "super-complaint": {"closed", "withdrawn"},
    "evidence item": {"superseded"},
    "finding": set(),  # An agreed one is edited again, which voids the agreement.
    "recommendation": {"issued"},
    "response": {"published"},
    "obligation": {"closed"},
    "report": set(),  # A sealed one is unsealed again.
}


class LateFailureError(Exception):
    """The last step of an act failed."""


def fail(_happening: Happening) -> None:
    """A listener that cannot do its part."""
    raise LateFailureError


@pytest.fixture
def failing_listener(settings: Settings) -> Iterator[None]:
    """The house with one more listener, which fails."""
    settings.EVENT_LISTENERS = [*settings.EVENT_LISTENERS, f"{__name__}.fail"]
    listeners.cache_clear()
    yield
    listeners.cache_clear()


def words(value: Any) -> str:
    """The names of the generated cases."""
    return value.machine.name if isinstance(value, Kind) else str(value)


def of_chain(thing: Any) -> list[str]:
    """What the record says of the thing's case."""
    return list(AuditEntry.objects.filter(chain=thing.chain).values_list("event", flat=True))


@pytest.mark.parametrize("kind", KINDS, ids=words)
def test_every_state_is_reached_from_a_start(kind: Kind) -> None:
    machine = kind.machine
    reached = STARTS & machine.states
    assert reached, f"{machine.name} has no start."
    for _ in machine.states:
        reached |= {row.target for row in machine if row.sources & reached}
    assert reached == machine.states


@pytest.mark.parametrize("kind", KINDS, ids=words)
def test_nothing_follows_an_end(kind: Kind) -> None:
    machine = kind.machine
    ends = {str(state) for state in machine.states if not list(machine.from_state(state))}
    assert ends == ENDS[machine.name]


@pytest.mark.parametrize(("kind", "status", "step"), list(legal_pairs()), ids=words)
def test_a_step_in_turn_passes_with_one_entry_that_announces_it(
    kind: Kind, status: str, step: str
) -> None:
    thing, row = kind.before(step, status), kind.machine.transitions[step]
    by, before = somebody_who_may(row, thing), of_chain(thing)
    kind.machine.apply(step, thing, by=by)
    thing.refresh_from_db()
    assert thing.status == row.target
    assert of_chain(thing)[len(before) :].count(str(row.event)) == 1


@pytest.mark.parametrize(("kind", "step"), list(steps()), ids=words)
def test_a_step_out_of_turn_is_refused_and_leaves_no_trace(kind: Kind, step: str) -> None:
    row = kind.machine.transitions[step]
    wrong = sorted(kind.machine.states - row.sources)
    thing = kind.before(step, wrong[0])
    by, before = somebody_who_may(row, thing), AuditEntry.objects.count()
    for status in wrong:
        decree(thing, status)
        with pytest.raises(TransitionRefusedError):
            kind.machine.apply(step, thing, by=by)
        thing.refresh_from_db()
        assert (thing.status, AuditEntry.objects.count()) == (status, before)


@pytest.mark.parametrize(("kind", "status", "step"), list(legal_pairs()), ids=words)
def test_a_step_whose_last_part_fails_changes_nothing(
    kind: Kind, status: str, step: str, request: pytest.FixtureRequest
) -> None:
    thing, row = kind.before(step, status), kind.machine.transitions[step]
    by, before = somebody_who_may(row, thing), AuditEntry.objects.count()
    request.getfixturevalue("failing_listener")
    with pytest.raises(LateFailureError):
        kind.machine.apply(step, thing, by=by)
    thing.refresh_from_db()
    assert (thing.status, AuditEntry.objects.count()) == (status, before)


@pytest.mark.parametrize(("kind", "step"), list(steps()), ids=words)
def test_a_step_by_somebody_who_may_not_is_refused(kind: Kind, step: str) -> None:
    row = kind.machine.transitions[step]
    status = sorted(row.sources)[0]
    thing = kind.before(step, status)
    with pytest.raises(PermissionDenied):
        kind.machine.apply(step, thing, by=somebody_who_may_not(row.action))
    thing.refresh_from_db()
    assert thing.status == status


def test_every_machine_of_the_house_is_tried() -> None:
    assert {kind.machine for kind in KINDS} == set(machines_of_the_house())
