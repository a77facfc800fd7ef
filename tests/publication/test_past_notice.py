"""The page on which a press notice is made of the facts of a case that others published."""

import pytest
from django.test import Client

from desk.history.facts import past_cases
from desk.history.importing import import_history
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import an_eligible_complaint
from tests.cast import play

pytestmark = pytest.mark.django_db

PAGE = "/casework/cases/SC-2018-001/press-notice"
FOURTH = "How the police respond to victims of sexual abuse"


@pytest.fixture
def reader(client: Client) -> Client:
    """A decision-maker, with the history at hand."""
    import_history(past_cases())
    return signed_in_as(client, play("hmicfrs_decision_maker"))


def test_the_notice_of_the_first_report_lists_three_as_at_its_day(reader: Client) -> None:
    page = reader.get(PAGE).content.decode()
    assert "10:00 GMT on Thursday 17 December 2020" in page
    assert "still open on 17 December 2020" in page
    assert FOURTH not in page
    assert "had not been announced by 17 December 2020" in page
    assert "It was received on 18 December 2018." in page
    assert "HMICFRS press office" in page


def test_another_day_lists_what_was_live_then(reader: Client) -> None:
    page = reader.get(f"{PAGE}?as_at_day=1&as_at_month=9&as_at_year=2021").content.decode()
    assert "still open on 1 September 2021" in page
    assert "modern slavery" not in page


def test_the_notice_invents_no_hour_at_which_a_report_was_published(reader: Client) -> None:
    page = reader.get("/casework/cases/SC-2020-163/press-notice").content.decode()
    assert "published on 16 December 2022. The hour is not known to us." in page
    assert "00:00" not in page


def test_a_day_that_does_not_exist_is_named_and_the_day_of_the_report_stands(
    reader: Client,
) -> None:
    page = reader.get(f"{PAGE}?as_at_day=31&as_at_month=2&as_at_year=2021").content.decode()
    assert "There is a problem" in page
    assert "still open on 17 December 2020" in page


def test_the_overview_leads_to_it_and_to_no_page_that_is_not_there(reader: Client) -> None:
    page = reader.get("/casework/cases/SC-2018-001").content.decode()
    assert PAGE in page
    for part in ("cases/SC-2018-001/evidence", "cases/SC-2018-001/report", "publish/SC-2018-001"):
        assert f"/casework/{part}" not in page
    assert "17 December 2020: " in page


def test_no_report_of_the_past_waits_to_be_begun(reader: Client) -> None:
    page = reader.get("/casework/cases/SC-2018-001/report").content.decode()
    assert "No report of this case is held here." in page
    assert "has not been begun" not in page


def test_views_that_others_held_are_not_known_rather_than_missing(reader: Client) -> None:
    page = reader.get("/casework/cases/SC-2018-001/eligibility").content.decode()
    assert page.count("Not known to us") == 3
    assert "No view recorded yet" not in page


def test_a_living_case_has_no_such_page(reader: Client) -> None:
    living = an_eligible_complaint(title="Stops without a record")
    assert reader.get(f"/casework/cases/{living.reference}/press-notice").status_code == 404
