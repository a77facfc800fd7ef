"""An administrator adds holidays and changes what is a setting, each with its reason."""

from datetime import date

import pytest
from django.test import Client

from accounts.models import Membership
from deadlines.models import BankHoliday, HolidayYear, RuleSetting
from tests.builders.accounts import signed_in_as
from tests.cast import play

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
def test_a_year_is_complete_only_once_it_has_holidays(
    client: Client, administrator: Membership
) -> None:
    browse = signed_in_as(client, administrator)
    year = {"year": "2028", "source": "The official list"}
    refused = browse.post("/administration/holidays/year", year).content.decode()
    assert "Add the bank holidays of 2028 first." in refused
    browse.post("/administration/holidays", {**HOLIDAY, "day_year": "2028"})
    browse.post("/administration/holidays/year", year)
    assert HolidayYear.objects.filter(year=2028).exists()


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
    assert "Enter the reason for the change." in browse.post(place, typed).content.decode()
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
    for place in ("holidays", "holidays/year", "periods", "periods/police/progress-report"):
        assert browse.get(f"/administration/{place}").status_code == 404
