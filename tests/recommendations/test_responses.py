"""An addressee answers what is addressed to it: drafted, approved, submitted; others close it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.models import Membership
from accounts.roles import Role
from accounts.services.people import end_membership
from accounts.veiled import veiled
from deadlines.models import Deadline
from deadlines.states import DeadlineState
from drafting.errors import VersionConflictError
from recommendations.models import Obligation, Response
from recommendations.services import responses
from recommendations.states import Branch, ObligationStatus, Position, ResponseStatus
from tests.builders.accounts import a_membership, signed_in_as
from tests.builders.recommendations import an_obligation
from tests.cast import play
from workflow.errors import ActRefusedError, TransitionRefusedError

pytestmark = pytest.mark.django_db
WALKED = (an_obligation,)

PUBLISHED = date(2020, 12, 17)
SAID: dict[str, Any] = {
    "branch": Branch.ACTION,
    "position": Position.ACCEPTED,
    "account": "We stopped on 1 January and trained every officer.",
}


def an_answer(obligation: Obligation) -> Response:
    return responses.draft_response(obligation, **SAID, by=play("responder"))


def a_submitted_answer() -> Response:
    answer = an_answer(an_obligation(published_on=PUBLISHED))
    approver = play("response_approver")
    responses.approve_response(answer, version=answer.version, by=approver)
    return responses.submit_response(answer, by=approver)


def test_publication_opens_the_clock_of_the_answer_with_its_law() -> None:
    obligation = an_obligation(published_on=PUBLISHED)
    clock = Deadline.objects.get(subject=f"recommendations.obligation:{obligation.pk}")
    assert clock.due_on == date(2021, 2, 10)
    assert clock.law == "Police Act 1996 s.55(5A)"
    assert clock.starts_on == PUBLISHED


def test_a_submitted_answer_meets_the_clock_and_marks_it_answered() -> None:
    answer = a_submitted_answer()
    obligation = Obligation.objects.get(pk=answer.obligation_id)
    assert (answer.status, obligation.status) == (
        ResponseStatus.SUBMITTED,
        ObligationStatus.ANSWERED,
    )
    clock = Deadline.objects.get(subject=f"recommendations.obligation:{obligation.pk}")
    assert clock.state == DeadlineState.MET


def test_what_is_closed_on_a_summer_night_meets_its_clock_on_its_london_day() -> None:
    obligation = an_obligation()
    with time_machine.travel(datetime(2027, 7, 1, 23, 30, tzinfo=UTC), tick=False):
        responses.close_obligation(obligation, reason="Verified", by=play("lead_investigator"))
    clock = Deadline.objects.get(subject=f"recommendations.obligation:{obligation.pk}")
    assert clock.met_on == date(2027, 7, 2)


def test_a_responder_drafts_but_does_not_approve() -> None:
    answer = an_answer(an_obligation())
    with pytest.raises(PermissionDenied):
        responses.approve_response(answer, version=answer.version, by=play("responder"))


def test_what_is_not_approved_is_not_submitted() -> None:
    answer = an_answer(an_obligation())
    with pytest.raises(TransitionRefusedError):
        responses.submit_response(answer, by=play("response_approver"))


def test_a_change_after_approval_needs_approval_again() -> None:
    answer = an_answer(an_obligation())
    responses.approve_response(answer, version=answer.version, by=play("response_approver"))
    answer.refresh_from_db()
    changed = responses.change_response(
        answer, **{**SAID, "account": "We will."}, version=answer.version, by=play("responder")
    )
    assert changed.status == ResponseStatus.DRAFT
    assert changed.approved_by is None


def test_approval_is_of_the_version_that_was_read() -> None:
    answer = an_answer(an_obligation())
    read = answer.version
    responses.change_response(answer, **SAID, version=read, by=play("responder"))
    with pytest.raises(VersionConflictError):
        responses.approve_response(answer, version=read, by=play("response_approver"))


def test_another_force_finds_nothing_to_answer() -> None:
    obligation = an_obligation()
    with pytest.raises(PermissionDenied):
        responses.draft_response(obligation, **SAID, by=play("other_force_responder"))


def test_the_lead_closes_with_a_reason_and_the_addressee_never_does() -> None:
    answer = a_submitted_answer()
    obligation = Obligation.objects.get(pk=answer.obligation_id)
    with pytest.raises(PermissionDenied):
        responses.close_obligation(obligation, reason="Done", by=play("response_approver"))
    with pytest.raises(ActRefusedError, match="Enter the reason"):
        responses.close_obligation(obligation, reason="  ", by=play("lead_investigator"))
    responses.close_obligation(obligation, reason="Verified on visit", by=play("lead_investigator"))
    obligation.refresh_from_db()
    assert obligation.status == ObligationStatus.CLOSED


def test_whoever_is_of_the_addressee_too_or_wrote_its_answer_leaves_the_closing_to_another(
    client: Client, lead_investigator: Membership
) -> None:
    obligation = an_obligation()
    address = f"/casework/cases/{obligation.case_reference}/answers/{veiled(obligation.pk)}"
    browse = signed_in_as(client, lead_investigator)
    assert "Reason for closing" in browse.get(address).content.decode()
    also = a_membership(Role.RESPONSE_APPROVER, at="norfolk", user=lead_investigator.user)
    refused_for(browse, address, "You are a member of Norfolk Constabulary")
    answer = an_answer(obligation)
    responses.approve_response(answer, version=answer.version, by=also)
    end_membership(also, by=play("administrator"))
    refused_for(browse, address, "You drafted, approved or submitted an answer of Norfolk")


def refused_for(browse: Client, address: str, why: str) -> None:
    """The page says why in place of its form, and what is sent all the same closes nothing."""
    for page in (browse.get(address), browse.post(address, {"reason": "Done."})):
        shown = page.content.decode()
        assert why in shown
        assert "Ask another lead investigator" in shown
        assert "Reason for closing" not in shown
    assert Obligation.objects.get().status == ObligationStatus.OPEN


def test_the_case_team_sees_an_answer_only_once_it_is_submitted(
    client: Client, lead_investigator: Membership
) -> None:
    obligation = an_obligation(published_on=PUBLISHED)
    answer = an_answer(obligation)
    address = f"/casework/cases/{obligation.case_reference}/answers/{veiled(obligation.pk)}"
    browse = signed_in_as(client, lead_investigator)
    assert answer.account not in browse.get(address).content.decode()
    approver = play("response_approver")
    responses.approve_response(answer, version=answer.version, by=approver)
    responses.submit_response(answer, by=approver)
    assert answer.account in browse.get(address).content.decode()


def test_an_addressee_answers_through_its_pages(client: Client) -> None:
    obligation = an_obligation(published_on=PUBLISHED)
    browse = signed_in_as(client, play("response_approver"))
    assert "Wednesday 10 February 2021" in browse.get("/respond/").content.decode()
    there = f"/respond/{veiled(obligation.pk)}"
    assert browse.get(there).status_code == 200
    wrong = browse.post(f"{there}/draft", {"version": 0, "branch": "no_action"})
    assert "Enter what is done or planned, or why nothing is." in wrong.content.decode()
    typed = {"version": 0, "branch": "action", "position": "accepted", "account": "Done."}
    assert browse.post(f"{there}/draft", typed).headers["Location"] == f"{there}/check"
    answer = obligation.responses.get()
    browse.post(f"{there}/approve", {"version": answer.version})
    browse.post(f"{there}/submit")
    answer.refresh_from_db()
    assert answer.status == ResponseStatus.SUBMITTED
    assert "submitted at" in browse.get(there).content.decode()


def test_two_who_edit_both_find_their_text(client: Client) -> None:
    obligation = an_obligation()
    answer = an_answer(obligation)
    responses.change_response(
        answer, **{**SAID, "account": "Theirs."}, version=answer.version, by=play("responder")
    )
    browse = signed_in_as(client, play("response_approver"))
    typed = {"version": 1, "branch": "action", "position": "accepted", "account": "Mine."}
    page = browse.post(f"/respond/{veiled(obligation.pk)}/draft", typed)
    assert page.status_code == 409
    assert "Theirs." in page.content.decode()
    assert "Mine." in page.content.decode()
    # Whoever leaves the page and comes back finds what they typed, and that it is not saved.
    again = browse.get(f"/respond/{veiled(obligation.pk)}/draft").content.decode()
    assert "Mine." in again
    assert "have not saved" in again


@pytest.mark.parametrize("who", ["other_force_responder", "submitter", "investigator", "stranger"])
@pytest.mark.parametrize("place", ["", "/draft", "/check"])
def test_nobody_else_finds_the_page(client: Client, who: str, place: str) -> None:
    obligation = an_obligation()
    browse = signed_in_as(client, play(who))
    assert browse.get(f"/respond/{veiled(obligation.pk)}{place}").status_code == 404


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_made_up_version_approves_nothing(client: Client, version: str) -> None:
    obligation = an_obligation()
    answer = an_answer(obligation)
    browse = signed_in_as(client, play("response_approver"))
    browse.post(f"/respond/{veiled(obligation.pk)}/approve", {"version": version})
    answer.refresh_from_db()
    assert answer.status == ResponseStatus.DRAFT


def test_the_list_says_what_an_answer_waits_for(client: Client) -> None:
    answer = an_answer(an_obligation())
    approver = play("response_approver")
    signed_in_as(client, approver)
    assert "Answer waits for approval" in client.get("/respond/").content.decode()
    responses.approve_response(answer, version=answer.version, by=approver)
    assert "Answer waits to be submitted" in client.get("/respond/").content.decode()
    responses.submit_response(answer, by=approver)
    page = client.get("/respond/").content.decode()
    assert "Answered" in page
    assert "waits" not in page
