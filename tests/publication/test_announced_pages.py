"""The pages of an announcement: the desk’s in a browser, the public’s before and after."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from complaints.models import Complaint
from publication.services.announcing import announcement_of
from tests.builders.announcements import a_sealed_announcement, announced, approved
from tests.builders.complaints import a_not_eligible_complaint, an_eligible_complaint
from tests.cast import play
from tests.fixtures.browser import BrowseAs, assert_accessible
from tests.publication.test_screens import keep

pytestmark = pytest.mark.committed
WORDS = "How files on crime victims are shared"
CHOSEN = "Other bodies have asked about the same feature."


def read_by_anybody(address: str) -> str:
    return Client().get(address).content.decode()


def public_page_of(complaint: Complaint) -> str:
    return reverse("public:complaint", args=[complaint.reference])


def test_the_register_knows_of_a_case_only_from_the_instant_of_its_announcement() -> None:
    complaint = an_eligible_complaint()
    release = approved(a_sealed_announcement(complaint))
    for address in ("/", "/super-complaints", public_page_of(complaint)):
        assert complaint.reference not in read_by_anybody(address).replace(address, "")
        assert WORDS not in read_by_anybody(address)
    announced(release)
    assert WORDS in read_by_anybody("/super-complaints")
    page = read_by_anybody(public_page_of(complaint))
    assert complaint.features.all()[0].statement in page
    assert "Found eligible" in page
    stage = '<dt class="govuk-summary-list__key">Stage</dt>'
    assert f'{stage}<dd class="govuk-summary-list__value">Investigating</dd>' in page


def test_a_refusal_is_announced_with_its_reasons_and_without_why_it_was_chosen() -> None:
    complaint = a_not_eligible_complaint()
    announced(a_sealed_announcement(complaint, because=CHOSEN))
    page = read_by_anybody(public_page_of(complaint))
    assert complaint.eligibility_decision.reasons in page
    assert "Found not eligible" in page
    assert CHOSEN not in page
    assert "Not eligible" in read_by_anybody("/super-complaints")


def test_a_decision_is_announced_from_the_page_by_two_people_and_followed_by_the_body(
    browse_as: BrowseAs,
) -> None:
    complaint = an_eligible_complaint()
    address = reverse("publication:announcement", args=[complaint.reference])
    sealer = browse_as(play("hmicfrs_decision_maker"))
    sealer.goto(reverse("complaints:eligibility", args=[complaint.reference]))
    sealer.get_by_role("link", name="Announcement of the decision").click()
    assert_accessible(sealer)
    keep(sealer, "announcement_draft")
    sealer.get_by_label("Title that the public reads").fill(WORDS)
    for part, value in (("Day", "17"), ("Month", "12"), ("Year", "2035")):
        sealer.get_by_label(part, exact=True).fill(value)
    sealer.get_by_role("button", name="Seal the announcement").click()
    expect(sealer.get_by_text("10:00 GMT on Monday 17 December 2035").first).to_be_visible()
    assert sealer.get_by_role("button", name="Approve the announcement").count() == 0
    for name in ("iopc_decision_maker", "college_decision_maker"):
        approver = browse_as(play(name))
        approver.goto("/casework/")
        approver.get_by_role("link", name="Approve the release").first.click()
        assert_accessible(approver)
        keep(approver, "announcement_approve")
        approver.get_by_label("I have read the announcement").check()
        approver.get_by_role("button", name="Approve the announcement").click()
        assert_accessible(approver)
    keep(approver, "announcement_sealed")
    sealed = announcement_of(complaint)
    assert sealed is not None
    assert sealed.approvals.filter(voided_at=None).count() == 2
    body = browse_as(play("body_approver"))
    body.goto(reverse("complaints:tracker", args=[complaint.reference]))
    expect(
        body.get_by_text("not public until 10:00 GMT on Monday 17 December 2035")
    ).to_be_visible()
    keep(body, "announcement_tracker")
    sealer.goto(address)
    sealer.get_by_role("link", name="Open the seal").click()
    sealer.get_by_label("Reason").fill("Another day")
    sealer.get_by_role("button", name="Open the seal").click()
    expect(sealer.get_by_role("button", name="Seal the announcement")).to_be_visible()


def test_the_pages_of_a_public_announcement_are_accessible_and_fit(browse_as: BrowseAs) -> None:
    complaint = a_not_eligible_complaint()
    announced(a_sealed_announcement(complaint, because=CHOSEN))
    reader, desk = browse_as(), browse_as(play("iopc_decision_maker"))
    reader.goto(public_page_of(complaint))
    assert_accessible(reader)
    keep(reader, "announcement_public")
    desk.goto(reverse("publication:announcement", args=[complaint.reference]))
    assert_accessible(desk)
    keep(desk, "announcement_desk")
    desk.get_by_role("button", name="Suspend at once").click()
    desk.get_by_label("Reason").fill("A name must come out")
    desk.get_by_role("button", name="Suspend it now").click()
    expect(desk.locator("main")).to_contain_text("temporarily withdrawn")
    assert WORDS not in read_by_anybody(public_page_of(complaint))
