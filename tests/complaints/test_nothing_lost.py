"""What would lose a body's words, or show them to others: a NUL, Back, a feature taken out."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from complaints.law import Provision
from complaints.models import Complaint
from complaints.parts import PARTS
from complaints.services import drafts
from complaints.services.drafts import FeatureHarm, Statement
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import a_complete_draft, a_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(client: Client, submitter: Membership) -> Client:
    """The browser of whoever writes the draft."""
    return signed_in_as(client, submitter)


def at(name: str, draft: Complaint, *more: str) -> str:
    return reverse(f"complaints:{name}", args=[draft.key, *more])


def test_a_nul_among_what_is_typed_is_left_out_and_the_rest_is_kept(
    body: Client, submitter: Membership
) -> None:
    draft = a_draft(by=submitter)
    answer = body.post(at("keep", draft, "harm"), {"harm": "Half a\x00 sentence", "version": 0})
    assert answer.status_code == 200
    assert "Half a sentence" in body.get(at("part", draft, "harm")).content.decode()


def test_no_page_of_a_draft_is_kept_by_the_browser(body: Client, submitter: Membership) -> None:
    draft = a_complete_draft(by=submitter)
    for page in (at("draft", draft), at("check", draft), at("part", draft, "harm"), "/portal/"):
        assert body.get(page)["Cache-Control"] == "private, no-store", page


def test_what_was_saved_of_the_harm_of_a_feature_that_is_taken_out_stays(
    submitter: Membership,
) -> None:
    draft = a_draft(by=submitter)
    features = [Statement("Searches are not recorded."), Statement("Nobody is told.")]
    drafts.save_features(draft, features=features, version=0, by=submitter)
    told = [FeatureHarm(2, harmed="Children.", scale="In each force.", nature="Fear.")]
    drafts.save_harm(draft, harm="All of it.", of_features=told, version=0, by=submitter)
    drafts.save_features(draft, features=features[:1], version=1, by=submitter)
    draft.refresh_from_db()
    for words in ("All of it.", "“Nobody is told.”", "Children.", "In each force.", "Fear."):
        assert words in draft.harm


def test_the_answers_to_check_stand_in_the_order_of_regulation_4(
    body: Client, submitter: Membership
) -> None:
    """Law: SI 2018/748 reg. 4(2)(a), (b), (c), 4(3)."""
    asked = [Provision.FEATURES, Provision.HARM, Provision.EVIDENCE, Provision.CONTACT]
    assert [part.law for part in PARTS if part.is_required] == asked
    page = unescape(body.get(at("check", a_complete_draft(by=submitter))).content.decode())
    places = [page.index(part.title) for part in PARTS if part.is_required]
    assert places == sorted(places)


def test_a_conflict_page_goes_on_keeping_what_is_typed(body: Client, submitter: Membership) -> None:
    draft = a_draft(by=submitter)
    drafts.save_harm(draft, harm="Theirs.", version=0, by=submitter)
    sent = {"harm": "Ours.", "version": 0, "finished": "no"}
    answer = body.post(at("part", draft, "harm"), sent)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert f'data-autosave="{at("keep", draft, "harm")}"' in page
    assert "js/autosave.js" in page
    shown = dict(re.findall(r'name="(typed_shown|version)" value="([^"]*)"', page))
    body.post(at("keep", draft, "harm"), {"harm": "Both of us.", **shown})
    assert "Both of us." in body.get(at("part", draft, "harm")).content.decode()
