"""Intake, acknowledgement, eligibility, letters and withdrawal: each page as each role."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from accounts.roles import Role
from complaints.models import Acknowledgement, Complaint, EligibilityView, Letter
from complaints.services import substances
from complaints.states import CaseStatus, Ground
from tests.builders.accounts import a_membership, signed_in_as
from tests.builders.complaints import (
    REASONS,
    a_draft,
    a_submitted_complaint,
    acknowledged,
    an_acknowledged_complaint,
    an_eligible_complaint,
    with_views,
)
from tests.cast import play

pytestmark = pytest.mark.django_db
WALKED = (a_submitted_complaint,)

NOT_FOUND, FORBIDDEN, FOUND = 404, 403, 200
RECEIVED = date(2018, 12, 18)
STRANGERS = ("submitter", "other_body_submitter", "responder", "administrator", "stranger")


def at(name: str, complaint: Complaint, *more: object) -> str:
    """The address of a case's page."""
    return reverse(f"complaints:{name}", args=[complaint.reference, *more])


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("page", ["acknowledge", "eligibility", "view", "decide", "letters"])
def test_a_case_is_not_there_for_strangers(client: Client, page: str, who: str) -> None:
    complaint = a_submitted_complaint()
    signed_in_as(client, play(who))
    assert client.get(at(page, complaint)).status_code == NOT_FOUND


@pytest.mark.parametrize("who", [*STRANGERS, "investigator", "hmicfrs_decision_maker"])
def test_intake_is_for_intake_officers(client: Client, who: str) -> None:
    signed_in_as(client, play(who))
    for page in ("intake", "register"):
        assert client.get(reverse(f"complaints:{page}")).status_code == NOT_FOUND


def test_an_unassigned_investigator_sees_no_case(client: Client) -> None:
    complaint = a_submitted_complaint()
    signed_in_as(client, play("unassigned_investigator"))
    assert client.get(at("eligibility", complaint)).status_code == NOT_FOUND


def test_an_auditor_reads_and_changes_nothing(client: Client, auditor: Membership) -> None:
    complaint = a_submitted_complaint()
    signed_in_as(client, auditor)
    assert client.get(at("eligibility", complaint)).status_code == FOUND
    assert client.get(at("letters", complaint)).status_code == FOUND
    for page in ("acknowledge", "view", "decide", "withdraw"):
        assert client.get(at(page, complaint)).status_code == NOT_FOUND


def test_a_draft_is_not_a_case(client: Client, intake_officer: Membership) -> None:
    draft = a_draft(title="Not finished yet")
    signed_in_as(client, intake_officer)
    page = reverse("complaints:eligibility", args=[draft.key])
    assert client.get(page).status_code == NOT_FOUND
    assert draft.title not in client.get(reverse("complaints:intake")).content.decode()


def test_what_waits_for_acknowledgement_leaves_the_list_when_it_is_sent(
    client: Client, intake_officer: Membership
) -> None:
    complaint = a_submitted_complaint()
    signed_in_as(client, intake_officer)
    assert complaint.reference in client.get(reverse("complaints:intake")).content.decode()
    an_edited_letter = {"text": "We have it.\n\n- and read it"}
    preview = client.post(at("acknowledge", complaint), an_edited_letter).content.decode()
    assert "The letter as it will be read" in preview
    assert "<li>and read it</li>" in preview
    assert not Acknowledgement.objects.exists()
    assert "We have it." in client.get(at("acknowledge", complaint)).content.decode()
    sent = client.post(at("acknowledge", complaint), {**an_edited_letter, "send": "yes"})
    assert sent["Location"] == at("letters", complaint)
    assert (
        Acknowledgement.objects.get(complaint=complaint).letter.text
        == "We have it.\n\n- and read it"
    )
    assert "Nothing waits" in client.get(reverse("complaints:intake")).content.decode()


def test_three_authorities_record_their_views_and_the_receiving_one_decides(
    client: Client, decision_makers: dict[str, Membership]
) -> None:
    complaint = an_acknowledged_complaint()
    for slug, member in decision_makers.items():
        signed_in_as(client, member)
        page = client.get(at("eligibility", complaint)).content.decode()
        assert "Record our view" in page
        assert "Write the decision letter" not in page, slug
        assert (
            client.post(at("view", complaint), {"eligible": "yes", "version": 0}).status_code == 302
        )
    assert "HMICFRS sends the decision" in client.get(at("eligibility", complaint)).content.decode()
    signed_in_as(client, decision_makers["hmicfrs"])
    assert "Write the decision letter" in client.get(at("eligibility", complaint)).content.decode()
    promised = "It will be investigated. We will send you reports on its progress."
    text = {"reasons": "It is in form.", "text": promised, "send": "yes"}
    assert client.post(at("decide", complaint), text)["Location"] == at("letters", complaint)
    complaint.refresh_from_db()
    assert complaint.status == CaseStatus.ELIGIBLE


def test_whoever_wrote_while_a_colleague_decided_is_told_and_has_their_text(
    client: Client, hmicfrs_decision_maker: Membership
) -> None:
    complaint = with_views(an_acknowledged_complaint())
    colleague = a_membership(Role.DECISION_MAKER, at="hmicfrs", name="Second decider")
    promised = "It will be investigated. We will send you reports on its progress."
    sent = {"reasons": "It is in form.", "text": promised, "send": "yes"}
    signed_in_as(client, colleague)
    for _pressed in range(2):
        assert client.post(at("decide", complaint), sent)["Location"] == at("letters", complaint)
    signed_in_as(client, hmicfrs_decision_maker)
    page = client.post(at("decide", complaint), {**sent, "text": "My own letter."})
    text = page.content.decode()
    assert page.status_code == 409
    assert "Second decider sent it at" in text
    assert "My own letter." in text
    assert complaint.letters.filter(kind=Letter.Kind.ELIGIBLE).count() == 1
    assert client.get(at("decide", complaint))["Location"] == at("letters", complaint)


def test_whoever_wrote_while_a_colleague_acknowledged_is_told_and_has_their_text(
    client: Client, intake_officer: Membership
) -> None:
    complaint = a_submitted_complaint()
    colleague = a_membership(Role.INTAKE_OFFICER, at="hmicfrs", name="Second officer")
    acknowledged(complaint, by=colleague)
    signed_in_as(client, intake_officer)
    page = client.post(at("acknowledge", complaint), {"text": "Thank you.", "send": "yes"})
    assert page.status_code == 409
    assert "Second officer sent it at" in page.content.decode()
    assert "Thank you." in page.content.decode()


def test_not_eligible_can_not_be_recorded_without_ground_and_reasons(
    client: Client, iopc_decision_maker: Membership
) -> None:
    complaint = an_acknowledged_complaint()
    signed_in_as(client, iopc_decision_maker)
    page = client.post(at("view", complaint), {"eligible": "no", "version": 0}).content.decode()
    assert "Choose the ground on which it is not eligible." in page
    assert "Give the reasons why it is not eligible." in page
    assert not EligibilityView.objects.exists()


def test_a_view_that_a_colleague_recorded_meanwhile_is_shown_beside_ones_own(
    client: Client, iopc_decision_maker: Membership
) -> None:
    complaint = an_acknowledged_complaint()
    signed_in_as(client, iopc_decision_maker)
    colleague = {"eligible": "yes", "reasons": "All parts are there.", "version": 0}
    assert client.post(at("view", complaint), colleague).status_code == 302
    mine = {"eligible": "yes", "reasons": "Much has changed since 2019.", "version": 0}
    answer = client.post(at("view", complaint), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "All parts are there." in page
    assert "Much has changed since 2019." in page
    assert EligibilityView.objects.get().reasons == "All parts are there."
    assert "Much has changed since 2019." in client.get(at("view", complaint)).content.decode()
    assert client.post(at("view", complaint), {**mine, "version": 1}).status_code == 302
    colleague_again = {**colleague, "version": 2}
    assert client.post(at("view", complaint), colleague_again).status_code == 302
    assert "Much has changed since 2019." not in client.get(at("view", complaint)).content.decode()


def test_a_refusal_whose_letter_drops_the_reasons_is_sent_back(
    client: Client, hmicfrs_decision_maker: Membership
) -> None:
    complaint = an_acknowledged_complaint()
    with_views(complaint, eligible=False, ground=Ground.CONTENT, reasons=REASONS)
    signed_in_as(client, hmicfrs_decision_maker)
    assert REASONS in client.get(at("decide", complaint)).content.decode()
    typed = {"reasons": REASONS, "text": "No.", "send": "yes"}
    page = client.post(at("decide", complaint), typed).content.decode()
    assert "does not carry the reasons word for word" in page
    complaint.refresh_from_db()
    assert complaint.status == CaseStatus.SUBMITTED


def test_a_repeat_is_chosen_among_the_cases_one_may_see(
    client: Client, iopc_decision_maker: Membership
) -> None:
    complaint, other = an_acknowledged_complaint(), an_eligible_complaint()
    substances.read(other)
    draft = a_draft(title="Nobody else’s business")
    page = signed_in_as(client, iopc_decision_maker).get(at("view", complaint)).content.decode()
    assert other.reference in page
    assert draft.title not in page
    typed = {
        "eligible": "no",
        "ground": "repeats_live",
        "reasons": "A repeat.",
        "repeats": draft.pk,
        "version": 0,
    }
    assert client.post(at("view", complaint), typed).status_code == FOUND
    assert not EligibilityView.objects.filter(complaint=complaint).exists()


def test_a_withdrawal_is_recorded_with_its_reason(
    client: Client, intake_officer: Membership
) -> None:
    complaint = an_acknowledged_complaint()
    signed_in_as(client, intake_officer)
    refused = client.post(at("withdraw", complaint), {"reason": ""}).content.decode()
    assert "Give the reason for the withdrawal." in refused
    typed = {"asked_for_by_body": "yes", "reason": "They wrote to us.", "text": "It is withdrawn."}
    assert client.post(at("withdraw", complaint), {**typed, "send": "yes"}).status_code == 302
    complaint.refresh_from_db()
    assert complaint.status == CaseStatus.WITHDRAWN


def test_a_withdrawal_is_seen_as_it_will_be_read_before_it_is_made(
    client: Client, intake_officer: Membership
) -> None:
    complaint = an_acknowledged_complaint()
    signed_in_as(client, intake_officer)
    typed = {"asked_for_by_body": "yes", "reason": "They wrote to us.", "text": "It is withdrawn."}
    page = client.post(at("withdraw", complaint), typed).content.decode()
    assert "The letter as it will be read" in page
    assert f"<h3>Your super-complaint is withdrawn: {complaint.title}</h3>" in page
    assert 'name="reason" value="They wrote to us."' in page
    assert "They wrote to us." in client.get(at("withdraw", complaint)).content.decode()
    unwritten = client.post(at("withdraw", complaint), {**typed, "text": ""}).content.decode()
    assert "No letter is sent, since its text is empty." in unwritten
    complaint.refresh_from_db()
    assert complaint.status == CaseStatus.SUBMITTED


def test_a_letter_of_another_case_is_not_there(client: Client, intake_officer: Membership) -> None:
    mine, other = an_acknowledged_complaint(), an_acknowledged_complaint()
    foreign = other.acknowledgement.letter.pk
    signed_in_as(client, intake_officer)
    assert client.get(at("letter", mine, foreign)).status_code == NOT_FOUND
    document = other.supporting_documents.get().pk
    assert client.get(at("supporting_document", mine, document)).status_code == NOT_FOUND
