"""The case list asks for what is stored now, in its order, and shows each case on one page."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership
from accounts.services.walls import lift_wall, raise_wall
from complaints.models import Complaint
from complaints.stages import STAGES
from complaints.states import CaseStatus
from desk.cases import COUNTED, STATUSES
from desk.paging import ROWS_A_PAGE, Counted
from supercomplaints.tags import TAGS
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import a_registered_complaint, an_acknowledged_complaint, decided

LIST = "/casework/cases"


def references(client: Client, query: str = "") -> list[str]:
    """The references of the rows that one page shows, in order."""
    page = client.get(f"{LIST}{query}").content.decode()
    return re.findall(rf'href="{LIST}/(SC-\d{{4}}-\d{{3}})"', page)


@pytest.mark.django_db
def test_a_wall_hides_a_case_from_the_next_list(
    client: Client, intake_officer: Membership, administrator: Membership
) -> None:
    signed_in_as(client, intake_officer)
    walled, other = a_registered_complaint(), a_registered_complaint()
    assert references(client) == [other.reference, walled.reference]
    person = intake_officer.user
    raise_wall(walled, person=person, reason="They know the body.", by=administrator)
    assert references(client) == [other.reference]
    assert references(client, f"?q={walled.reference}") == []
    lift_wall(walled, person=person, reason="They do not.", by=administrator)
    assert references(client) == [other.reference, walled.reference]


@pytest.mark.django_db
def test_each_case_stands_on_one_page_in_the_order_that_was_asked_for(
    client: Client, intake_officer: Membership
) -> None:
    signed_in_as(client, intake_officer)
    made = {a_registered_complaint().reference for _ in range(ROWS_A_PAGE + 2)}
    for sort, ordered in (("reference", sorted(made)), ("-reference", sorted(made)[::-1])):
        first = references(client, f"?sort={sort}")
        assert first == ordered[:ROWS_A_PAGE]
        assert references(client, f"?sort={sort}&page=2") == ordered[ROWS_A_PAGE:]
    assert f"{len(made)} cases" in client.get(LIST).content.decode()


@pytest.mark.django_db
def test_a_page_beyond_the_last_shows_the_last(client: Client, intake_officer: Membership) -> None:
    signed_in_as(client, intake_officer)
    case = a_registered_complaint()
    for page in ("2", "-1", "last", "9" * 40):
        assert references(client, f"?page={page}") == [case.reference]


@pytest.mark.django_db
def test_a_list_of_one_state_follows_the_cases_through_their_states(
    client: Client, intake_officer: Membership
) -> None:
    signed_in_as(client, intake_officer)
    case = an_acknowledged_complaint()
    assert references(client, f"?status={CaseStatus.SUBMITTED}") == [case.reference]
    decided(case)
    assert references(client, f"?status={CaseStatus.SUBMITTED}") == []
    assert references(client, f"?status={CaseStatus.ELIGIBLE}") == [case.reference]


@pytest.mark.django_db
def test_words_find_a_title_that_holds_them_and_a_reference_that_begins_so(
    client: Client, intake_officer: Membership
) -> None:
    signed_in_as(client, intake_officer)
    percent = a_registered_complaint(title="Half: 50% of stops_and searches").reference
    backslash = a_registered_complaint(title=r"Half: 500 of stops\and \x02 searches").reference
    assert references(client, "?q=half") == [backslash, percent]
    for words, found in {
        "50%25 OF": [percent],
        "s_a": [percent],
        r"s\a": [backslash],
        "%25": [percent],
        "%02": [],
        "%00": [backslash, percent],
        percent.lower(): [percent],
        percent.partition("-")[2]: [],
    }.items():
        assert references(client, f"?q={words}") == found, words
    assert references(client, f"?q=half&status={CaseStatus.CLOSED}") == []


@pytest.mark.django_db
def test_whoever_may_see_no_case_is_shown_none(client: Client, legal_adviser: Membership) -> None:
    a_registered_complaint()
    signed_in_as(client, legal_adviser)
    assert references(client) == []
    assert Complaint.objects.exists()


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0"), (999, "999"), (1000, "more than 999"), (1200, "more than 999")]
)
def test_a_count_is_exact_up_to_its_limit(number: int, words: str) -> None:
    assert str(Counted(number, most=1000)) == words


@pytest.mark.django_db
def test_a_search_is_planned_for_its_words_and_a_list_once(
    client: Client, intake_officer: Membership
) -> None:
    signed_in_as(client, intake_officer)
    a_registered_complaint()
    for query, named in (("", True), ("?q=police", False)):
        references(client, query)
        with CaptureQueriesContext(connection) as asked:
            references(client, query)
        limited = [one["sql"] for one in asked if f"LIMIT {COUNTED}" in one["sql"]]
        assert (limited == []) is named


def test_the_filter_offers_each_state_by_the_words_of_its_tags() -> None:
    offered = {status: words.lower() for status, words in STATUSES}
    unsaid = {
        (row.status, row.tag)
        for row in STAGES
        if TAGS["case"][row.tag].text.lower() not in offered.get(row.status, "draft")
    }
    assert unsaid == set()
