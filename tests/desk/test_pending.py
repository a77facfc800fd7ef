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
from clock.london import london_today
from complaints.models import Complaint
from complaints.services.eligibility import record_view
from complaints.states import CaseStatus, Ground
from deadlines.strip import ClockLine
from desk.cases import SORTS, first_listed
from desk.glance import coming, today
from desk.pending import SOURCES, of_cases, pending
from documents.services.scanning import scan
from investigations.services import evidence
from publication.models import Release
from publication.services import corrections, holds
from publication.services import release as release_verbs
from publication.services import report as report_verbs
from publication.services.responses import publish_response
from recommendations.models import Obligation
from recommendations.services.responses import close_obligation
from tests.builders.accounts import a_membership, signed_in_as
from tests.builders.complaints import a_registered_complaint, with_views
from tests.builders.investigations import an_evidence_item, an_open_investigation
from tests.builders.publication import (
    a_published_case,
    a_report_in_sign_off,
    a_sealed_report,
    armed,
    in_seconds,
    prepared,
    sealed,
    signed_off,
)
from tests.builders.recommendations import answered
from tests.cast import PARTS, play
from tests.house.machines import machines_of_the_house

WALKED = (a_registered_complaint, an_open_investigation, a_sealed_report)

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


# What each step of the tables waits for: the query that lists it, or why nobody is asked for it.
WAITED_FOR: dict[tuple[str, str], str] = {
    ("super-complaint", "submit"): "the portal lists a body’s drafts",
    ("super-complaint", "register"): "no case stands before it",
    ("super-complaint", "accept"): "to_decide",
    ("super-complaint", "decline"): "to_decide",
    ("super-complaint", "reopen_eligibility"): "a choice",
    ("super-complaint", "open_investigation"): "to_open",
    ("super-complaint", "begin_report"): "to_begin_report",
    ("super-complaint", "send_back"): "a choice",
    ("super-complaint", "seal"): "to_seal",
    ("super-complaint", "unseal"): "a choice",
    ("super-complaint", "close"): "to_close",
    ("super-complaint", "withdraw"): "to_let_go",
    ("evidence item", "screen"): "to_screen",
    ("evidence item", "set_aside"): "a choice",
    ("evidence item", "rely_on_again"): "a choice",
    ("evidence item", "supersede"): "a choice",
    ("finding", "propose"): "a draft is with whoever writes it",
    ("finding", "return_to_draft"): "a choice",
    ("finding", "agree"): "to_agree",
    ("finding", "reopen"): "a choice",
    ("report", "propose"): "to_hand_in",
    ("report", "send_back"): "a choice",
    ("report", "seal"): "to_seal",
    ("report", "unseal"): "a choice",
    ("recommendation", "issue"): "the service takes it at publication",
    ("response", "approve"): "the list of recommendations to answer says so",
    ("response", "return_to_draft"): "a choice",
    ("response", "submit"): "the list of recommendations to answer says so",
    ("response", "publish"): "to_publish_answers",
    ("obligation", "answer"): "the list of recommendations to answer says so",
    ("obligation", "close"): "to_close_obligations",
}


def test_each_step_of_the_tables_is_listed_for_somebody_or_says_why_not() -> None:
    steps = {(machine.name, row.name) for machine in machines_of_the_house() for row in machine}
    assert set(WAITED_FOR) == steps
    listed = {getattr(one.rows, "__name__", "") for one in SOURCES}
    queries = {named for named in WAITED_FOR.values() if named.startswith("to_")}
    assert queries - listed == set()


def verbs_for(who: str, case: Complaint) -> set[str]:
    """What waits for a part of the cast in one case."""
    return {
        work.partition(": ")[0] for work in asked(play(who)) if work.endswith(f": {case.reference}")
    }


@pytest.mark.django_db
def test_an_overdue_report_on_progress_stands_under_overdue() -> None:
    case = an_open_investigation().complaint
    assert verbs_for("lead_investigator", case) == set()
    lead = Membership.objects.get(pk=play("lead_investigator").pk)
    with time_machine.travel(timezone.now() + timedelta(days=81)):
        listed = today(pending(lead), lead)["groups"]
    assert listed[0]["title"] == "Overdue"
    late = next(one for one in listed[0]["work"] if one.reference == case.reference)
    last_day = london_today() + timedelta(days=55)
    assert (late.verb, late.due_on) == ("Send a progress report", last_day)


@pytest.mark.django_db
def test_evidence_waits_to_be_screened_once_its_file_opens() -> None:
    item = an_evidence_item(an_open_investigation())
    case = item.investigation.complaint
    assert verbs_for("investigator", case) == set()
    scan(item.file_id)
    item.refresh_from_db()
    assert verbs_for("investigator", case) == {"Screen evidence"}
    evidence.screen(item, note="Nothing to hide.", by=play("investigator"))
    assert verbs_for("investigator", case) == set()


@pytest.mark.django_db
def test_a_report_waits_for_somebody_from_its_draft_to_the_body() -> None:
    report = a_report_in_sign_off()
    case = report.complaint
    assert "Sign off the report" in verbs_for("iopc_decision_maker", case)
    assert verbs_for("lead_investigator", case) == set()
    report_verbs.send_back(report, reason="Too long.", by=play("iopc_decision_maker"))
    finish = "Finish the report and hand it in for sign-off"
    assert verbs_for("investigator", case) == {finish}
    signed_off(report_verbs.propose(report, by=play("investigator")))
    assert verbs_for("lead_investigator", case) == {"Seal the report"}
    release = sealed(report)
    the_time = {"Set the time of publication"}
    assert verbs_for("lead_investigator", case) == the_time
    assert verbs_for("press_officer", case) == the_time
    release = armed(release)
    assert verbs_for("lead_investigator", case) == set()
    assert verbs_for("press_officer", case) == {"Send the report to the body"}
    kept = holds.hold(release, reason="A leak.", by=play("press_officer"))
    holds.lift(kept, by=play("press_officer"))
    assert verbs_for("press_officer", case) == set()
    lift = "Lift the hold, as the second person"
    assert lift in verbs_for("second_press_officer", case)
    holds.lift(kept, by=play("second_press_officer"))
    release_verbs.send_to_body(release, by=play("press_officer"))
    assert verbs_for("press_officer", case) == set()
    assert lift not in verbs_for("second_press_officer", case)


@pytest.mark.django_db
def test_an_instant_that_passed_without_its_approvals_waits_for_another() -> None:
    release = prepared(a_sealed_report())
    assert verbs_for("lead_investigator", release.complaint) == set()
    Release.objects.filter(pk=release.pk).update(release_at=in_seconds(-60))
    late = {"Set the time of publication"}
    assert verbs_for("lead_investigator", release.complaint) == late


@pytest.mark.django_db
def test_an_answer_waits_to_be_published_and_closed_and_then_the_case() -> None:
    case = a_published_case()
    owed = Obligation.objects.get(recommendation__complaint=case)
    assert verbs_for("lead_investigator", case) == set()
    answered(owed)
    assert verbs_for("lead_investigator", case) == {"Publish an addressee’s answer"}
    publish_response(owed.responses.get(), by=play("lead_investigator"))
    assert verbs_for("lead_investigator", case) == {"Close what was answered"}
    close_obligation(owed, reason="Seen on a visit.", by=play("lead_investigator"))
    assert verbs_for("lead_investigator", case) == {"Close the case"}


@pytest.mark.django_db
def test_a_withdrawal_waits_for_a_second_person() -> None:
    case = a_published_case()
    release = Release.objects.get(complaint=case)
    corrections.withdraw(release, reason="It names somebody.", by=play("press_officer"))
    confirm = {"Confirm the withdrawal, as the second person"}
    assert not confirm & verbs_for("press_officer", case)
    assert confirm <= verbs_for("second_press_officer", case)
