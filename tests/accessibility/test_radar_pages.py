"""The pages of the repeat radar, drawn by a real browser, wide and at 320 px."""

from dataclasses import replace

from django.urls import reverse
from playwright.sync_api import Page, expect

from complaints.models import Complaint
from complaints.services import comparing, substances
from complaints.services.drafts import Statement
from tests.accessibility.pictures import pictured
from tests.builders.complaints import LETTER, a_registered_complaint, acknowledged, decided
from tests.builders.investigations import an_open_investigation
from tests.cast import play
from tests.fixtures.browser import BrowseAs, assert_accessible

PUPILS = Statement(
    "Children are strip searched in custody and no adult stays beside them.",
    "Parents hear of it from the child. Urgency is written as the reason, hours afterwards.",
)
MINORS = Statement(
    "Minors must take off their underwear in a cell without a parent or guardian.",
    "Families are not informed. Exemptions meant for emergencies are used as a habit.",
)


def about(feature: Statement, title: str) -> Complaint:
    """Registered from a letter, and read for the radar."""
    content = replace(LETTER, features=[feature], harm="")
    complaint = a_registered_complaint(title=title, content=content)
    substances.read(complaint)
    return complaint


def visit(page: Page, name: str, *references: str, heading: str) -> None:
    """Open a page, which must be the one meant, keep its picture and try it."""
    page.goto(reverse(f"complaints:{name}", args=references))
    expect(page.get_by_role("heading", name=heading).first).to_be_visible()
    pictured(page, f"radar-{name}")
    assert_accessible(page)


def test_the_pages_of_the_radar_are_accessible(browse_as: BrowseAs) -> None:
    play("submitter")  # Somebody who reads the letters here.
    live = decided(acknowledged(about(MINORS, "Intimate exposure of minors")))
    an_open_investigation(live)
    about(Statement("Calls of pupils to the police are not recorded."), "Calls from schools")
    asked = about(PUPILS, "Pupils searched without an adult")
    by = play("iopc_decision_maker")
    page = browse_as(by)
    visit(page, "earlier_ones", asked.reference, heading="Earlier super-complaints")
    comparing.compare(
        asked,
        earlier=live,
        same_substance=True,
        materially_changed=None,
        reasons="Both are about searches of children without an appropriate adult.",
        version=0,
        by=by,
    )
    visit(page, "compare", asked.reference, live.reference, heading="Where they are alike")
    visit(page, "eligibility", asked.reference, heading="What the authorities hold")
