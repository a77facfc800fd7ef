"""What needs me is asked of what is stored now, though the query itself is put together once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import statements
from accounts.models import Membership
from accounts.roles import Role
from accounts.services.people import change_roles, deactivate, end_membership
from accounts.services.walls import lift_wall, raise_wall
from complaints.services.eligibility import record_view
from complaints.states import CaseStatus, Ground
from deadlines.strip import ClockLine
from desk.cases import SORTS, first_listed
from desk.glance import coming, today
from desk.pending import SOURCES, of_cases, pending
from tests.builders.accounts import a_membership, signed_in_as
from tests.builders.complaints import a_registered_complaint, with_views
from tests.builders.investigations import an_open_investigation
from tests.cast import PARTS, play

WALKED = (a_registered_complaint, an_open_investigation)

OF_CASES = tuple(place for place, source in enumerate(SOURCES) if not source.about)


def asked(membership: Membership) -> list[str]:
    """What waits for a membership, as it is read anew at each request."""
    read = Membership.objects.select_related("user", "organisation").get(pk=membership.pk)
    return [f"{work.verb}: {work.reference}" for work in pending(read)]


@pytest.mark.django_db
@pytest.mark.parametrize("who", PARTS)
def test_what_is_kept_of_a_query_holds_no_row_and_no_clock(who: str) -> None:
    a_registered_complaint()
    someone = Membership.objects.select_related("user", "organisation").get(pk=play(who).pk)
    now = put_together(someone)  # The number of a content type is asked once in a process.
    later = time_machine.travel(timezone.now() + timedelta(days=800))
    with CaptureQueriesContext(connection) as asked_of_the_database, later:
        assert put_together(someone) == now
    assert list(asked_of_the_database) == []


def put_together(someone: Membership) -> list[tuple[str, Any]]:
    """The kept queries of the home page and the case list, put together anew."""
    statements._put_together.cache_clear()
    queries = [statements.statement(of_cases, someone, *OF_CASES)]
    lists = [
        statements.statement(first_listed, someone, status, sort)
        for status in ("", CaseStatus.SUBMITTED)
        for sort in SORTS
    ]
    kept = [*queries, statements.statement(coming, someone), *lists]
    return [(one.kept.sql, one.kept.parameters) for one in kept]


@pytest.mark.django_db
def test_a_wall_hides_a_case_from_the_next_list_of_what_needs_me(
    intake_officer: Membership, administrator: Membership
) -> None:
    case = a_registered_complaint()
    work = f"Acknowledge super-complaint: {case.reference}"
    assert work in asked(intake_officer)
    person = intake_officer.user
    raise_wall(case, person=person, reason="They know the body.", by=administrator)
    assert asked(intake_officer) == []
    lift_wall(case, person=person, reason="They do not.", by=administrator)
    assert work in asked(intake_officer)


@pytest.mark.django_db
def test_a_role_that_is_taken_away_takes_its_work_along(
    intake_officer: Membership, administrator: Membership
) -> None:
    case = a_registered_complaint()
    assert f"Acknowledge super-complaint: {case.reference}" in asked(intake_officer)
    change_roles(intake_officer, roles=[Role.LEGAL_ADVISER], by=administrator)
    assert asked(intake_officer) == []


@pytest.mark.django_db
def test_a_role_that_reaches_less_is_shown_no_dates_of_what_it_reaches_no_more(
    auditor: Membership, administrator: Membership
) -> None:
    a_registered_complaint()
    assert [clock.name for clock in dates_coming(auditor)] != []
    change_roles(auditor, roles=[Role.LEGAL_ADVISER], by=administrator)
    assert dates_coming(auditor) == []


def dates_coming(membership: Membership) -> list[ClockLine]:
    """The next dates that a membership is shown, as it is read anew at each request."""
    read = Membership.objects.select_related("user", "organisation").get(pk=membership.pk)
    return list(today([], read)["coming"])


@pytest.mark.django_db
def test_only_who_receives_is_asked_to_decide_and_only_while_all_hold_the_same(
    decision_makers: dict[str, Membership],
) -> None:
    case = with_views(a_registered_complaint())
    work = f"Record the eligibility decision: {case.reference}"
    assert {who for who, by in decision_makers.items() if work in asked(by)} == {"hmicfrs"}
    earlier, later = (an_open_investigation().complaint for _ in range(2))
    no, same = {"eligible": False, "reasons": "So."}, Ground.REPEATS_LIVE
    views: tuple[dict[str, Any], ...] = (
        {**no, "ground": Ground.CONTENT},
        {**no, "ground": same, "repeats": earlier},
        {**no, "ground": same, "repeats": later},
    )
    for slug, view in zip(decision_makers, views, strict=True):
        record_view(case, **view, by=decision_makers[slug], version=1)
        assert work not in asked(decision_makers["hmicfrs"])
    for slug in ("hmicfrs", "college"):
        record_view(case, **views[1], by=decision_makers[slug], version=2)
    assert work in asked(decision_makers["hmicfrs"])


@pytest.mark.django_db
@pytest.mark.parametrize("parting", ["deactivated", "membership ended", "role taken", "walled off"])
def test_whoever_may_is_asked_to_name_a_lead_when_the_lead_is_gone(
    parting: str, client: Client, administrator: Membership
) -> None:
    investigation = an_open_investigation()
    lead, case = investigation.lead, investigation.complaint
    may_name = play("iopc_decision_maker")
    work = f"Name a lead: {case.reference}"
    assert work not in asked(may_name)
    partings: dict[str, Callable[[], object]] = {
        "deactivated": lambda: deactivate(lead.user, reason="Left.", by=administrator),
        "membership ended": lambda: end_membership(lead, by=administrator),
        "role taken": lambda: change_roles(lead, roles=[Role.INVESTIGATOR], by=administrator),
        "walled off": lambda: raise_wall(case, person=lead.user, reason="x", by=administrator),
    }
    partings[parting]()
    assert work in asked(may_name)
    assert work not in asked(play("investigator"))
    team_page = reverse("investigations:team", args=[case.reference])
    name_at = reverse("investigations:change_lead", args=[case.reference])
    page = signed_in_as(client, may_name).get(team_page).content.decode()
    assert "Nobody leads this case." in page
    assert "Leads this case" not in page
    assert f'href="{name_at}">Name a lead</a>' in page
    second = a_membership(Role.LEAD_INVESTIGATOR, at="hmicfrs", name="Second Lead")
    client.post(name_at, {"lead": second.pk})
    assert work not in asked(may_name)
    assert "The lead investigator is Second Lead." in client.get(team_page).content.decode()
