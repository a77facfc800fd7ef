"""What is written to a body names no other case, unless the public or that body knows of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from clock.london import london_today
from complaints.models import Complaint, Letter
from complaints.services import (
    acknowledgement,
    contact,
    correspondence,
    letter_texts,
    withdrawal_requests,
)
from complaints.services.other_cases import references_in
from complaints.states import CaseStatus
from investigations.services import progress
from tests.builders.accounts import a_membership, signed_in_as
from tests.builders.announcements import a_sealed_announcement, announced
from tests.builders.complaints import (
    a_regime,
    a_submitted_complaint,
    an_eligible_complaint,
    with_views,
)
from tests.builders.investigations import an_open_investigation
from tests.cast import play
from workflow.errors import ActRefusedError

WALKED = (a_submitted_complaint,)

Write = Callable[[Complaint, str], object]


def of_another_body(title: str = "Bail of victims") -> Complaint:
    """A case of which the body of the other one knows nothing."""
    return a_submitted_complaint(
        approver=a_membership(Role.BODY_APPROVER, at="hestia"), title=title
    )


def in_a_letter(complaint: Complaint, words: str) -> object:
    text = f"{letter_texts.acknowledgement(complaint)}\n\n{words}"
    return acknowledgement.acknowledge(complaint, text=text, by=play("intake_officer"))


def in_a_message(complaint: Complaint, words: str) -> object:
    return correspondence.send_message(complaint, text=words, by=play("intake_officer")).message


def in_a_part_request(complaint: Complaint, words: str) -> object:
    by = london_today() + timedelta(days=7)
    return correspondence.ask_for_part(
        complaint, part="contact", asked=words, answer_by=by, by=play("intake_officer")
    )


def in_a_declined_withdrawal(complaint: Complaint, words: str) -> object:
    if withdrawal_requests.standing_request(complaint) is None:
        withdrawal_requests.ask_to_withdraw(complaint, reason="No means.", by=play("body_approver"))
    return withdrawal_requests.decline_withdrawal(
        complaint, because=words, by=play("intake_officer")
    )


def in_a_conversation(_complaint: Complaint, words: str) -> object:
    opened = contact.open_conversation(
        a_regime(), subject="What we plan", text="May we talk?", by=play("submitter")
    )
    return contact.write(opened, text=words, by=play("intake_officer"))


WRITERS = (
    in_a_letter,
    in_a_message,
    in_a_part_request,
    in_a_declined_withdrawal,
    in_a_conversation,
)


@pytest.mark.django_db
@pytest.mark.parametrize("write", WRITERS)
def test_a_case_of_another_body_is_not_named_to_a_body(write: Write) -> None:
    complaint, other = a_submitted_complaint(), of_another_body()
    with pytest.raises(ActRefusedError, match=f"{other.reference}, which is not public.*Take"):
        write(complaint, f"It repeats {other.reference.lower().replace('-', '–')} of Hestia.")
    assert write(complaint, f"It repeats another one, and not {complaint.reference}.")


@pytest.mark.django_db
def test_a_reference_that_nobody_has_is_refused_in_the_same_words() -> None:
    complaint = a_submitted_complaint()
    with pytest.raises(ActRefusedError, match=r"SC-1999-123, which is not public"):
        in_a_message(complaint, "See SC-1999-123.")


@pytest.mark.django_db
def test_a_body_s_own_cases_and_its_own_words_are_free() -> None:
    complaint, own, other = a_submitted_complaint(), a_submitted_complaint(), of_another_body()
    in_a_message(complaint, f"You write of {own.reference} too.")
    said = correspondence.send_message(
        complaint, text=f"What of {other.reference}?", by=play("body_approver")
    ).message
    assert other.reference in said.text


@pytest.mark.django_db
def test_a_joint_complaint_names_no_case_that_one_of_its_bodies_does_not_make() -> None:
    complaint, own = a_submitted_complaint(), a_submitted_complaint()
    in_a_message(complaint, f"As {own.reference} says.")
    complaint.joints.create(organisation=play("other_body_submitter").organisation)
    with pytest.raises(ActRefusedError, match=own.reference):
        in_a_message(complaint, f"As {own.reference} says.")


@pytest.mark.django_db
def test_a_case_that_is_announced_may_be_named() -> None:
    other = an_eligible_complaint(
        approver=a_membership(Role.BODY_APPROVER, at="hestia"), title="Bail of victims"
    )
    complaint = a_submitted_complaint()
    release = a_sealed_announcement(other)
    with pytest.raises(ActRefusedError):
        in_a_message(complaint, f"It is like {other.reference}.")
    announced(release)
    in_a_message(complaint, f"It is like {other.reference}.")


@pytest.mark.django_db
def test_a_progress_report_is_refused_in_the_same_way() -> None:
    investigation, other = an_open_investigation(), of_another_body()
    lead = play("lead_investigator")
    report = progress.write(investigation, text=f"We compare {other.reference}.", by=lead)
    with pytest.raises(ActRefusedError, match=other.reference):
        progress.send(report, by=lead)


@pytest.mark.django_db
def test_reasons_that_name_another_case_are_seen_in_the_preview_of_the_decision(
    client: Client,
) -> None:
    complaint, other = a_submitted_complaint(), of_another_body()
    reasons = f"It repeats {other.reference} of Hestia."
    with_views(complaint, eligible=False, ground="content", reasons=reasons)
    browse = signed_in_as(client, play("hmicfrs_decision_maker"))
    address = reverse("complaints:decide", args=[complaint.reference])
    text = letter_texts.decision(complaint, eligible=False, reasons=reasons)
    page = browse.post(address, {"reasons": reasons, "text": text}).content.decode()
    assert f"The words name {other.reference}, which is not public" in page
    browse.post(address, {"reasons": reasons, "text": text, "send": "yes"})
    complaint.refresh_from_db()
    assert complaint.status == CaseStatus.SUBMITTED
    assert not Letter.objects.filter(complaint=complaint, kind=Letter.Kind.NOT_ELIGIBLE).exists()


@pytest.mark.parametrize(
    "words", ["SC-2026-417.", "sc-2026-417", "SC–2026–417", "SC 2026 417", "(SC‑2026‑417)"]
)
def test_a_reference_is_known_however_it_is_typed(words: str) -> None:
    assert references_in(words) == {"SC-2026-417"}
