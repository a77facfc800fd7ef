"""The portal, intake and eligibility pages, drawn by a real browser, wide and at 320 px."""

import re

from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.roles import Role
from clock.london import london_today
from complaints.models import Complaint
from complaints.services import (
    contact,
    correspondence,
    drafts,
    eligibility,
    joining,
    reconsidering,
    withdrawal_requests,
)
from complaints.states import Ground
from tests.accessibility.pictures import pictured
from tests.builders.accounts import a_membership
from tests.builders.complaints import (
    a_complete_draft,
    a_draft,
    a_not_eligible_complaint,
    a_regime,
    a_registered_complaint,
    a_submitted_complaint,
    a_withdrawn_complaint,
    an_acknowledged_complaint,
    an_eligible_complaint,
    with_views,
)
from tests.builders.investigations import a_case_under_investigation
from tests.cast import play
from tests.fixtures.browser import BrowseAs, assert_accessible

WALKED = (
    an_acknowledged_complaint,
    an_eligible_complaint,
    a_submitted_complaint,
    a_registered_complaint,
)

PARTS = ("title", "contact", "features", "forces", "harm", "evidence", "earlier")


def visit(page: Page, name: str, *further: object, called: str = "") -> None:
    """Open one page of this room, which must be there, keep its picture and try it."""
    answer = page.goto(reverse(f"complaints:{name}", args=further))
    assert answer, name
    assert answer.status == 200, name
    pictured(page, called or name)
    assert_accessible(page)


def half_agreed() -> Complaint:
    """A complaint of which one authority says yes, one no, and one nothing yet."""
    complaint = an_acknowledged_complaint()
    eligibility.record_view(
        complaint, eligible=True, ground="", reasons="", by=play("iopc_decision_maker")
    )
    eligibility.record_view(
        complaint,
        eligible=False,
        ground=Ground.CONTENT,
        reasons="No evidence is set out.",
        by=play("college_decision_maker"),
    )
    return complaint


def test_the_pages_of_a_draft_are_accessible(browse_as: BrowseAs) -> None:
    page, by = browse_as(play("body_approver")), play("body_approver")
    visit(page, "portal", called="portal-empty")
    visit(page, "new")
    empty, full = a_draft(by=by), a_complete_draft(by=by, files=2)
    visit(page, "portal")
    visit(page, "draft", empty.key)
    for part in PARTS:
        visit(page, "part", full.key, part, called=f"part-{part}")
    visit(page, "check", empty.key, called="check-missing")
    visit(page, "check", full.key)
    visit(page, "before_submitting", full.key)
    visit(page, "submit", full.key)
    visit(page, "people")
    visit(page, "delete_draft", full.key)
    page.get_by_role("button", name="Delete").first.click()
    visit(page, "portal", called="portal-after-deleting")
    visit(page, "restore_draft", full.key)


def test_the_pages_of_a_reviewer_are_accessible(browse_as: BrowseAs) -> None:
    reviewer = a_membership(Role.BODY_REVIEWER, at="cwj")
    full, page = a_complete_draft(files=2), browse_as(reviewer)
    visit(page, "portal", called="reviewer-portal")
    visit(page, "read_draft", full.key)
    visit(page, "tracker", a_submitted_complaint().reference, called="reviewer-tracker")
    page.goto(reverse("notifications:choice"))
    assert_accessible(page)


def test_a_tracker_is_accessible_wherever_the_case_stands(browse_as: BrowseAs) -> None:
    page = browse_as(play("body_approver"))
    submitted = a_submitted_complaint()
    visit(page, "submitted", submitted.reference)
    visit(page, "documents", submitted.reference)
    standing = {
        "registered": a_registered_complaint(),
        "investigating": a_case_under_investigation(),
        "not-eligible": a_not_eligible_complaint(),
        "withdrawn": a_withdrawn_complaint(),
    }
    for where, complaint in standing.items():
        visit(page, "tracker", complaint.reference, called=f"tracker-{where}")


def test_an_error_of_a_part_is_accessible_and_links_to_its_field(browse_as: BrowseAs) -> None:
    draft, page = a_draft(by=play("submitter")), browse_as(play("submitter"))
    page.goto(reverse("complaints:part", args=[draft.key, "features"]))
    page.get_by_label("Yes, I have finished this section").check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_title(re.compile("^Error:"))
    pictured(page, "part-error")
    assert_accessible(page)
    page.get_by_role("link", name="Set out at least one feature of policing.").click()
    expect(page.get_by_label("Feature 1", exact=True)).to_be_focused()


def test_the_conflict_page_shows_both_texts_and_saves_the_combined_one(
    browse_as: BrowseAs,
) -> None:
    draft, page = a_draft(by=play("submitter")), browse_as(play("submitter"), scripts=False)
    page.goto(reverse("complaints:part", args=[draft.key, "harm"]))
    theirs = "Victims do not report.\nThey are afraid."
    drafts.save_harm(draft, harm=theirs, version=0, by=play("body_approver"))
    page.get_by_role("textbox").fill("Victims do not report.\nThe harm is hidden.")
    page.get_by_label("Yes, I have finished this section").check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Somebody else saved this")
    pictured(page, "conflict")
    page.get_by_role("button", name="Save the combined text").click()
    draft.refresh_from_db()
    assert draft.harm.splitlines() == [*theirs.splitlines(), "The harm is hidden."]


def test_the_pages_of_intake_are_accessible(browse_as: BrowseAs) -> None:
    page = browse_as(play("intake_officer"))
    visit(page, "intake", called="intake-empty")
    visit(page, "register")
    complaint, eligible = a_submitted_complaint(), an_eligible_complaint()
    visit(page, "intake")
    visit(page, "acknowledge", complaint.reference)
    page.get_by_role("button", name="Preview the letter").click()
    expect(page.get_by_role("heading", name="The letter as it will be read")).to_be_visible()
    pictured(page, "acknowledge-preview")
    assert_accessible(page)
    visit(page, "letters", eligible.reference)
    visit(page, "withdraw", complaint.reference)


def test_the_pages_of_eligibility_are_accessible(browse_as: BrowseAs) -> None:
    page = browse_as(play("hmicfrs_decision_maker"))
    differing, agreed = half_agreed(), with_views(an_acknowledged_complaint())
    visit(page, "eligibility", differing.reference, called="eligibility-differing")
    visit(page, "view", differing.reference)
    visit(page, "eligibility", agreed.reference)
    visit(page, "decide", agreed.reference)
    decided = a_not_eligible_complaint()
    visit(page, "eligibility", decided.reference, called="eligibility-decided")


def test_the_pages_of_correspondence_are_accessible(browse_as: BrowseAs) -> None:
    complaint, decided = differing_with_a_round(), an_eligible_complaint()
    reference, part = complaint.reference, complaint.part_requests.get().pk
    body = browse_as(play("body_approver"))
    visit(body, "tracker", reference, called="tracker-asked")
    visit(body, "own_messages", reference)
    visit(body, "answer_part", reference, part)
    for name in ("add_evidence", "ask_to_withdraw"):
        visit(body, name, reference)
    desk = browse_as(play("intake_officer"))
    visit(desk, "messages", reference)
    visit(desk, "ask_for_part", reference)
    visit(desk, "decline_withdrawal", reference)
    visit(desk, "new_letter", reference, called="choose-template")
    letter = f"{reverse('complaints:new_letter', args=[reference])}?template=general"
    desk.goto(letter)
    assert_accessible(desk)
    decider = browse_as(play("hmicfrs_decision_maker"))
    visit(decider, "eligibility", reference, called="eligibility-workbench")
    visit(decider, "meeting", reference)
    visit(decider, "reopen", decided.reference)


def differing_with_a_round() -> Complaint:
    """A complaint with views that differ, a message, a round, a meeting and a request."""
    complaint, today = half_agreed(), london_today()
    correspondence.send_message(complaint, text="Here it is.", by=play("body_approver"))
    correspondence.ask_for_part(
        complaint, part="harm", asked="Who is harmed?", answer_by=today, by=play("intake_officer")
    )
    reconsidering.note_meeting(
        complaint, held_on=today, text="The annex was read.", by=play("iopc_decision_maker")
    )
    withdrawal_requests.ask_to_withdraw(complaint, reason="Solved.", by=play("body_approver"))
    return complaint


def test_the_pages_of_a_conversation_are_accessible(browse_as: BrowseAs) -> None:
    body, desk = browse_as(play("submitter")), browse_as(play("intake_officer"))
    visit(body, "own_conversations", called="own-conversations-empty")
    visit(desk, "conversations", called="conversations-empty")
    begun = contact.open_conversation(
        a_regime(), subject="What we plan", text="May we talk?", by=play("submitter")
    )
    contact.note(begun, text="They plan it for spring.", by=play("intake_officer"))
    visit(body, "own_conversations")
    visit(body, "own_conversation", begun.pk)
    visit(desk, "conversations")
    visit(desk, "conversation", begun.pk)


def test_the_page_that_joins_two_complaints_is_accessible(browse_as: BrowseAs) -> None:
    complaint, other = an_acknowledged_complaint(), a_registered_complaint()
    decider = play("hmicfrs_decision_maker")
    page = browse_as(decider)
    visit(page, "join", complaint.reference)
    joining.join(complaint, other=other, reason="Both are about one order.", by=decider)
    visit(page, "eligibility", complaint.reference, called="eligibility-joined")
