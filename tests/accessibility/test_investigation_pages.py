"""The pages of an investigation and of drafting, drawn by a real browser, wide and at 320 px."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from documents.services.scanning import scan
from investigations.models import Investigation
from investigations.services import evidence, findings, lines, progress
from investigations.states import Sensitivity
from recommendations.services.drafting import Addressees
from tests.accessibility.pictures import pictured
from tests.builders.accounts import organisation
from tests.builders.investigations import (
    a_finding,
    a_proposed_finding,
    an_agreed_finding,
    an_evidence_item,
    an_open_investigation,
    an_upload,
)
from tests.builders.recommendations import a_case_with_recommendations, a_recommendation
from tests.cast import play
from tests.fixtures.browser import BrowseAs, assert_accessible

WALKED = (an_open_investigation,)

PAGES = [
    *("team", "lines", "add_line", "evidence", "add_evidence", "progress_reports"),
    *("findings", "draft_finding", "matrix"),
]
OF_ITEM = [
    *("evidence_item", "correct_evidence", "supersede_evidence", "set_aside_evidence"),
    *("evidence_file", "name_reader", "copy_evidence"),
]
OF_FINDING = ["finding", "change_finding", "link_evidence"]


def a_busy_investigation() -> Investigation:
    """Lines, evidence of every kind, findings at each step, progress reports."""
    finding = an_agreed_finding(an_open_investigation(), title="Forces share what victims tell")
    investigation = finding.investigation
    feature = investigation.complaint.features.get(number=1)
    line = lines.add_line(
        investigation,
        question="Which forces share the immigration status of victims, and with whom?",
        method="A survey of all 43 forces, and interviews in five.",
        feature=feature,
        owner=play("investigator"),
        by=play("investigator"),
    )
    sensitive = an_evidence_item(
        investigation, title="Victim interview", sensitivity=Sensitivity.SENSITIVE
    )
    for turn in range(28):
        an_evidence_item(investigation, title=f"Return of force {turn}", source=f"Force {turn}")
    old = an_evidence_item(investigation, title="First return of Kent")
    scan(sensitive.file_id)
    evidence.correct(
        old,
        changes={"title": "Return of Kent", "description": "Numbers for 2019 to 2021."},
        reason="The title was unclear.",
        version=old.version,
        by=play("investigator"),
    )
    evidence.supersede(
        old, upload=an_upload(), reason="Kent corrected its answer.", by=play("investigator")
    )
    findings.link(finding, evidence_item=sensitive, bearing="contradicts", by=play("investigator"))
    findings.agree(
        a_proposed_finding(investigation),
        text_sha256=investigation.findings.get(number=2).text_sha256,
        by=play("iopc_decision_maker"),
    )
    a_finding(investigation, title="Nobody counts how often it happens")
    assert line.number == 1
    text = "We have asked all 43 forces.\n\nNext we:\n- visit five of them\n- read case files"
    first = progress.write(investigation, text=text, by=play("investigator"))
    progress.send(first, by=play("lead_investigator"))
    progress.write(investigation, text=text, by=play("investigator"))
    return investigation


def test_every_page_of_an_investigation_is_accessible(browse_as: BrowseAs) -> None:
    investigation = a_busy_investigation()
    reference = investigation.complaint.reference
    at_work = browse_as(play("lead_investigator"))
    deciding = browse_as(play("college_decision_maker"))
    visits = [
        *((at_work, name, []) for name in PAGES),
        *((at_work, name, [2]) for name in OF_ITEM),
        *((at_work, name, [1]) for name in OF_FINDING),
        (at_work, "evidence_item", [31]),
        (at_work, "change_progress_report", [2]),
        (at_work, "send_progress_report", [2]),
        (at_work, "change_lead", []),
        (deciding, "finding", [2]),
        (deciding, "agree_finding", [2]),
    ]
    for page, name, further in visits:
        answer = page.goto(reverse(f"investigations:{name}", args=[reference, *further]))
        assert answer, name
        assert answer.status == 200, name
        pictured(page, name + "-".join(map(str, further)))
        assert_accessible(page)


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith(("add", "draft"))])
def test_every_page_is_accessible_while_it_is_empty(browse_as: BrowseAs, name: str) -> None:
    reference = an_open_investigation().complaint.reference
    page = browse_as(play("investigator"))
    page.goto(reverse(f"investigations:{name}", args=[reference]))
    pictured(page, f"empty-{name}")
    assert_accessible(page)


def test_an_error_is_accessible_and_links_to_its_field(browse_as: BrowseAs) -> None:
    reference = an_open_investigation().complaint.reference
    page = browse_as(play("investigator"))
    page.goto(reverse("investigations:add_evidence", args=[reference]))
    page.get_by_role("button", name="Add to the log").click()
    expect(page).to_have_title(re.compile("^Error:"))
    pictured(page, "add_evidence-error")
    assert_accessible(page)
    page.get_by_role("link", name="Choose at least one file.").click()
    expect(page.get_by_label("Files")).to_be_focused()


def test_the_pages_of_drafting_are_accessible(browse_as: BrowseAs) -> None:
    complaint = a_case_with_recommendations()
    a_recommendation(complaint, addressees=Addressees([organisation("kent"), organisation("ho")]))
    page = browse_as(play("investigator"))
    visits = {
        "drafting": [],
        "draft_recommendation": [],
        "change_recommendation": [2],
        "draft_action": [],
        "change_action": [1],
    }
    for name, further in visits.items():
        page.goto(reverse(f"recommendations:{name}", args=[complaint.reference, *further]))
        pictured(page, name)
        assert_accessible(page)
