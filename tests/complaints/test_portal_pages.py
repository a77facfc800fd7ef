"""The portal: each page as its people, as others and as nobody."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Designation, Membership, Organisation, Regime
from accounts.roles import Role
from complaints.models import Complaint
from complaints.services import drafts, submission
from complaints.states import CaseStatus
from tests.builders.accounts import a_membership, organisation, signed_in_as
from tests.builders.complaints import (
    DECLARED,
    SIGNATORY,
    a_complete_draft,
    a_draft,
    a_regime,
    a_registered_complaint,
    a_submitted_complaint,
    an_upload,
)
from tests.cast import play

pytestmark = pytest.mark.django_db

NOT_FOUND, CONFLICT = 404, 409
OUTSIDERS = ("other_body_submitter", "intake_officer", "investigator", "responder", "stranger")


def page_of(client: Client, name: str, *args: object) -> str:
    """A page's text, which must be there."""
    answer = client.get(reverse(f"complaints:{name}", args=args))
    assert answer.status_code == 200, f"{name}: {answer.status_code}"
    return answer.content.decode()


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("page", ["draft", "check", "submit"])
def test_a_draft_is_not_there_for_others(client: Client, page: str, who: str) -> None:
    draft = a_complete_draft()
    signed_in_as(client, play(who))
    assert client.get(reverse(f"complaints:{page}", args=[draft.key])).status_code == NOT_FOUND


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("page", ["tracker", "submitted", "documents"])
def test_a_tracker_is_not_there_for_others(client: Client, page: str, who: str) -> None:
    complaint = a_submitted_complaint()
    signed_in_as(client, play(who))
    address = reverse(f"complaints:{page}", args=[complaint.reference])
    assert client.get(address).status_code == NOT_FOUND


def test_nobody_is_sent_to_sign_in(client: Client) -> None:
    answer = client.get(reverse("complaints:portal"))
    assert answer.status_code == 302
    assert "/sign-in" in answer["Location"]


def test_the_home_page_shows_drafts_and_what_was_submitted(
    client: Client, submitter: Membership
) -> None:
    draft, complaint = a_draft(by=submitter, title="Half written"), a_submitted_complaint()
    registered = a_registered_complaint()
    page = page_of(signed_in_as(client, submitter), "portal")
    assert reverse("complaints:draft", args=[draft.key]) in page
    assert complaint.reference in page
    assert f"Confirm that {registered.reference} is yours" in page


def test_a_draft_is_started_written_checked_and_submitted_page_by_page(
    client: Client, body_approver: Membership
) -> None:
    signed_in_as(client, body_approver)
    start = {"title": "Records", "regime": a_regime().pk}
    assert client.post(reverse("complaints:new"), start).status_code == 302
    draft = Complaint.objects.get()
    parts: dict[str, dict[str, object]] = {
        "contact": {"name": "A Person", "email": "a@example.com", "phone": ""},
        "features": {"statement_1": "Searches are not recorded.", "detail_1": ""},
        "forces": {"concerned": "some", "region_1": [str(_first_force(draft))]},
        "harm": {"harm": "People lose trust."},
        "evidence": {"relied_on": "Our survey."},
    }
    for name, typed in parts.items():
        address = reverse("complaints:part", args=[draft.key, name])
        answer = client.post(address, {**typed, "version": 0, "finished": "yes"})
        assert answer.status_code == 302, f"{name}: {answer.content.decode()[:2000]}"
        assert answer["Location"] == reverse("complaints:draft", args=[draft.key])
    assert page_of(client, "draft", draft.key).count("Completed") == 5
    assert "Add at least one file or link" in page_of(client, "check", draft.key)
    client.post(reverse("complaints:attach", args=[draft.key]), {"upload": an_upload()})
    piece = draft.supporting_documents.get()
    assert "Say what each piece of evidence shows" in page_of(client, "check", draft.key)
    told = {"title": "Our survey", "shows": "How few are recorded.", "version": 0}
    client.post(reverse("complaints:piece", args=[draft.key, piece.pk]), told)
    assert page_of(client, "draft", draft.key).count("Completed") == 6
    assert "Continue to the declaration" in page_of(client, "check", draft.key)
    address = reverse("complaints:submit", args=[draft.key])
    assert (
        "Confirm that you are authorised"
        in client.post(address, {**DECLARED, "authorised": ""}).content.decode()
    )
    answer = client.post(address, DECLARED)
    draft.refresh_from_db()
    assert draft.status == CaseStatus.SUBMITTED
    assert answer["Location"] == reverse("complaints:submitted", args=[draft.reference])
    assert draft.reference in page_of(client, "submitted", draft.reference)
    assert "Received" in page_of(client, "tracker", draft.reference)
    again = client.post(address, DECLARED)
    assert again["Location"] == reverse("complaints:submitted", args=[draft.reference])


def _first_force(draft: Complaint) -> int:
    assert draft.regime.forces is not None
    first = draft.regime.forces.members.exclude(region="").order_by("region", "name")[0]
    return int(first.pk)


def test_a_finished_part_is_asked_for_what_it_lacks_and_an_unfinished_one_is_not(
    client: Client, submitter: Membership
) -> None:
    draft = a_draft(by=submitter)
    signed_in_as(client, submitter)
    address = reverse("complaints:part", args=[draft.key, "contact"])
    empty = {"name": "", "email": "", "version": 0}
    refused = client.post(address, {**empty, "finished": "yes"}).content.decode()
    assert "Enter the name of the contact person." in refused
    assert "<title>Error:" in refused
    assert client.post(address, {**empty, "finished": "no"}).status_code == 302


def test_a_statement_of_more_than_sixty_words_is_sent_back(
    client: Client, submitter: Membership
) -> None:
    draft = a_draft(by=submitter)
    typed = {"statement_1": "word " * 61, "version": 0, "finished": "no"}
    address = reverse("complaints:part", args=[draft.key, "features"])
    page = signed_in_as(client, submitter).post(address, typed).content.decode()
    assert "Feature 1 has 61 words. Shorten it to 60" in page


def test_another_feature_opens_one_more_row(client: Client, submitter: Membership) -> None:
    draft = a_draft(by=submitter)
    address = reverse("complaints:part", args=[draft.key, "features"])
    typed = {"statement_1": "One.", "version": 0, "finished": "no", "add": "yes"}
    answer = signed_in_as(client, submitter).post(address, typed)
    page = client.get(answer["Location"]).content.decode()
    assert 'name="statement_2"' in page


def test_two_people_who_edit_one_part_both_see_both_texts_and_nothing_is_lost(
    client: Client, submitter: Membership, body_approver: Membership
) -> None:
    draft = a_draft(by=submitter)
    drafts.save_harm(draft, harm="What she wrote.", version=0, by=body_approver)
    address = reverse("complaints:part", args=[draft.key, "harm"])
    typed = {"harm": "What he wrote.", "version": 0, "finished": "yes"}
    answer = signed_in_as(client, submitter).post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == CONFLICT
    assert page.count("What she wrote.") == 2  # Theirs, and in the combined text.
    assert page.count("What he wrote.") == 2
    assert 'name="version" value="1"' in page
    draft.refresh_from_db()
    assert draft.harm == "What she wrote."
    assert "What he wrote." in client.get(address + "?restore").content.decode()
    both = {"harm": "What both wrote.", "version": 1, "finished": "yes"}
    assert client.post(address, both).status_code == 302
    assert "was not saved" not in client.get(address).content.decode()


def test_a_file_is_added_and_removed(client: Client, submitter: Membership) -> None:
    draft = a_draft(by=submitter)
    signed_in_as(client, submitter)
    add = reverse("complaints:attach", args=[draft.key])
    assert client.post(add, {"upload": an_upload("survey.txt")}).status_code == 302
    document = draft.supporting_documents.get()
    assert document.title == "survey"
    assert "survey.txt" in page_of(client, "part", draft.key, "evidence")
    assert client.get(add).status_code == 405
    remove = reverse("complaints:detach", args=[draft.key, document.pk])
    assert "Remove “survey”?" in client.get(remove).content.decode()
    assert draft.supporting_documents.exists()
    client.post(remove)
    assert not draft.supporting_documents.exists()


def test_a_file_that_is_refused_is_named_and_the_text_stays(
    client: Client, submitter: Membership
) -> None:
    draft = a_draft(by=submitter)
    add = reverse("complaints:attach", args=[draft.key])
    program = an_upload("survey.exe", content=b"MZ\x90\x00" + bytes(200))
    page = signed_in_as(client, submitter).post(add, {"upload": program}).content.decode()
    assert "“survey.exe” is not a kind of file that we take in" in page
    assert not draft.supporting_documents.exists()


def test_a_file_of_another_draft_is_not_there(client: Client, submitter: Membership) -> None:
    draft, other = a_draft(by=submitter), a_complete_draft(by=submitter)
    foreign = other.supporting_documents.get()
    address = reverse("complaints:detach", args=[draft.key, foreign.pk])
    assert signed_in_as(client, submitter).post(address).status_code == NOT_FOUND


def test_a_submitter_is_told_who_may_submit(client: Client, submitter: Membership) -> None:
    draft, approver = a_complete_draft(by=submitter), play("body_approver")
    signed_in_as(client, submitter)
    assert approver.user.name in page_of(client, "submit", draft.key)
    address = reverse("complaints:submit", args=[draft.key])
    assert client.post(address, DECLARED).status_code == 403
    draft.refresh_from_db()
    assert draft.status == CaseStatus.DRAFT


def test_a_body_not_designated_learns_whom_to_ask(client: Client, submitter: Membership) -> None:
    Designation.objects.filter(organisation=submitter.organisation).delete()
    Regime.objects.filter(key="police").update(designating_minister="Minister of Fiction")
    Organisation.objects.filter(slug="hmicfrs").update(mailbox="intake@example.invalid")
    page = page_of(signed_in_as(client, submitter), "new")
    assert "is not designated today" in page
    assert "Only a body that the Minister of Fiction has designated" in page
    assert page.count("at intake@example.invalid") == Regime.objects.count()
    assert client.post(reverse("complaints:new"), {"title": "x"}).status_code == 200
    assert not Complaint.objects.exists()


def test_earlier_complaints_are_looked_up_in_the_public_register(
    client: Client, submitter: Membership
) -> None:
    page = page_of(signed_in_as(client, submitter), "part", a_draft(by=submitter).key, "earlier")
    assert '<a class="govuk-link" href="/super-complaints">See published' in page


def test_what_lacks_a_part_names_it_with_a_way_to_it(
    client: Client, body_approver: Membership
) -> None:
    draft = a_draft(by=body_approver)
    page = page_of(signed_in_as(client, body_approver), "check", draft.key)
    assert page.count("?check") >= 4
    assert "Include the evidence that you rely on." in page
    assert "Continue to the declaration" not in page


def test_an_approver_confirms_a_registered_letter(
    client: Client, body_approver: Membership
) -> None:
    complaint = a_registered_complaint()
    signed_in_as(client, body_approver)
    assert "Confirm that it is ours" in page_of(client, "tracker", complaint.reference)
    client.post(reverse("complaints:confirm", args=[complaint.reference]))
    assert "Confirm that it is ours" not in page_of(client, "tracker", complaint.reference)


def test_a_letter_of_another_case_is_not_there(client: Client, body_approver: Membership) -> None:
    mine, other = a_submitted_complaint(), a_submitted_complaint()
    letter = other.letters.get(kind="receipt")
    address = reverse("complaints:download", args=[mine.reference, letter.pk])
    assert signed_in_as(client, body_approver).get(address).status_code == NOT_FOUND


def test_a_receipt_that_is_still_being_made_leads_back_with_the_reason(
    client: Client, body_approver: Membership
) -> None:
    complaint = a_submitted_complaint()
    receipt = complaint.letters.get(kind="receipt")
    signed_in_as(client, body_approver)
    address = reverse("complaints:download", args=[complaint.reference, receipt.pk])
    answer = client.get(address, follow=True)
    assert "has not been made yet" in answer.content.decode()


def test_a_tracker_of_a_joint_body_is_there(client: Client) -> None:
    body = organisation("liberty")
    complaint = a_registered_complaint()
    complaint.joint_bodies.add(body)
    signed_in_as(client, a_membership(Role.SUBMITTER, at=body))
    assert complaint.title in page_of(client, "tracker", complaint.reference)


def test_a_submitted_draft_leads_to_its_tracker(client: Client, body_approver: Membership) -> None:
    complaint = submission.submit(
        a_complete_draft(by=body_approver), signatory=SIGNATORY, by=body_approver
    )
    answer = signed_in_as(client, body_approver).get(
        reverse("complaints:draft", args=[complaint.key])
    )
    assert answer["Location"] == reverse("complaints:tracker", args=[complaint.reference])
    part = reverse("complaints:part", args=[complaint.key, "harm"])
    assert client.get(part).status_code == NOT_FOUND
