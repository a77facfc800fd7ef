"""The calendar changes while cases move, on two real connections: no clock keeps a wrong date."""

from datetime import date

import pytest
from django.db import transaction

from audit import chain
from complaints.models import Complaint
from deadlines.models import BankHoliday, Deadline
from deadlines.services import holidays
from deadlines.states import DeadlineState
from tests.builders.complaints import a_registered_complaint, acknowledged
from tests.cast import play
from tests.fixtures.service import wait_until
from tests.publication.connections import Elsewhere, another_waits

pytestmark = pytest.mark.committed

RECEIVED = date(2026, 11, 17)


def proclaim() -> BankHoliday:
    """A holiday that moves what was received three days before it by one day."""
    return holidays.add_holiday(
        day=date(2026, 11, 20), name="One-off", source="A proclamation", by=play("administrator")
    )


def receive() -> Complaint:
    return a_registered_complaint(received_on=RECEIVED)


def clock_of(complaint: Complaint) -> Deadline:
    return Deadline.objects.get(case_key=complaint.key)


def test_what_is_received_while_a_holiday_is_added_is_dated_by_it() -> None:
    play("intake_officer")
    with transaction.atomic():
        proclaim()
        receiving = Elsewhere(receive)
        wait_until(another_waits, "the receipt waits for the holiday")
    assert clock_of(receiving.ended()).due_on == date(2026, 11, 24)


def test_a_holiday_that_is_added_during_a_receipt_moves_its_clock() -> None:
    play("administrator")
    with transaction.atomic():
        clock = clock_of(receive())
        assert clock.due_on == date(2026, 11, 23)
        adding = Elsewhere(proclaim)
        wait_until(another_waits, "the holiday waits for the receipt")
    assert adding.ended().pk
    move = clock.moves.get()
    assert (move.due_before, move.due_after) == (date(2026, 11, 23), date(2026, 11, 24))


def test_an_acknowledgement_goes_on_while_a_holiday_is_added() -> None:
    complaint = receive()
    play("administrator")
    play("submitter")  # Somebody who reads the letter here.
    with transaction.atomic():
        # As each act of a case begins.
        chain.lock(complaint.chain)
        adding = Elsewhere(proclaim)
        wait_until(another_waits, "the holiday waits for the act")
        acknowledged(complaint)
    assert adding.ended().pk
    clock = clock_of(complaint)
    assert (clock.state, clock.due_on) == (DeadlineState.MET, date(2026, 11, 23))
