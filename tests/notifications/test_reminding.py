"""Each deadline is reminded of before, on the day, after, and is then raised with the lead."""

from collections import Counter
from datetime import date, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from accounts.models import Membership
from accounts.services.people import deactivate
from complaints.services import acknowledgement
from deadlines.models import Deadline
from notifications.audiences import leads
from notifications.models import Reminder
from notifications.services.reminding import remind_all
from notifications.stages import STAGES, stage_on
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import a_registered_complaint
from tests.builders.investigations import an_open_investigation
from tests.builders.recommendations import an_obligation
from tests.cast import play

pytestmark = pytest.mark.django_db

DUE = date(2018, 12, 24)
RECEIVED = date(2018, 12, 18)


def reminded_on(day: date) -> list[tuple[str, str]]:
    """Run the reminders of a day twice, and say who was reminded at which stage."""
    before = set(Reminder.objects.values_list("pk", flat=True))
    with time_machine.travel(f"{day}T12:00:00+00:00", tick=False):
        remind_all()
        remind_all()
    new = Reminder.objects.exclude(pk__in=before)
    return [(reminder.stage, reminder.recipient.role_labels) for reminder in new]


def test_each_stage_comes_once_and_to_the_right_people(
    intake_officer: Membership, hmicfrs_decision_maker: Membership
) -> None:
    a_registered_complaint(received_on=RECEIVED)
    seen: Counter[tuple[str, str]] = Counter()
    for days in range(-6, 15):
        seen.update(reminded_on(DUE + timedelta(days=days)))
    assert seen == {
        ("before", "Intake officer"): 1,
        ("on_the_day", "Intake officer"): 1,
        ("after", "Intake officer"): 1,
        ("escalation", "Authority decision-maker"): 1,
    }


def test_an_answer_that_stays_out_is_raised_with_the_lead_on_a_page_that_they_can_open(
    responder: Membership, lead_investigator: Membership
) -> None:
    obligation = an_obligation(published_on=RECEIVED)
    due = Deadline.objects.get(rule_code="response").due_on
    assert due is not None
    assert reminded_on(due) == [("on_the_day", "Responder")]
    assert reminded_on(due + timedelta(days=7)) == [("escalation", "Lead investigator")]
    reference = obligation.recommendation.complaint.reference
    for person, place in (
        (responder, "/respond/"),
        (lead_investigator, f"/casework/cases/{reference}/answers"),
    ):
        message = Reminder.objects.get(recipient=person).message
        assert f"{settings.BASE_URL}{place}\n" in message.body
        assert signed_in_as(Client(), person).get(place).status_code == 200


def test_a_clock_that_cannot_be_reminded_of_keeps_no_other_waiting(
    intake_officer: Membership, caplog: pytest.LogCaptureFixture
) -> None:
    broken, other = a_registered_complaint(received_on=RECEIVED), a_registered_complaint()
    Deadline.objects.filter(case_key=broken.key).update(case_key="nobody's")
    Deadline.objects.filter(case_key=other.key).update(due_on=DUE)
    assert reminded_on(DUE) == [("on_the_day", "Intake officer")]
    assert "is reminded of again in a minute" in caplog.text


def test_a_worker_that_was_away_sends_what_is_true_now(
    intake_officer: Membership, hmicfrs_decision_maker: Membership
) -> None:
    a_registered_complaint(received_on=RECEIVED)
    assert reminded_on(DUE + timedelta(days=2)) == [("after", "Intake officer")]


def test_a_met_deadline_is_not_reminded_of(intake_officer: Membership) -> None:
    complaint = a_registered_complaint(received_on=RECEIVED)
    acknowledgement.acknowledge(complaint, text="We have it.", way="By post", by=intake_officer)
    assert reminded_on(DUE) == []


def test_a_moved_due_date_is_reminded_of_anew(intake_officer: Membership) -> None:
    a_registered_complaint(received_on=RECEIVED)
    assert reminded_on(DUE) == [("on_the_day", "Intake officer")]
    Deadline.objects.filter(due_on=DUE).update(due_on=DUE + timedelta(days=3))
    assert reminded_on(DUE + timedelta(days=3)) == [("on_the_day", "Intake officer")]


@pytest.mark.parametrize("due_on", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_day_is_the_london_day_when_the_clocks_change(
    due_on: date, intake_officer: Membership
) -> None:
    a_registered_complaint(received_on=RECEIVED)
    Deadline.objects.update(due_on=due_on)
    stages = []
    for hour in range(-30, 30):
        with time_machine.travel(f"{due_on}T00:00:00+00:00", tick=False) as clock:
            clock.shift(timedelta(hours=hour))
            remind_all()
            stages.append(Reminder.objects.filter(stage="on_the_day").count())
    assert stages[-1] == 1


def test_what_is_raised_with_the_lead_reaches_who_decides_once_the_lead_is_gone(
    administrator: Membership,
) -> None:
    investigation = an_open_investigation()
    lead, key = investigation.lead, investigation.complaint.key
    assert list(leads(key, "")) == [lead]
    deactivate(lead.user, reason="Left.", by=administrator)
    assert list(leads(key, "")) == [play("hmicfrs_decision_maker")]


def test_the_stages_leave_no_day_out_and_none_twice() -> None:
    for days in range(-3, 60):
        rows = [
            row
            for row in STAGES
            if row.first_day <= days and (row.last_day is None or days <= row.last_day)
        ]
        assert len(rows) == 1
        assert stage_on(DUE + timedelta(days=days), DUE) == rows[0]
    assert stage_on(DUE - timedelta(days=4), DUE) is None
