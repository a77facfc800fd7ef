"""The pages on which recommendations and own actions are drafted."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AddresseeGroup, Organisation
from clock.london import london_today
from complaints.models import Complaint
from investigations.models import Investigation
from recommendations.models import OwnAction, Recommendation
from recommendations.services.drafting import Addressees
from tests.builders.accounts import organisation, signed_in_as
from tests.builders.investigations import a_finding, an_open_investigation
from tests.builders.recommendations import a_recommendation
from tests.builders.walked import as_made
from tests.cast import play

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(shared_rows: None) -> Complaint:
    return an_open_investigation().complaint


@pytest.fixture
def complaint(made: Complaint) -> Complaint:
    return as_made(made)


@pytest.fixture
def at_work(client: Client, complaint: Complaint) -> Client:
    return signed_in_as(client, play("investigator"))


def at(name: str, complaint: Complaint, *further: int) -> str:
    return reverse(f"recommendations:{name}", args=[complaint.reference, *further])


def typed(**other: Any) -> dict[str, Any]:
    return {
        "wording": "Stop sharing.",
        "others": [organisation("ho").pk],
        "kind": "period",
        "calendar_days": 56,
        "basis": "statutory",
        "version": 0,
        **other,
    }


def test_a_recommendation_is_drafted_with_addressees_deadline_and_findings(
    at_work: Client, complaint: Complaint
) -> None:
    finding = a_finding(Investigation.objects.get(complaint=complaint))
    chiefs = AddresseeGroup.objects.get(key="chief-constables")
    sent = typed(groups=[chiefs.pk], one_1=organisation("btp").pk, findings=[finding.pk])
    answer = at_work.post(at("draft_recommendation", complaint), sent)
    assert answer["Location"] == at("drafting", complaint)
    shown = at_work.get(answer["Location"]).content.decode()
    assert "each of: Chief constables" in shown
    assert "Within 56 calendar days, beginning with the day of publication (statutory)" in shown
    assert finding.title in shown
    assert Recommendation.objects.get().addressees.count() == 3


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"others": []}, "Choose at least one addressee."),
        ({"calendar_days": ""}, "Enter the number of calendar days, like 56."),
        ({"kind": "condition"}, "Enter the condition in words."),
        ({"kind": "date"}, "Enter the date by which an answer is wanted."),
        ({"calendar_days": 28}, "The law sets one deadline only: 56 calendar days"),
        ({"basis": ""}, "Choose what the deadline is based on."),
    ],
)
def test_what_is_missing_is_said_in_words(
    at_work: Client, complaint: Complaint, wrong: dict[str, Any], told: str
) -> None:
    answer = at_work.post(at("draft_recommendation", complaint), typed(**wrong))
    assert told in answer.content.decode()
    assert not Recommendation.objects.exists()


def test_a_period_that_no_law_sets_is_refused_beside_its_basis(
    at_work: Client, complaint: Complaint
) -> None:
    answer = at_work.post(at("draft_recommendation", complaint), typed(calendar_days=28))
    assert 'href="#id_basis"' in answer.content.decode()


def test_a_change_opens_with_what_stands_and_a_lost_race_shows_both(
    at_work: Client, complaint: Complaint
) -> None:
    drafted = a_recommendation(complaint, addressees=Addressees([organisation("norfolk")]))
    where = at("change_recommendation", complaint, drafted.order)
    opened = at_work.get(where).context["form"]
    assert opened.initial["one_1"] == organisation("norfolk").pk
    assert at_work.post(where, typed(version=drafted.version)).status_code == 302
    late = at_work.post(where, typed(wording="Share more.", version=drafted.version))
    assert late.status_code == 409
    assert {"Share more.", "Stop sharing."} <= set(_paragraphs(late.content.decode()))


def test_an_organisation_is_offered_until_its_last_day_and_kept_where_it_is_addressed(
    at_work: Client, complaint: Complaint
) -> None:
    today = london_today()
    norfolk, ho = organisation("norfolk"), organisation("ho")
    both = Organisation.objects.filter(pk__in=[norfolk.pk, ho.pk])
    drafted = a_recommendation(complaint, addressees=Addressees([norfolk, ho]))
    both.update(exists_until=today)
    new = at("draft_recommendation", complaint)
    at_work.post(new, typed(one_1=norfolk.pk))
    assert Recommendation.objects.get(order=2).addressees.count() == 2
    both.update(exists_until=today - timedelta(days=1))
    refused = at_work.post(new, typed(one_1=norfolk.pk)).context["form"]
    assert refused.errors.keys() == {"one_1", "others", "groups"}
    change = at("change_recommendation", complaint, drafted.order)
    saved = at_work.post(change, typed(one_1=norfolk.pk, version=drafted.version))
    assert saved.status_code == 302, saved.context["form"].errors
    kept = drafted.addressees.values_list("organisation__slug", flat=True)
    assert set(kept) == {"norfolk", "ho"}


def _paragraphs(shown: str) -> list[str]:
    return [part.split("<")[0] for part in shown.split(">")]


def test_an_action_is_added_and_changed(at_work: Client, complaint: Complaint) -> None:
    college = organisation("college").pk
    sent = {"authority": college, "text": "We will write guidance.", "version": 0}
    at_work.post(at("draft_action", complaint), sent)
    change = {"authority": college, "text": "We will write it by May.", "version": 1}
    at_work.post(at("change_action", complaint, 1), change)
    assert OwnAction.objects.get().text == "We will write it by May."


@pytest.mark.parametrize(
    "outsider",
    ["unassigned_investigator", "submitter", "responder", "stranger", "intake_officer"],
)
def test_whoever_is_outside_the_case_finds_nothing(
    client: Client, complaint: Complaint, outsider: str
) -> None:
    a_recommendation(complaint)
    signed_in_as(client, play(outsider))
    of_one = ("change_recommendation", "change_action", "drop_recommendation", "drop_action")
    further = {name: [1] for name in of_one}
    for name in ("drafting", "draft_recommendation", "draft_action", *further):
        where = at(name, complaint, *further.get(name, []))
        assert client.get(where).status_code == 404
        assert client.post(where, typed()).status_code == 404


def test_a_decision_maker_reads_and_does_not_draft(client: Client, complaint: Complaint) -> None:
    a_recommendation(complaint)
    signed_in_as(client, play("college_decision_maker"))
    assert b"Draft a recommendation" not in client.get(at("drafting", complaint)).content
    assert client.get(at("change_recommendation", complaint, 1)).status_code == 404


def test_a_recommendation_of_another_case_is_not_found(
    at_work: Client, complaint: Complaint
) -> None:
    a_recommendation(complaint)
    other = an_open_investigation().complaint
    assert at_work.get(at("change_recommendation", other, 1)).status_code == 404


def test_drafts_are_dropped_with_a_reason(at_work: Client, complaint: Complaint) -> None:
    a_recommendation(complaint)
    where = at("drop_recommendation", complaint, 1)
    assert "Give a reason." in at_work.post(where, {"reason": ""}).content.decode()
    answer = at_work.post(where, {"reason": "It repeats another."}, follow=True)
    assert "Recommendation 1 is dropped" in answer.content.decode()
    assert not Recommendation.objects.exists()
