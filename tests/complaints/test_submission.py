"""Receiving a super-complaint, from the portal or by letter."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from accounts.models import Designation, Membership
from accounts.roles import Role
from audit.models import AuditEntry
from complaints.events import ComplaintEvent
from complaints.models import Complaint, SupportingDocument
from complaints.services import confirming, drafts, submission
from complaints.services.references import draw_reference
from complaints.states import CaseStatus
from tests.builders.accounts import a_membership, organisation
from tests.builders.complaints import (
    SIGNATORY,
    a_complete_draft,
    a_regime,
    a_registered_complaint,
    a_submitted_complaint,
)
from workflow.errors import ActRefusedError, GuardRefusedError

pytestmark = pytest.mark.django_db


def received(complaint: Complaint) -> list[AuditEntry]:
    """The entries of receipt in a case's chain."""
    return list(AuditEntry.objects.filter(chain=complaint.key, event=ComplaintEvent.RECEIVED))


def test_submitting_gives_a_reference_of_the_year_and_is_recorded_once(
    body_approver: Membership,
) -> None:
    with time_machine.travel(datetime(2018, 12, 18, 9, 30, tzinfo=UTC)):
        complaint = a_submitted_complaint(approver=body_approver)
    complaint.refresh_from_db()
    assert complaint.status == CaseStatus.SUBMITTED
    assert re.fullmatch(r"SC-2018-\d{3}", complaint.reference)
    assert complaint.received_on == date(2018, 12, 18)
    [entry] = received(complaint)
    assert entry.detail["received_on"] == "2018-12-18"
    assert entry.detail["regime"] == "police"
    assert entry.reference == complaint.reference


def test_the_day_of_receipt_is_the_day_in_london() -> None:
    with time_machine.travel(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)):
        assert a_submitted_complaint().received_on == date(2026, 7, 1)


def test_a_second_click_finds_it_submitted_and_answers_the_same(body_approver: Membership) -> None:
    complaint = a_submitted_complaint(approver=body_approver)
    again = submission.submit(
        Complaint.objects.get(pk=complaint.pk), signatory=SIGNATORY, by=body_approver
    )
    assert again.reference == complaint.reference
    assert len(received(complaint)) == 1


def test_a_submitter_who_is_no_approver_may_not_submit(submitter: Membership) -> None:
    with pytest.raises(PermissionDenied):
        submission.submit(a_complete_draft(by=submitter), signatory=SIGNATORY, by=submitter)


@pytest.mark.parametrize(
    ("left_out", "sentence"),
    [
        ("contact", "Name a contact person."),
        ("features", "Set out at least one feature of policing."),
        ("harm", "significantly harmed"),
        ("evidence", "Include the evidence"),
    ],
)
def test_a_part_of_regulation_4_left_out_is_named(
    left_out: str, sentence: str, body_approver: Membership
) -> None:
    """Law: SI 2018/748 reg. 4(2), 4(3)."""
    draft = a_complete_draft(by=body_approver, files=0)
    empty = {
        "contact": lambda: drafts.save_contact(
            draft, name="", email="", version=1, by=body_approver
        ),
        "features": lambda: drafts.save_features(draft, features=[], version=1, by=body_approver),
        "harm": lambda: drafts.save_harm(draft, harm="", version=1, by=body_approver),
        "evidence": lambda: drafts.save_evidence(draft, relied_on="", version=1, by=body_approver),
    }
    empty[left_out]()
    with pytest.raises(GuardRefusedError, match=sentence):
        submission.submit(draft, signatory=SIGNATORY, by=body_approver)
    draft.refresh_from_db()
    assert (draft.status, draft.reference) == (CaseStatus.DRAFT, "")
    assert not received(draft)


def test_a_file_alone_is_evidence_enough(body_approver: Membership) -> None:
    draft = a_complete_draft(by=body_approver, files=1)
    drafts.save_evidence(draft, relied_on="", version=1, by=body_approver)
    assert submission.submit(draft, signatory=SIGNATORY, by=body_approver).reference


def test_only_a_body_designated_on_the_day_can_submit(body_approver: Membership) -> None:
    """Law: Police Reform Act 2002 s.29A(1)."""
    draft = a_complete_draft(by=body_approver)
    designation = Designation.objects.get(organisation__slug="cwj")
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        designation.revoked_on = date(2026, 11, 23)
        designation.save()
        with pytest.raises(
            ActRefusedError, match="not designated for police super-complaints"
        ) as refused:
            submission.submit(draft, signatory=SIGNATORY, by=body_approver)
        assert "Only a body that the Home Secretary has designated" in str(refused.value)
        assert f"at {organisation('hmicfrs').mailbox}." in str(refused.value)
        designation.revoked_on = date(2026, 11, 24)
        designation.save()
        assert submission.submit(draft, signatory=SIGNATORY, by=body_approver).reference


def test_no_reference_of_a_year_is_drawn_twice() -> None:
    Complaint.objects.bulk_create(
        Complaint(
            regime=a_regime(),
            lead_body=organisation("cwj"),
            origin="import",
            reference=f"SC-2018-{number:03}",
        )
        for number in range(1000)
        if number != 417
    )
    assert draw_reference(2018) == "SC-2018-417"
    Complaint.objects.create(
        regime=a_regime(), lead_body=organisation("cwj"), origin="import", reference="SC-2018-417"
    )
    assert re.fullmatch(r"SC-2018-\d{4}", draw_reference(2018))
    assert re.fullmatch(r"SC-2019-\d{3}", draw_reference(2019))


def test_a_letter_is_received_on_the_day_it_came_whenever_it_is_entered(
    intake_officer: Membership,
) -> None:
    complaint = a_registered_complaint(received_on=date(2018, 12, 18), by=intake_officer)
    assert complaint.status == CaseStatus.SUBMITTED
    assert complaint.reference.startswith("SC-2018-")
    [entry] = received(complaint)
    assert entry.detail["received_on"] == "2018-12-18"
    original = SupportingDocument.objects.get(complaint=complaint, original_letter=True)
    assert original.file
    assert original.file.original_name == "letter.txt"


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 11, 24), "today or in the past"),
        (date(2018, 10, 31), "on or after 1 November 2018"),
    ],
)
def test_a_letter_came_neither_tomorrow_nor_before_the_scheme(day: date, sentence: str) -> None:
    """Law: SI 2018/748 reg. 1."""
    with (
        time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC)),
        pytest.raises(ActRefusedError, match=sentence),
    ):
        a_registered_complaint(received_on=day)
    assert not Complaint.objects.exists()


def test_a_letter_may_come_on_the_first_day_of_the_scheme() -> None:
    assert a_registered_complaint(received_on=date(2018, 11, 1)).reference


def test_only_the_receiving_authority_registers(database_in_use: None) -> None:
    """Law: SI 2018/748 reg. 5."""
    with pytest.raises(ActRefusedError, match="Only HMICFRS"):
        a_registered_complaint(by=a_membership(Role.INTAKE_OFFICER, at="iopc"))


def test_nobody_but_an_intake_officer_registers(investigator: Membership) -> None:
    with pytest.raises(PermissionDenied):
        a_registered_complaint(by=investigator)
    assert not Complaint.objects.exists()


def test_the_body_is_asked_to_confirm_and_confirms_once(body_approver: Membership) -> None:
    complaint = a_registered_complaint()
    assert complaint.confirmation.confirmed_at is None
    first = confirming.confirm_registration(complaint, by=body_approver)
    assert confirming.confirm_registration(complaint, by=body_approver) == first
    confirmed = AuditEntry.objects.filter(event=ComplaintEvent.CONFIRMED)
    assert confirmed.count() == 1


def test_a_body_confirms_only_its_own(
    other_body_submitter: Membership, submitter: Membership
) -> None:
    complaint = a_registered_complaint()
    for outsider in (other_body_submitter, submitter):
        with pytest.raises(PermissionDenied):
            confirming.confirm_registration(complaint, by=outsider)
