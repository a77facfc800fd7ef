"""What a draft may say beyond what regulation 4 asks: an alternate, harm by feature, repeats."""

import re
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Designation, Membership
from audit.models import AuditEntry
from complaints.models import Complaint
from complaints.services import drafts
from complaints.services.drafts import FeatureHarm, Statement
from complaints.views.tasks import lines_of
from drafting.errors import VersionConflictError
from tests.builders.accounts import organisation, signed_in_as
from tests.builders.complaints import DECLARED, a_complete_draft, a_draft

pytestmark = pytest.mark.django_db

ONE, TWO, THREE = Statement("One."), Statement("Two."), Statement("Three.")


def with_features(by: Membership, *features: Statement) -> Complaint:
    draft = a_draft(by=by)
    drafts.save_features(draft, features=features, version=0, by=by)
    return draft


def harmed(draft: Complaint) -> list[str]:
    return list(draft.features.values_list("harmed", flat=True))


def test_an_alternate_contact_is_kept_changed_and_dropped(submitter: Membership) -> None:
    draft = a_draft(by=submitter)
    named = partial(
        drafts.save_contact, draft, name="Contact 1", email="one@example.invalid", by=submitter
    )
    named(alternate_name="Contact 2", version=0)
    named(alternate_name="Contact 3", version=1)
    assert "If they are away: Contact 3" in lines_of(Complaint.objects.get(), "contact")
    named(version=2)
    assert not any("away" in line for line in lines_of(Complaint.objects.get(), "contact"))
    assert "Contact 3" not in str(list(AuditEntry.objects.values_list("detail", flat=True)))


def test_an_alternates_address_without_a_name_is_sent_back(
    client: Client, submitter: Membership
) -> None:
    draft = a_draft(by=submitter)
    typed = {"alternate_email": "two@example.com", "version": 0, "finished": "no"}
    address = reverse("complaints:part", args=[draft.key, "contact"])
    page = signed_in_as(client, submitter).post(address, typed).content.decode()
    assert "Enter the name of the alternate contact." in page


def test_harm_is_written_feature_by_feature_and_read_back(
    client: Client, submitter: Membership
) -> None:
    draft = with_features(submitter, ONE, TWO)
    address = reverse("complaints:part", args=[draft.key, "harm"])
    signed_in_as(client, submitter)
    typed = {
        "harm": "Trust is lost.",
        "harmed_2": "Victims of crime.",
        "scale_2": "In twelve forces.",
        "nature_2": "They do not report.",
        "version": 0,
        "finished": "yes",
    }
    assert client.post(address, typed).status_code == 302
    assert harmed(draft) == ["", "Victims of crime."]
    page = client.get(address).content.decode()
    for text in ("Feature 1", "One.", "In twelve forces.", "They do not report."):
        assert text in page
    check = client.get(reverse("complaints:check", args=[draft.key])).content.decode()
    assert "Who is harmed: Victims of crime." in check


def test_harm_follows_its_feature_when_another_is_taken_out(submitter: Membership) -> None:
    draft = with_features(submitter, ONE, TWO, THREE)
    each = [FeatureHarm(1, "A"), FeatureHarm(2, "B"), FeatureHarm(3, "C")]
    drafts.save_harm(draft, harm="", of_features=each, version=0, by=submitter)
    drafts.save_features(draft, features=[THREE, TWO], version=1, by=submitter)
    assert harmed(draft) == ["C", "B"]
    reworded = [Statement("Third, better."), TWO, Statement("New.")]
    drafts.save_features(draft, features=reworded, version=2, by=submitter)
    assert harmed(draft) == ["C", "B", ""]


def test_harm_opened_before_the_features_were_renumbered_is_a_conflict(
    submitter: Membership, body_approver: Membership
) -> None:
    draft = with_features(submitter, ONE, TWO)
    drafts.save_features(draft, features=[TWO], version=1, by=body_approver)
    with pytest.raises(VersionConflictError):
        drafts.save_harm(
            draft, harm="", of_features=[FeatureHarm(1, "Of one")], version=0, by=submitter
        )
    assert harmed(draft) == [""]


def test_a_feature_added_at_the_end_disturbs_nobody_who_writes_of_harm(
    submitter: Membership, body_approver: Membership
) -> None:
    draft = with_features(submitter, ONE)
    drafts.save_features(draft, features=[ONE, TWO], version=1, by=body_approver)
    drafts.save_harm(
        draft, harm="", of_features=[FeatureHarm(1, "Of one")], version=0, by=submitter
    )
    assert harmed(draft) == ["Of one", ""]


def test_earlier_complaints_considered_may_be_left_out_or_written(
    client: Client, submitter: Membership
) -> None:
    draft = a_draft(by=submitter)
    signed_in_as(client, submitter)
    tasks = client.get(reverse("complaints:draft", args=[draft.key])).content.decode()
    assert "Earlier super-complaints considered" in tasks
    address = reverse("complaints:part", args=[draft.key, "earlier"])
    typed = {"considered": "SC-2018-002, and it has changed.", "version": 0, "finished": "yes"}
    assert client.post(address, typed).status_code == 302
    assert list(lines_of(Complaint.objects.get(), "earlier")) == [typed["considered"]]


def test_the_map_and_the_list_beside_it_offer_each_force_once(
    client: Client, submitter: Membership
) -> None:
    draft = a_draft(by=submitter)
    address = reverse("complaints:part", args=[draft.key, "forces"])
    page = signed_in_as(client, submitter).get(address).content.decode()
    assert page.count("force-tile--row-") == 43
    assert "force-tile--row-7 force-tile--col-7" in page  # Essex, at the eastern edge.
    offered = re.findall(r'name="region_\d+"\s+(?:type="checkbox"\s+)?value="(\d+)"', page)
    assert draft.regime.forces is not None
    every = draft.regime.forces.members.values_list("pk", flat=True)
    assert sorted(map(int, offered)) == sorted(every)


def test_a_finished_choice_of_some_forces_names_one_and_shows_it_ticked(
    client: Client, submitter: Membership
) -> None:
    draft = a_draft(by=submitter)
    address = reverse("complaints:part", args=[draft.key, "forces"])
    signed_in_as(client, submitter)
    typed = {"concerned": "some", "version": 0, "finished": "yes"}
    refused = client.post(address, typed).content.decode()
    assert refused.count("Choose at least one force") == 2  # The summary, and beside the map.
    number = re.findall(r'name="region_1" value="(\d+)"', refused)[0]
    assert client.post(address, {**typed, "region_1": [number]}).status_code == 302
    assert f'value="{number}" checked' in client.get(address).content.decode()


def test_a_body_no_longer_designated_learns_before_it_submits_whom_to_ask(
    client: Client, body_approver: Membership
) -> None:
    draft = a_complete_draft(by=body_approver)
    address = reverse("complaints:submit", args=[draft.key])
    signed_in_as(client, body_approver)
    assert "is not designated today" not in client.get(address).content.decode()
    Designation.objects.filter(organisation=body_approver.organisation).delete()
    page = client.get(address).content.decode()
    assert "is not designated today" in page
    assert organisation("hmicfrs").mailbox in page
    assert f"Only a body that the {draft.regime.designating_minister} has designated" in page
    assert "Submit super-complaint</button>" not in page
    assert "is not designated" in client.post(address, DECLARED).content.decode()
    draft.refresh_from_db()
    assert draft.reference == ""
