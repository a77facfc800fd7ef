"""An administrator adds holidays and changes what is a setting, each with its reason."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import Membership
from audit.models import AuditEntry
from deadlines.events import DeadlineEvent
from deadlines.models import BankHoliday, Deadline, HolidayYear, RuleSetting
from deadlines.services import holidays
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import a_registered_complaint
from tests.cast import play
from workflow.errors import ActRefusedError

RECEIVED = date(2026, 11, 17)
HOLIDAY = {
    "day_day": "20",
    "day_month": "11",
    "day_year": "2026",
    "name": "One-off",
    "source": "A proclamation",
}


@pytest.mark.django_db
def test_a_holiday_is_added_once(client: Client, administrator: Membership) -> None:
    browse = signed_in_as(client, administrator)
    assert browse.post("/administration/holidays", HOLIDAY).status_code == 302
    assert BankHoliday.objects.get(day=date(2026, 11, 20)).added_by == administrator
    again = browse.post("/administration/holidays", HOLIDAY).content.decode()
    assert "That day is on record already: One-off." in again


@pytest.mark.django_db
def test_a_mistyped_holiday_is_withdrawn_with_a_reason_and_dates_move_back(
    client: Client, administrator: Membership
) -> None:
    browse = signed_in_as(client, administrator)
    clock = Deadline.objects.get(case_key=a_registered_complaint(received_on=RECEIVED).key)
    browse.post("/administration/holidays", HOLIDAY)
    typed = BankHoliday.objects.get(day=date(2026, 11, 20))
    place = f"/administration/holidays/{typed.pk}/withdraw"
    assert (
        "Enter the reason for the withdrawal."
        in browse.post(place, {"reason": ""}).content.decode()
    )
    because = {"reason": "It is on 27 November."}
    assert browse.post(place, because).status_code == 302
    clock.refresh_from_db()
    assert clock.due_on == date(2026, 11, 23)
    there_and_back = [(date(2026, 11, 23), date(2026, 11, 24))]
    there_and_back += [(date(2026, 11, 24), date(2026, 11, 23))]
    assert list(clock.moves.values_list("due_before", "due_after")) == there_and_back
    entry = AuditEntry.objects.get(event=DeadlineEvent.HOLIDAY_WITHDRAWN)
    assert (entry.by_user_id, entry.detail["reason"]) == (administrator.user_id, because["reason"])
    assert because["reason"] in browse.get("/administration/holidays").content.decode()
    assert "One-off is withdrawn already." in browse.post(place, because).content.decode()
    assert browse.post("/administration/holidays", HOLIDAY).status_code == 302


@pytest.mark.django_db
def test_a_year_is_complete_only_once_its_holidays_were_read_and_confirmed(
    client: Client, administrator: Membership
) -> None:
    browse = signed_in_as(client, administrator)
    place, year = "/administration/holidays/year", {"year": "2028", "source": "The official list"}
    refused = browse.post(place, year).content.decode()
    assert "Add the bank holidays of 2028 first." in refused
    browse.post("/administration/holidays", {**HOLIDAY, "day_year": "2028"})
    listed = browse.post(place, year).content.decode()
    assert "Monday 20 November 2028: One-off" in listed
    assert "fewer are on record for this one" in listed
    browse.post("/administration/holidays", {**HOLIDAY, "day_day": "21", "day_year": "2028"})
    assert "Tuesday 21 November 2028" in browse.post(place, {**year, "confirmed": "1"}).text
    assert not HolidayYear.objects.filter(year=2028).exists()
    assert 'name="sending"' in listed
    confirmed = {**year, "confirmed": "2", "sending": "a" * 32}
    answers = [browse.post(place, confirmed) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert HolidayYear.objects.filter(year=2028).count() == 1


@pytest.mark.django_db
def test_whoever_comes_second_is_refused_by_the_verb_and_not_by_the_database(
    administrator: Membership,
) -> None:
    told: dict[str, Any] = {"source": "A proclamation", "by": administrator}
    holidays.add_holiday(day=date(2028, 11, 20), name="One-off", **told)
    holidays.add_year(year=2028, **told)
    with pytest.raises(ActRefusedError, match="That day is on record already: One-off"):
        holidays.add_holiday(day=date(2028, 11, 20), name="Two-off", **told)
    with pytest.raises(ActRefusedError, match="2028 is on record already"):
        holidays.add_year(year=2028, **told)


@pytest.mark.django_db
def test_a_length_needs_a_reason_and_is_kept(client: Client, administrator: Membership) -> None:
    browse = signed_in_as(client, administrator)
    place = "/administration/periods/police/progress-report"
    typed = {
        "length": "28",
        "effective_from_day": "1",
        "effective_from_month": "1",
        "effective_from_year": "2026",
    }
    refused = browse.post(place, typed).content.decode()
    assert "Enter the reason for the change." in refused
    assert '<a class="govuk-link" href="/administration/periods">Cancel</a>' in refused
    browse.post(place, {**typed, "reason": "The regulation was read."})
    setting = RuleSetting.objects.get()
    assert (setting.length, setting.by) == (28, administrator)
    assert "28 calendar days" in browse.get("/administration/periods").content.decode()


@pytest.mark.django_db
def test_a_length_that_stands_in_law_has_no_page(client: Client, administrator: Membership) -> None:
    browse = signed_in_as(client, administrator)
    for place in ("police/acknowledge-receipt", "police/no-such", "nowhere/progress-report"):
        assert browse.get(f"/administration/periods/{place}").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["intake_officer", "hmicfrs_decision_maker", "submitter"])
def test_nobody_else_finds_these_pages(client: Client, who: str) -> None:
    browse = signed_in_as(client, play(who))
    for place in (
        "holidays",
        "holidays/1/withdraw",
        "holidays/year",
        "periods",
        "periods/police/progress-report",
    ):
        assert browse.get(f"/administration/{place}").status_code == 404
