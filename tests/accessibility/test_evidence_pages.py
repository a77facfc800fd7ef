"""The evidence of a draft in a real browser, wide and at 320 px, with and without scripts."""

import re
from html import escape

import pytest
from django.urls import reverse
from playwright.sync_api import FilePayload, Page, expect

from complaints.models import Complaint
from complaints.services import drafts, submission
from complaints.services import evidence_relied_on as evidence
from complaints.services.drafts import Statement
from tests.accessibility.pictures import pictured
from tests.builders.complaints import SIGNATORY, a_complete_draft, an_upload, described
from tests.cast import play
from tests.fixtures.browser import BrowseAs, assert_accessible

LONG = "Adroddiad-blynyddol-" * 6


def seen(page: Page, name: str) -> None:
    """Keep a picture of the page and try it at both widths."""
    pictured(page, name)
    assert_accessible(page)


def at(name: str, *args: object) -> str:
    return reverse(f"complaints:{name}", args=args)


def text(name: str, content: str) -> FilePayload:
    return FilePayload(name=name, mimeType="text/plain", buffer=content.encode())


@pytest.fixture
def draft(server: str) -> Complaint:
    """A draft with evidence of every kind, described or not, of a feature that stands or not."""
    by = play("submitter")
    draft = a_complete_draft(by=by, files=1)
    first, second = draft.features.all()
    described(draft.supporting_documents.get(), feature=first, has_personal_data=True, by=by)
    link = evidence.add_link(
        draft, link=f"https://www.example.org/{LONG}?page=1", title="A report", by=by
    )
    named = {"seen_by": "named", "seen_by_named": "The lead investigator and the legal adviser"}
    described(link, feature=second, by=by, **named)
    evidence.attach(draft, upload=an_upload(f"{LONG}.txt"), by=by)
    drafts.save_features(draft, features=[Statement(first.statement)], version=1, by=by)
    return draft


@pytest.mark.parametrize("scripts", [True, False])
def test_the_pages_of_the_evidence_are_accessible(
    browse_as: BrowseAs, draft: Complaint, scripts: bool
) -> None:
    page = browse_as(play("submitter"), scripts=scripts)
    kept = "" if scripts else "-without-scripts"
    page.goto(at("part", draft.key, "evidence"))
    if not scripts:
        pictured(page, f"evidence{kept}")
        expect(page.get_by_role("heading", name="Your evidence: 3 of 200")).to_be_visible()
        return
    seen(page, "evidence")
    page.get_by_role("button", name="Answer the next open question").click()
    seen(page, "evidence-piece")
    page.goto(at("detach", draft.key, draft.supporting_documents.all()[1].pk))
    seen(page, "evidence-remove")
    page.goto(at("check", draft.key))
    seen(page, "evidence-check")


def test_refused_files_are_in_the_error_summary_and_lead_to_the_field(
    browse_as: BrowseAs, draft: Complaint
) -> None:
    page = browse_as(play("submitter"), scripts=False)
    page.goto(at("part", draft.key, "evidence"))
    page.get_by_label("Choose files").set_input_files(
        [
            text("kept.txt", "Kept."),
            text("web.html", f"<html><script>{escape('x')}</script></html>"),
            text("again.txt", "Kept."),
        ]
    )
    page.get_by_role("button", name="Add files").click()
    expect(page).to_have_title(re.compile("^Error:"))
    expect(page.get_by_text("1 of 3 files was added.")).to_be_visible()
    expect(page.locator(".govuk-error-summary li")).to_have_count(2)
    pictured(page, "evidence-refused")
    page.get_by_role("link", name="“web.html” is a web page").click()
    expect(page.get_by_label("Choose files")).to_be_focused()
    assert draft.supporting_documents.filter(title="kept").exists()


def test_a_link_is_added_described_and_removed_by_the_keyboards_own_controls(
    browse_as: BrowseAs, draft: Complaint
) -> None:
    page = browse_as(play("submitter"), scripts=False)
    page.goto(at("part", draft.key, "evidence"))
    page.get_by_text("Add a link instead").click()
    page.get_by_label("Link", exact=True).fill("example.org/more")
    page.get_by_label("Title of what it leads to").fill("More of it")
    page.get_by_role("button", name="Add this link").click()
    page.get_by_role("link", name="Change evidence 4").click()
    page.get_by_label("What does it show?").fill("More.")
    page.get_by_label("Only the authorities that decide").check()
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Save and go to the next open question").click()
    expect(page.get_by_role("heading", name=re.compile("Evidence 3"))).to_be_visible()
    page.goto(at("part", draft.key, "evidence"))
    page.get_by_role("link", name="Remove evidence 4").click()
    page.get_by_role("button", name="Remove this evidence").click()
    expect(page.get_by_text("“More of it” was removed.")).to_be_visible()


def test_staff_and_the_body_read_what_was_said_of_each_piece(
    browse_as: BrowseAs, draft: Complaint
) -> None:
    for document in draft.supporting_documents.not_described():
        described(document, by=play("submitter"))
    by = play("body_approver")
    complaint = submission.submit(draft, signatory=SIGNATORY, by=by)
    desk = browse_as(play("intake_officer"))
    desk.goto(at("eligibility", complaint.reference))
    seen(desk, "evidence-eligibility")
    body = browse_as(by)
    body.goto(at("documents", complaint.reference))
    seen(body, "evidence-documents")
