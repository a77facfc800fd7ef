"""A timeline names what happened to what, to whoever may read that, and goes back to the start."""

import re
from html import unescape

import pytest
from django.test import Client

from desk.glance import LATEST, history_of
from desk.paging import ROWS_A_PAGE
from investigations.services import lines
from investigations.states import Sensitivity
from tests.builders.accounts import signed_in_as
from tests.builders.investigations import an_evidence_item, an_open_investigation
from tests.builders.publication import a_signed_off_report
from tests.cast import play

pytestmark = pytest.mark.django_db

WALKED = (a_signed_off_report,)
TITLE = re.compile(r'class="moj-timeline__title">([^<]*)<')


def told(who: str, address: str) -> list[str]:
    """What a timeline tells a part of the cast, the latest first."""
    page = signed_in_as(Client(), play(who)).get(address).content.decode()
    return [unescape(title) for title in TITLE.findall(page)]


def test_the_overview_names_each_section_and_leads_to_all_that_happened() -> None:
    case = a_signed_off_report().complaint
    overview = f"/casework/cases/{case.reference}"
    latest = told("press_officer", overview)
    assert len(latest) == LATEST
    assert "Section signed off: What we found, and why" in latest
    page = signed_in_as(Client(), play("press_officer")).get(overview).content.decode()
    assert f'href="{overview}/timeline"' in page
    first, second = (
        told("press_officer", f"{overview}/timeline{more}") for more in ("", "?page=2")
    )
    assert first[:LATEST] == latest
    assert len(first) == ROWS_A_PAGE
    assert len(first + second) <= history_of(case).count()
    assert "Draft started" not in first


def test_a_timeline_names_nothing_that_its_reader_may_not_read() -> None:
    case = a_signed_off_report().complaint
    pages = [f"/casework/cases/{case.reference}/timeline?page={number}" for number in (1, 2, 3)]
    by_lead, by_press = (
        {line for page in pages for line in told(who, page)}
        for who in ("lead_investigator", "press_officer")
    )
    named = {"Evidence item registered: E-0001", "Finding proposed: F-01"}
    assert named <= by_lead
    assert not named & by_press
    assert {"Evidence item registered", "Finding proposed"} <= by_press


def test_a_line_of_enquiry_is_named_as_on_its_page() -> None:
    by = play("lead_investigator")
    line = lines.add_line(an_open_investigation(), question="Who records it?", by=by)
    overview = f"/casework/cases/{line.case_reference}"
    assert "Line of enquiry added: L-01" in told("lead_investigator", overview)


def test_a_restricted_item_is_named_to_nobody_who_may_not_open_it() -> None:
    item = an_evidence_item(sensitivity=Sensitivity.RESTRICTED)
    overview = f"/casework/cases/{item.case_reference}"
    assert "Evidence item registered: E-0001" in told("investigator", overview)
    to_others = told("hmicfrs_decision_maker", overview)
    assert "Evidence item registered" in to_others
    assert not [line for line in to_others if "E-0001" in line]
