"""A question is planned once by each connection, for as long as it is among those asked last."""

from collections.abc import Callable

import pytest
from django.db import (
    DataError,
    NotSupportedError,
    OperationalError,
    connection,
    connections,
    transaction,
)
from django.test.utils import CaptureQueriesContext

from accounts import plans
from accounts.access import may
from accounts.roles import Action
from accounts.services.walls import raise_wall
from accounts.statements import Statement, given
from complaints.models import Complaint, DraftPart
from tests.builders.complaints import a_draft, a_registered_complaint
from tests.cast import play

# PostgreSQL keeps one plan for every value once it has made five for single ones.
OFTEN = 10


def by_number() -> Statement[Complaint]:
    """A super-complaint by the number that each asking gives: a question nobody has asked yet."""
    return Statement(Complaint.objects.filter(pk=given("pk")))


def sent(ask: Callable[[], object]) -> list[str]:
    """What goes to the database for it, in how many journeys."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    return [one["sql"] for one in asked]


def known() -> int:
    """How many statements the connection knows by a name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        [number] = cursor.fetchone()
    return int(number)


@pytest.mark.django_db
def test_a_question_is_learnt_with_its_first_asking_and_then_only_named() -> None:
    kept, draft = by_number(), a_draft()
    [first] = sent(lambda: kept.found(pk=draft.pk))
    [second] = sent(lambda: kept.found(pk=draft.pk))
    assert "PREPARE" in first
    assert second.startswith("EXECUTE")
    assert kept.found(pk=draft.pk) == [draft]
    assert kept.found(pk=0) == []


@pytest.mark.django_db
def test_a_question_without_an_open_value_is_only_named_too() -> None:
    kept, draft = Statement(Complaint.objects.order_by("-pk")), a_draft()
    assert all(draft in kept.found() for _ in range(OFTEN))


@pytest.mark.django_db
def test_one_plan_for_all_values_obeys_a_wall_that_came_after_it() -> None:
    officer, case = play("intake_officer"), a_registered_complaint()
    assert all(may(officer, Action.COMPLAINT_ACKNOWLEDGE, case) for _ in range(OFTEN))
    raise_wall(case, person=officer.user, reason="They know the body.", by=play("administrator"))
    assert not may(officer, Action.COMPLAINT_ACKNOWLEDGE, case)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [2**31, 2**63 - 1, 2**63, -(2**70)])
def test_a_number_that_no_row_can_have_finds_none(number: int) -> None:
    kept, draft = Statement(DraftPart.objects.filter(version=given("number"))), a_draft()
    assert kept.found(number=number) == []
    part = DraftPart.objects.create(complaint=draft, name="harm", version=7)
    assert kept.found(number=7) == [part]


@pytest.mark.committed
def test_a_new_connection_learns_anew() -> None:
    kept, draft = by_number(), a_draft()
    assert kept.found(pk=draft.pk) == [draft]
    connection.close()
    assert kept.found(pk=draft.pk) == [draft]


@pytest.mark.committed
def test_a_connection_that_died_while_nobody_asked_is_replaced_and_learns_anew() -> None:
    kept, draft = by_number(), a_draft()
    assert kept.found(pk=draft.pk) == [draft]
    connection.connection.close()  # As a server that was restarted leaves it.
    connection.close_if_unusable_or_obsolete()
    assert kept.found(pk=draft.pk) == [draft]


@pytest.mark.django_db
@pytest.mark.parametrize("other", ["7", None])
def test_a_number_is_one_whatever_was_given_before_it(other: str | None) -> None:
    kept = Statement(DraftPart.objects.filter(version=given("number")))
    part = DraftPart.objects.create(complaint=a_draft(), name="harm", version=7)
    assert kept.found(number=other) == ([part] if other else [])
    assert kept.found(number=2**40) == []
    assert kept.found(number=7) == [part]


@pytest.fixture
def own_connection(committed: None) -> None:
    """A connection that knows nothing yet."""
    connection.close()


@pytest.mark.usefixtures("own_connection")
def test_askings_that_fail_leave_nothing_behind_and_the_question_to_be_learnt() -> None:
    kept, draft = by_number(), a_draft()
    for _ in range(OFTEN):
        with pytest.raises(DataError):
            kept.found(pk="no number")
    assert kept.found(pk=draft.pk) == [draft]
    assert known() == 1
    assert sent(lambda: kept.found(pk=draft.pk))[0].startswith("EXECUTE")


@pytest.mark.django_db
def test_within_a_transaction_a_fault_leaves_the_question_to_be_learnt() -> None:
    kept, draft = by_number(), a_draft()
    assert kept.found(pk=draft.pk) == [draft]
    with pytest.raises(DataError), transaction.atomic():
        kept.found(pk="no number")
    assert kept.found(pk=draft.pk) == [draft]


@pytest.mark.usefixtures("own_connection")
def test_plans_that_the_server_no_longer_has_are_learnt_anew() -> None:
    kept, draft = by_number(), a_draft()
    assert kept.found(pk=draft.pk) == [draft]
    with connection.cursor() as cursor:
        cursor.execute("DISCARD ALL")
    with pytest.raises(OperationalError):
        kept.found(pk=draft.pk)
    assert kept.found(pk=draft.pk) == [draft]


@pytest.mark.usefixtures("own_connection")
def test_a_column_that_changed_costs_one_asking() -> None:
    kept, draft = by_number(), a_draft()
    assert kept.found(pk=draft.pk) == [draft]
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE complaints_complaint ALTER contact_name TYPE varchar(999)")
    with pytest.raises(NotSupportedError):
        kept.found(pk=draft.pk)
    assert kept.found(pk=draft.pk) == [draft]


@pytest.mark.django_db
def test_what_hangs_on_its_values_is_planned_for_them() -> None:
    kept, draft = by_number(), a_draft()
    [asked] = sent(lambda: kept.found_for_these(pk=draft.pk))
    assert asked.startswith("SELECT")
    assert kept.found_for_these(pk=draft.pk) == [draft]
    assert Statement(Complaint.objects.none()).found_for_these() == []


@pytest.mark.usefixtures("own_connection")
def test_the_question_that_was_not_asked_for_longest_makes_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plans, "KEPT_BY_A_CONNECTION", 2)
    draft = a_draft()
    first, second, third = by_number(), by_number(), by_number()
    for kept in (first, second, first, third):
        assert kept.found(pk=draft.pk) == [draft]
    assert known() == 2
    assert sent(lambda: first.found(pk=draft.pk))[0].startswith("EXECUTE")
    [learnt] = sent(lambda: second.found(pk=draft.pk))
    assert learnt.startswith("DEALLOCATE")
    assert known() == 2
