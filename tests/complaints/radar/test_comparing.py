"""Earlier complaints beside this one, and what each authority records of them."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.services.walls import raise_wall
from audit.models import AuditEntry
from clock.london import london_today
from complaints.events import ComplaintEvent
from complaints.models import Comparison, Complaint
from complaints.radar.passages import likest, marked, shared_passages
from complaints.repeats import STANDINGS
from complaints.services import comparing, substances
from complaints.services.drafts import Statement
from complaints.states import CaseStatus
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import (
    LETTER,
    a_registered_complaint,
    a_submitted_complaint,
    an_eligible_complaint,
)
from tests.cast import play
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db
WALKED = (an_eligible_complaint,)

STRIPPED = "Children are strip searched in custody. No adult stays beside them."
OTHER_WORDS = "Minors must take off their underwear in a cell. There is no parent or guardian."


def about(statement: str, title: str = "A matter") -> Complaint:
    """Registered from a letter of one feature, and read for the radar."""
    content = replace(LETTER, features=[Statement(statement)], harm="")
    complaint = a_registered_complaint(title=title, content=content)
    substances.read(complaint)
    return complaint


def at(name: str, *references: str) -> str:
    """The address of a page."""
    return reverse(f"complaints:{name}", args=references)


def compared(complaint: Complaint, earlier: Complaint, **facts: Any) -> Comparison:
    """As the authority records it that says it is the same, unless other facts are given."""
    answers = {
        "same_substance": True,
        "materially_changed": None,
        "reasons": "Both are about searches of children.",
        "version": 0,
        "by": play("iopc_decision_maker"),
        **facts,
    }
    return comparing.compare(complaint, earlier=earlier, **answers)


def test_the_likest_sentences_stand_beside_one_another_with_their_words_marked() -> None:
    first, *_rest = shared_passages(about(STRIPPED), about(OTHER_WORDS, "Another"))
    assert (
        "".join(part.words for part in first.of_this) == "Children are strip searched in custody."
    )
    assert "".join(part.words for part in first.of_earlier).startswith("Minors must take off")
    assert {"Children", "custody"} <= {part.words for part in first.of_this if part.marked}
    assert {"Minors", "underwear"} <= {part.words for part in first.of_earlier if part.marked}


def test_a_sentence_stands_in_one_pair_only() -> None:
    one = [{"a": 1.0}, {"a": 0.5, "b": 0.5}]
    assert likest(one, [{"a": 1.0}, {"c": 1.0}]) == [(0, 0)]


def test_markup_in_a_text_is_shown_as_text(client: Client) -> None:
    earlier, asked = about("<b>Children</b> in custody."), about("<i>Children</i> in custody.")
    signed_in_as(client, play("intake_officer"))
    page = client.get(at("compare", asked.reference, earlier.reference)).content.decode()
    assert "<b>" not in page
    assert "<i>" not in page


def test_quotes_and_operators_in_a_text_are_only_text() -> None:
    (parts,) = marked(["It's 'children' & | ! (custody"], ["children", "it's", "o'neil", "cust"])
    assert "".join(part.words for part in parts) == "It's 'children' & | ! (custody"


def test_the_list_leads_to_the_likest_one(client: Client) -> None:
    about("Farmers wait for a visit after machinery is stolen.", "Farms")
    earlier, asked = about(OTHER_WORDS), about(STRIPPED)
    signed_in_as(client, play("hmicfrs_decision_maker"))
    page = client.get(at("earlier_ones", asked.reference))
    assert page.context["rows"][0].complaint == earlier
    assert at("compare", asked.reference, earlier.reference) in page.content.decode()


def test_a_list_without_likeness_says_so(client: Client) -> None:
    asked = about(STRIPPED)
    signed_in_as(client, play("intake_officer"))
    page = client.get(at("earlier_ones", asked.reference)).content.decode()
    assert "No earlier super-complaint that you may see" in page


def test_what_came_later_is_not_earlier(client: Client) -> None:
    asked, later = about(STRIPPED), about(OTHER_WORDS)
    Complaint.objects.filter(pk=later.pk).update(received_on=london_today().replace(year=2090))
    signed_in_as(client, play("intake_officer"))
    assert client.get(at("earlier_ones", asked.reference)).context["rows"] == []


def test_what_has_not_been_read_yet_is_said(client: Client) -> None:
    a_submitted_complaint()
    asked = about(STRIPPED)
    signed_in_as(client, play("intake_officer"))
    page = client.get(at("earlier_ones", asked.reference)).content.decode()
    assert "still being read" in page


def test_a_case_behind_a_wall_is_in_no_list_and_on_no_page(client: Client) -> None:
    reader = play("hmicfrs_decision_maker")
    earlier, asked = about(OTHER_WORDS, "The walled matter"), about(STRIPPED)
    compared(asked, earlier)
    raise_wall(earlier, person=reader.user, reason="A relative.", by=play("administrator"))
    signed_in_as(client, reader)
    assert client.get(at("compare", asked.reference, earlier.reference)).status_code == 404
    for name in ("earlier_ones", "eligibility"):
        page = client.get(at(name, asked.reference)).content.decode()
        assert earlier.reference not in page
        assert "The walled matter" not in page


@pytest.mark.parametrize("who", ["submitter", "responder", "stranger", "unassigned_investigator"])
def test_who_may_not_read_the_case_finds_no_such_page(client: Client, who: str) -> None:
    earlier, asked = about(OTHER_WORDS), about(STRIPPED)
    signed_in_as(client, play(who))
    for address in (
        at("earlier_ones", asked.reference),
        at("compare", asked.reference, earlier.reference),
    ):
        assert client.get(address).status_code == 404


def test_a_comparison_is_recorded_on_the_page_and_shown_on_eligibility(client: Client) -> None:
    earlier, asked = about(OTHER_WORDS), about(STRIPPED)
    signed_in_as(client, play("iopc_decision_maker"))
    typed = {"same_substance": "no", "reasons": "One is about custody.", "version": 0}
    answer = client.post(at("compare", asked.reference, earlier.reference), typed)
    assert answer["Location"] == at("eligibility", asked.reference)
    page = client.get(at("eligibility", asked.reference)).content.decode()
    assert earlier.reference in page
    assert "another matter" in page
    entry = AuditEntry.objects.get(chain=asked.key, event=ComplaintEvent.COMPARED)
    assert entry.detail["earlier"] == earlier.reference
    assert entry.detail["reasons"] == "One is about custody."


def test_a_colleagues_comparison_is_shown_beside_ones_own(client: Client) -> None:
    earlier, asked = about(OTHER_WORDS), about(STRIPPED)
    compared(asked, earlier, reasons="As the first colleague sees it.")
    signed_in_as(client, play("iopc_decision_maker"))
    typed = {"same_substance": "no", "reasons": "As the second sees it.", "version": 0}
    page = client.post(at("compare", asked.reference, earlier.reference), typed)
    assert page.status_code == 409
    assert "As the first colleague sees it." in page.content.decode()
    assert "As the second sees it." in page.content.decode()
    assert Comparison.objects.get().same_substance


def test_of_a_live_one_no_change_is_asked() -> None:
    """Law: SI 2018/748 reg. 6(3) has no exception."""
    live = an_eligible_complaint()
    assert compared(about(STRIPPED), live, materially_changed=True).materially_changed is None


def test_a_comparison_needs_reasons_and_another_complaint() -> None:
    earlier, asked = about(OTHER_WORDS), about(STRIPPED)
    with pytest.raises(ActRefusedError, match="reasons"):
        compared(asked, earlier, reasons="  ")
    with pytest.raises(ActRefusedError, match="another"):
        compared(asked, asked)


def test_after_the_decision_no_comparison_is_recorded() -> None:
    earlier, asked = about(OTHER_WORDS), an_eligible_complaint()
    with pytest.raises(ActRefusedError, match="until the decision"):
        compared(asked, earlier)


@pytest.mark.parametrize("who", ["intake_officer", "auditor", "submitter"])
def test_only_a_deciding_authority_compares(who: str) -> None:
    earlier, asked = about(OTHER_WORDS), about(STRIPPED)
    with pytest.raises((PermissionDenied, ActRefusedError)):
        compared(asked, earlier, by=play(who))


def test_the_database_refuses_a_change_of_another_matter() -> None:
    comparison = compared(about(STRIPPED), about(OTHER_WORDS))
    for facts in ({"same_substance": False, "materially_changed": True}, {"reasons": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comparison.objects.filter(pk=comparison.pk).update(**facts)


def test_every_standing_of_a_submitted_case_has_its_words() -> None:
    assert set(STANDINGS) == set(CaseStatus) - {CaseStatus.DRAFT}
