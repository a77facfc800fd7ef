"""A query put together once is asked of the rows as they stand, by each with their own values."""

import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.access import ScopedQuerySet, _kept_open_to, _numbers_open_to, may, scopes
from accounts.models import Membership
from accounts.roles import Action, Scope
from accounts.services.walls import lift_wall, raise_wall
from accounts.statements import Statement, given, statement, whoever
from complaints.models import Complaint
from tests.builders.complaints import a_draft, a_registered_complaint
from tests.cast import PARTS, play
from tests.publication.connections import at_once

TIMES = 50


@pytest.fixture
def often_interrupted() -> Iterator[None]:
    """Threads take turns thousands of times more often than usual: in the midst of each step."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def scoped() -> Iterator[Any]:
    """Every kind of row that a page may be about."""
    for model in apps.get_models():
        if isinstance(rows := model._default_manager.all(), ScopedQuerySet):
            assert type(rows).for_action is ScopedQuerySet.for_action, "By scopes alone."
            yield model


def actions_of_each_reach(someone: Membership) -> Iterator[Action]:
    """One action for each set of scopes that they have for any: rows are asked for by scopes."""
    yield from {frozenset(scopes(someone, action)): action for action in Action}.values()


def put_together(someone: Membership) -> list[tuple[str, Any]]:
    """What is kept of the question for the row of a page, of every kind and in every scope."""
    actions = list(actions_of_each_reach(someone))
    asked = [(model, action) for model in scoped() for action in actions]
    kept = [
        *(Statement(_kept_open_to(someone, model, action, (), ("pk",))) for model, action in asked),
        *(Statement(_numbers_open_to(someone, model, action)) for model, action in asked),
    ]
    return [(one.sql, one.parameters) for one in kept]


@pytest.mark.django_db
@pytest.mark.parametrize("who", PARTS)
def test_what_is_kept_of_a_pages_question_holds_no_row_and_no_clock(who: str) -> None:
    someone = whoever(play(who).roles)
    now = put_together(someone)  # The number of a content type is asked once in a process.
    assert any(sql for sql, _parameters in now)
    later = time_machine.travel(timezone.now() + timedelta(days=800))
    with CaptureQueriesContext(connection) as asked_of_the_database, later:
        assert put_together(someone) == now
    assert list(asked_of_the_database) == []


@pytest.mark.django_db
def test_actions_of_the_same_scopes_ask_the_same_of_every_kind_of_row() -> None:
    lead = whoever(play("lead_investigator").roles)
    for model in scoped():
        questions: dict[frozenset[Scope], set[str]] = {}
        for action in Action:
            kept = Statement(_numbers_open_to(lead, model, action))
            asked = questions.setdefault(frozenset(scopes(lead, action)), set())
            asked.add(f"{kept.sql} {kept.parameters}")
        assert {len(asked) for asked in questions.values()} == {1}, model


@pytest.mark.django_db
def test_who_has_the_same_roles_asks_the_same_question_and_is_answered_by_their_own_seat() -> None:
    one, other = play("submitter"), play("other_body_submitter")
    assert one.organisation_id != other.organisation_id
    theirs = {seat: a_draft(by=seat) for seat in (one, other)}
    write = Action.COMPLAINT_DRAFT
    asked = [statement(_numbers_open_to, seat, Complaint, write) for seat in theirs]
    assert asked[0].kept is asked[1].kept
    for seat, draft in theirs.items():
        open_to_them = [it for it in theirs.values() if may(seat, write, it)]
        assert open_to_them == [draft]


def by_key() -> Statement[Complaint]:
    """A super-complaint with its body, by the key that each asking gives."""
    return Statement(Complaint.objects.filter(key=given("key")).select_related("lead_body"))


@pytest.mark.django_db
def test_each_asking_gives_its_own_value_and_reads_what_stands_then() -> None:
    kept, one, other = by_key(), a_draft(), a_draft()
    assert kept.found(key=one.key) == [one]
    assert kept.found(key=other.key) == [other]
    assert kept.found(key="%' OR true --") == []
    Complaint.objects.filter(pk=one.pk).update(title="Another title")
    with CaptureQueriesContext(connection) as asked:
        [read] = kept.found(key=one.key)
        assert (read.title, read.lead_body) == ("Another title", one.lead_body)
    assert len(asked) == 1


@pytest.mark.django_db
def test_a_row_stands_for_its_number_and_what_finds_nothing_is_not_asked() -> None:
    draft = a_draft()
    of_a_body = Statement(Complaint.objects.filter(lead_body=given("body")).values_list("key"))
    assert of_a_body.found(body=draft.lead_body) == [(draft.key,)]
    with CaptureQueriesContext(connection) as asked:
        assert Statement(Complaint.objects.none()).found() == []
    assert list(asked) == []


@pytest.mark.committed
def test_several_at_once_are_each_answered_what_they_asked(often_interrupted: None) -> None:
    kept, keys = by_key(), [a_draft().key for _ in range(4)]
    left, answered = list(keys), list[tuple[str, list[str]]]()

    def ask() -> None:
        key = left.pop()
        for _ in range(TIMES):
            answered.append((key, [row.key for row in kept.found(key=key)]))

    at_once(ask, times=len(keys))
    assert len(answered) == TIMES * len(keys)
    assert [one for one in answered if one[1] != [one[0]]] == []


@pytest.mark.django_db
def test_whether_one_may_is_asked_of_the_wall_that_stands_now() -> None:
    officer, case = play("intake_officer"), a_registered_complaint()
    assert may(officer, Action.COMPLAINT_ACKNOWLEDGE, case)
    assert not may(play("submitter"), Action.COMPLAINT_ACKNOWLEDGE, case)
    person, administrator = officer.user, play("administrator")
    raise_wall(case, person=person, reason="They know the body.", by=administrator)
    assert not may(officer, Action.COMPLAINT_ACKNOWLEDGE, case)
    lift_wall(case, person=person, reason="They do not.", by=administrator)
    assert may(officer, Action.COMPLAINT_ACKNOWLEDGE, case)
    assert may(officer, Action.COMPLAINT_ACKNOWLEDGE, case)
    officer.user.is_active = False
    assert not may(officer, Action.COMPLAINT_ACKNOWLEDGE, case)
    officer.user.is_active, officer.ended_at = True, timezone.now()
    assert not may(officer, Action.COMPLAINT_ACKNOWLEDGE, case)
