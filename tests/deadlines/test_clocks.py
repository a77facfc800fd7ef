"""Clocks start, are met and are dated anew as the acts of a case happen."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from accounts.models import Membership
from audit.models import AuditEntry
from complaints.models import Complaint
from complaints.services import withdrawal
from deadlines.events import DeadlineEvent
from deadlines.explained import explained
from deadlines.models import Deadline, HolidayYear
from deadlines.receipts import acknowledge_by
from deadlines.rules import rule_named
from deadlines.services import clocks, holidays, rule_settings
from deadlines.services.computing import length_in_force
from deadlines.states import DeadlineState
from deadlines.strip import lines
from deadlines.templatetags.clocks import running_clocks
from investigations.services import progress
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import (
    a_registered_complaint,
    an_acknowledged_complaint,
    an_eligible_complaint,
)
from tests.builders.investigations import an_open_investigation
from tests.cast import play

pytestmark = pytest.mark.django_db

# Half past midnight on 2 July in London.
SUMMER_NIGHT = datetime(2027, 7, 1, 23, 30, tzinfo=UTC)
DAYS_SEEN = ((8, 31), (9, 1), (9, 5), (9, 7), (9, 8))


def clock_of(complaint: Complaint, rule_code: str = "acknowledge-receipt") -> Deadline:
    return Deadline.objects.get(case_key=complaint.key, rule_code=rule_code)


def withdraw(complaint: Complaint) -> None:
    withdrawal.withdraw(
        complaint,
        reason="The body asked for it in a letter.",
        asked_for_by_body=True,
        by=play("intake_officer"),
    )


def test_receipt_starts_the_clock_on_the_day_of_receipt() -> None:
    complaint = a_registered_complaint(received_on=date(2018, 12, 18))
    clock = clock_of(complaint)
    assert clock.starts_on == date(2018, 12, 18)
    assert clock.due_on == date(2018, 12, 24)
    assert clock.law == "SI 2018/748 reg. 5"
    assert clock.case_reference == complaint.reference


def test_acknowledging_meets_the_clock_and_says_how_late() -> None:
    complaint = an_acknowledged_complaint()
    clock = clock_of(complaint)
    assert clock.state == DeadlineState.MET
    assert clock.met_on is not None


def test_eligibility_starts_the_clock_of_progress_reports() -> None:
    complaint = an_eligible_complaint()
    clock = clock_of(complaint, "progress-report")
    assert clock.due_on is not None
    assert (clock.due_on - clock.starts_on).days == 55


def test_a_progress_report_sent_on_the_very_day_meets_its_clock_and_starts_the_next() -> None:
    investigation = an_open_investigation()
    report = progress.write(investigation, text="We began.", by=play("lead_investigator"))
    progress.send(report, by=play("lead_investigator"))
    first, second = Deadline.objects.filter(
        case_key=investigation.chain, rule_code="progress-report"
    ).order_by("number")
    assert first.state == DeadlineState.MET
    assert second.state == DeadlineState.OPEN
    assert second.due_on is not None
    assert (second.due_on - second.starts_on).days == 55


def test_a_report_sent_on_a_summer_night_counts_on_its_london_day() -> None:
    investigation = an_open_investigation()
    report = progress.write(investigation, text="We began.", by=play("lead_investigator"))
    with time_machine.travel(SUMMER_NIGHT, tick=False):
        progress.send(report, by=play("lead_investigator"))
    met, running = Deadline.objects.filter(
        case_key=investigation.chain, rule_code="progress-report"
    ).order_by("number")
    assert met.met_on == running.starts_on == date(2027, 7, 2)


def test_a_one_off_holiday_moves_a_running_clock_and_keeps_what_moved(
    administrator: Membership,
) -> None:
    complaint = a_registered_complaint(received_on=date(2026, 11, 17))
    clock = clock_of(complaint)
    assert clock.due_on == date(2026, 11, 23)
    holidays.add_holiday(
        day=date(2026, 11, 20), name="One-off", source="A proclamation", by=administrator
    )
    clock.refresh_from_db()
    assert clock.due_on == date(2026, 11, 24)
    move = clock.moves.get()
    assert (move.due_before, move.due_after) == (date(2026, 11, 23), date(2026, 11, 24))
    assert AuditEntry.objects.filter(
        chain=complaint.key, event=DeadlineEvent.DEADLINE_MOVED
    ).exists()


def test_a_met_clock_does_not_move(administrator: Membership) -> None:
    complaint = an_acknowledged_complaint()
    before = clock_of(complaint)
    assert before.due_on is not None
    holidays.add_holiday(
        day=before.starts_on, name="One-off", source="A proclamation", by=administrator
    )
    assert clock_of(complaint).due_on == before.due_on


def test_the_working_of_a_met_clock_still_ends_on_its_due_date(administrator: Membership) -> None:
    complaint = a_registered_complaint(received_on=date(2026, 11, 17))
    clocks.meet(case_key=complaint.key, rule_code="acknowledge-receipt", on=date(2026, 11, 17))
    holidays.add_holiday(
        day=date(2026, 11, 20), name="One-off", source="A proclamation", by=administrator
    )
    told = explained(clock_of(complaint))
    assert told is not None
    assert told.counted[-1] == clock_of(complaint).due_on == date(2026, 11, 23)
    assert acknowledge_by(complaint.key).working[-1].day == date(2026, 11, 23)


def test_a_missing_year_alerts_once_however_often_clocks_are_dated_anew(
    administrator: Membership,
) -> None:
    HolidayYear.objects.filter(year=2026).delete()
    a_registered_complaint(received_on=date(2026, 11, 17))
    holidays.add_holiday(
        day=date(2026, 11, 20), name="One-off", source="A proclamation", by=administrator
    )
    alerts = AuditEntry.objects.filter(event=DeadlineEvent.DEADLINE_NOT_COMPUTABLE)
    assert alerts.count() == 1


def test_a_year_without_holidays_is_not_computable_and_the_act_goes_on(
    client: Client,
    administrator: Membership,
) -> None:
    HolidayYear.objects.filter(year=2026).delete()
    complaint = a_registered_complaint(received_on=date(2026, 11, 17))
    clock = clock_of(complaint)
    assert complaint.reference
    assert (clock.state, clock.due_on) == (DeadlineState.NOT_COMPUTABLE, None)
    assert clock.not_computable_because == "The bank holidays of 2026 are not on record."
    page = signed_in_as(client, play("intake_officer")).get(f"/casework/deadlines/{clock.pk}")
    assert "The bank holidays of 2026 are not on record.</p>" in page.content.decode()
    assert AuditEntry.objects.filter(event=DeadlineEvent.DEADLINE_NOT_COMPUTABLE).exists()
    holidays.add_year(year=2026, source="The official list", by=administrator)
    clock.refresh_from_db()
    assert (clock.state, clock.due_on) == (DeadlineState.OPEN, date(2026, 11, 23))


def test_an_unconfirmed_length_is_changed_with_a_reason_from_a_day_on(
    administrator: Membership,
) -> None:
    rule_settings.change_length(
        rule_named("progress-report"),
        length=28,
        effective_from=date(2018, 1, 1),
        reason="The regulation was read",
        by=administrator,
    )
    clock = clock_of(an_eligible_complaint(), "progress-report")
    assert clock.due_on is not None
    assert (clock.due_on - clock.starts_on).days == 27


def test_of_several_settings_the_one_that_stood_on_the_first_day_counts(
    administrator: Membership,
) -> None:
    rule = rule_named("progress-report")
    march, june = date(2026, 3, 1), date(2026, 6, 1)
    for length, effective_from in ((49, june), (42, june), (28, march)):
        rule_settings.change_length(
            rule,
            length=length,
            effective_from=effective_from,
            reason="The regulation was read",
            by=administrator,
        )
    days = (date(2026, 2, 28), march, date(2026, 5, 31), june)
    assert [length_in_force(rule, day) for day in days] == [56, 28, 28, 42]


@pytest.mark.parametrize(
    ("reached", "rule_code"),
    [(a_registered_complaint, "acknowledge-receipt"), (an_eligible_complaint, "progress-report")],
)
def test_a_withdrawal_ends_what_still_runs_without_its_being_met(
    reached: Callable[[], Complaint], rule_code: str
) -> None:
    complaint = reached()
    withdraw(complaint)
    clock = clock_of(complaint, rule_code)
    assert (clock.state, clock.met_on) == (DeadlineState.ENDED, None)
    assert not Deadline.objects.unmet().filter(case_key=complaint.key).exists()


def test_a_withdrawal_leaves_a_met_clock_met() -> None:
    complaint = an_acknowledged_complaint()
    withdraw(complaint)
    assert clock_of(complaint).state == DeadlineState.MET


def test_a_length_that_stands_in_law_is_not_a_setting(administrator: Membership) -> None:
    with pytest.raises(rule_settings.LengthIsLawError, match=r"reg\. 5"):
        rule_settings.change_length(
            rule_named("acknowledge-receipt"),
            length=10,
            effective_from=date(2018, 1, 1),
            reason="Too short",
            by=administrator,
        )


def test_a_running_clock_says_which_day_of_its_period_it_is() -> None:
    """Received on a Saturday before a bank holiday: the days between do not count."""
    clock = clock_of(a_registered_complaint(received_on=date(2026, 8, 29)))
    said = {day: lines([clock], today=date(2026, *day))[0].day for day in DAYS_SEEN}
    assert said == {
        (8, 31): "Day 1 of 5 is still to come",
        (9, 1): "Day 1 of 5",
        (9, 5): "Day 4 of 5",
        (9, 7): "Day 5 of 5",
        (9, 8): "",
    }


def test_clocks_by_urgency_begin_with_what_needs_somebody() -> None:
    later = a_registered_complaint()
    overdue = a_registered_complaint(received_on=date(2018, 12, 18))
    HolidayYear.objects.filter(year=2019).delete()
    stuck = a_registered_complaint(received_on=date(2019, 3, 19))
    conditional = clock_of(a_registered_complaint())
    Deadline.objects.filter(pk=conditional.pk).update(due_on=None, condition="Once it is done")
    found = list(Deadline.objects.unmet().by_urgency())
    expected = [clock_of(each) for each in (stuck, overdue, later)]
    assert found == [*expected, conditional]
    officer = play("intake_officer")
    assert [line.reference for line in running_clocks(officer)["lines"]] == [
        clock.case_reference for clock in found
    ]
