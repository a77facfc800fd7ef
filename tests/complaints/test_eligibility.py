"""Acknowledging, deciding eligibility and withdrawing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, Organisation, RegimeAuthority
from audit.models import AuditEntry
from complaints.events import ComplaintEvent
from complaints.models import Acknowledgement, Complaint, EligibilityDecision, EligibilityView
from complaints.services import acknowledgement, eligibility, letter_texts, withdrawal
from complaints.states import CaseStatus, Ground
from drafting.errors import VersionConflictError
from tests.builders.accounts import an_organisation, signed_in_as
from tests.builders.complaints import (
    REASONS,
    WHY_ELIGIBLE,
    a_decision_maker,
    a_draft,
    a_not_eligible_complaint,
    a_registered_complaint,
    a_submitted_complaint,
    a_withdrawn_complaint,
    acknowledged,
    an_acknowledged_complaint,
    an_eligible_complaint,
    with_views,
)
from tests.cast import play
from workflow.errors import ActRefusedError, GuardRefusedError, TransitionRefusedError

pytestmark = pytest.mark.django_db
WALKED = (a_submitted_complaint,)


def entries(complaint: Complaint, event: ComplaintEvent) -> list[AuditEntry]:
    """The entries of one event in a case's chain."""
    return list(AuditEntry.objects.filter(chain=complaint.key, event=event))


def test_an_acknowledgement_is_a_letter_with_its_pdf_and_instant(
    intake_officer: Membership,
) -> None:
    """Law: SI 2018/748 reg. 5."""
    complaint = acknowledged(a_submitted_complaint(), by=intake_officer)
    letter = complaint.acknowledgement.letter
    assert complaint.reference in letter.text
    assert letter.document is not None
    assert letter.document.case_key == complaint.key
    assert complaint.acknowledgement.acknowledged_at == letter.sent_at
    assert len(entries(complaint, ComplaintEvent.ACKNOWLEDGED)) == 1


def test_a_second_click_sends_no_second_acknowledgement(intake_officer: Membership) -> None:
    complaint = acknowledged(a_submitted_complaint())
    again = acknowledgement.acknowledge(complaint, text="Other text", by=intake_officer)
    assert again == complaint.acknowledgement.letter
    assert complaint.letters.filter(kind="acknowledgement").count() == 1
    assert len(entries(complaint, ComplaintEvent.ACKNOWLEDGED)) == 1


def test_acknowledging_does_not_wait_for_eligibility_nor_the_other_way_round() -> None:
    complaint = with_views(a_submitted_complaint())
    eligibility.decide(
        complaint,
        reasons="In form.",
        text=letter_texts.decision(complaint, eligible=True),
        by=a_decision_maker(Organisation.objects.get(slug="hmicfrs")),
    )
    assert complaint.status == CaseStatus.ELIGIBLE
    acknowledged(complaint)
    assert Acknowledgement.objects.filter(complaint=complaint).exists()


@pytest.mark.parametrize("who", ["submitter", "investigator", "hmicfrs_decision_maker", "stranger"])
def test_only_intake_acknowledges(who: str, request: pytest.FixtureRequest) -> None:
    complaint = a_submitted_complaint()
    with pytest.raises(PermissionDenied):
        acknowledged(complaint, by=request.getfixturevalue(who))
    assert not Acknowledgement.objects.exists()


def test_a_letter_without_text_is_not_sent(intake_officer: Membership) -> None:
    with pytest.raises(ActRefusedError, match="Write the letter"):
        acknowledgement.acknowledge(a_submitted_complaint(), text=" \r\n ", by=intake_officer)
    assert not Acknowledgement.objects.exists()


def test_eligible_needs_the_same_view_of_every_authority(
    decision_makers: dict[str, Membership],
) -> None:
    """Law: SI 2018/748 reg. 6(1)."""
    complaint, lead = an_acknowledged_complaint(), decision_makers["hmicfrs"]
    text = letter_texts.decision(complaint, eligible=True)
    for slug in ("hmicfrs", "iopc"):
        member = decision_makers[slug]
        eligibility.record_view(complaint, eligible=True, ground="", reasons="", by=member)
        with pytest.raises(GuardRefusedError, match=r"College must( each)? record"):
            eligibility.decide(complaint, reasons="In form.", text=text, by=lead)
    eligibility.record_view(
        complaint,
        eligible=False,
        ground=Ground.CONTENT,
        reasons="No evidence is set out.",
        by=decision_makers["college"],
    )
    with pytest.raises(GuardRefusedError, match="views differ"):
        eligibility.decide(complaint, reasons="In form.", text=text, by=lead)
    eligibility.record_view(
        complaint, eligible=True, ground="", reasons="", version=1, by=decision_makers["college"]
    )
    decision = eligibility.decide(complaint, reasons="In form.", text=text, by=lead)
    assert (decision.eligible, complaint.status) == (True, CaseStatus.ELIGIBLE)
    assert len(entries(complaint, ComplaintEvent.VIEW_RECORDED)) == 4


def test_a_view_that_a_colleague_has_changed_meanwhile_is_not_written_over() -> None:
    complaint, by = an_acknowledged_complaint(), play("iopc_decision_maker")
    said: dict[str, Any] = {"eligible": True, "ground": "", "by": by}
    eligibility.record_view(complaint, reasons="The first view.", **said)
    eligibility.record_view(complaint, reasons="A colleague’s view.", version=1, **said)
    for overtaken in (0, 1):
        with pytest.raises(VersionConflictError):
            eligibility.record_view(complaint, reasons="Too late.", version=overtaken, **said)
    (view,) = complaint.eligibility_views.all()
    assert (view.reasons, view.version) == ("A colleague’s view.", 2)


def test_the_regime_says_how_many_authorities_decide(
    decision_makers: dict[str, Membership],
) -> None:
    complaint = with_views(an_acknowledged_complaint())
    RegimeAuthority.objects.create(
        regime=complaint.regime, organisation=an_organisation(name="A fourth"), office="x", order=9
    )
    with pytest.raises(GuardRefusedError, match="must record a view"):
        eligibility.decide(
            complaint, reasons="In form.", text="Yes.", by=decision_makers["hmicfrs"]
        )


def test_the_body_is_told_once_and_the_entry_says_when(
    decision_makers: dict[str, Membership],
) -> None:
    complaint = an_eligible_complaint()
    again = eligibility.decide(
        complaint, reasons="In form.", text="Other", by=decision_makers["hmicfrs"]
    )
    assert again == complaint.eligibility_decision
    [entry] = entries(complaint, ComplaintEvent.ELIGIBLE)
    assert entry.detail["told_on"] == str(again.decided_on)
    assert entry.detail["regime"] == "police"
    assert again.letter is not None
    assert "progress" in again.letter.text


def test_not_eligible_carries_its_reasons_word_for_word(
    decision_makers: dict[str, Membership],
) -> None:
    """Law: SI 2018/748 reg. 6(6)."""
    complaint = an_acknowledged_complaint()
    with_views(complaint, eligible=False, ground=Ground.CONTENT, reasons=REASONS)
    lead = decision_makers["hmicfrs"]
    with pytest.raises(ActRefusedError, match="Give the reasons"):
        eligibility.decide(complaint, reasons=" ", text="No.", by=lead)
    with pytest.raises(ActRefusedError, match="word for word"):
        eligibility.decide(complaint, reasons=REASONS, text="It is a repeat.", by=lead)
    assert not EligibilityDecision.objects.exists()
    text = f"Our reasons:\r\n\r\n{REASONS}\r\n\r\nThat is all."
    decision = eligibility.decide(complaint, reasons=REASONS, text=text, by=lead)
    assert complaint.status == CaseStatus.NOT_ELIGIBLE
    assert decision.letter is not None
    assert decision.reasons in decision.letter.text
    assert decision.ground == Ground.CONTENT


@pytest.mark.parametrize(
    ("ground", "reasons", "sentence"),
    [("", REASONS, "Choose the ground"), (Ground.CONTENT, "  ", "Give the reasons")],
)
def test_a_view_against_needs_ground_and_reasons(
    ground: str, reasons: str, sentence: str, decision_makers: dict[str, Membership]
) -> None:
    complaint = an_acknowledged_complaint()
    with pytest.raises(ActRefusedError, match=sentence):
        eligibility.record_view(
            complaint, eligible=False, ground=ground, reasons=reasons, by=decision_makers["iopc"]
        )
    assert not EligibilityView.objects.exists()


def test_a_view_is_not_changed_after_the_decision(
    decision_makers: dict[str, Membership],
) -> None:
    complaint = an_eligible_complaint()
    with pytest.raises(ActRefusedError, match="until the decision"):
        eligibility.record_view(
            complaint, eligible=True, ground="", reasons="", by=decision_makers["iopc"]
        )


def test_the_receiving_authority_tells_the_body(decision_makers: dict[str, Membership]) -> None:
    complaint = with_views(an_acknowledged_complaint())
    with pytest.raises(ActRefusedError, match="Only HMICFRS"):
        eligibility.decide(complaint, reasons="In form.", text="Yes.", by=decision_makers["iopc"])


def test_an_authority_of_another_regime_has_no_view() -> None:
    complaint = an_acknowledged_complaint()
    other = a_decision_maker(Organisation.objects.get(slug="spcc"))
    with pytest.raises(PermissionDenied):
        eligibility.record_view(complaint, eligible=True, ground="", reasons="", by=other)


def test_a_withdrawal_keeps_its_reason_and_ends_the_case(intake_officer: Membership) -> None:
    complaint = a_withdrawn_complaint()
    assert complaint.status == CaseStatus.WITHDRAWN
    assert complaint.withdrawal.asked_for_by_body
    with pytest.raises(TransitionRefusedError):
        withdrawal.withdraw(complaint, reason="x", asked_for_by_body=True, by=intake_officer)


def test_a_withdrawal_needs_a_reason_and_may_come_with_a_letter(
    intake_officer: Membership,
) -> None:
    complaint = a_registered_complaint()
    with pytest.raises(ActRefusedError, match="Give the reason"):
        withdrawal.withdraw(complaint, reason=" ", asked_for_by_body=False, by=intake_officer)
    withdrawal.withdraw(
        complaint,
        reason="Asked by letter.",
        asked_for_by_body=True,
        by=intake_officer,
        text=letter_texts.withdrawal(complaint),
    )
    assert complaint.letters.filter(kind="withdrawal").count() == 1


@pytest.mark.parametrize("build", [a_draft, a_not_eligible_complaint])
def test_nothing_to_withdraw_before_receipt_and_after_the_end(
    build: Callable[[], Complaint], intake_officer: Membership
) -> None:
    complaint = build()
    with pytest.raises((PermissionDenied, TransitionRefusedError)):
        withdrawal.withdraw(complaint, reason="x", asked_for_by_body=True, by=intake_officer)


@pytest.mark.parametrize(
    ("promise", "instead"),
    [
        ("investigated", "…"),
        ("progress", "…"),
        ("will be investigated", "will not be investigated"),
    ],
)
def test_a_letter_that_promises_too_little_does_not_decide(promise: str, instead: str) -> None:
    """Law: SI 2018/748 reg. 6(5)."""
    complaint = with_views(a_submitted_complaint())
    text = letter_texts.decision(complaint, eligible=True).replace(promise, instead)
    with pytest.raises(ActRefusedError, match="must say"):
        eligibility.decide(
            complaint, reasons="In form.", text=text, by=play("hmicfrs_decision_maker")
        )
    assert complaint.status == CaseStatus.SUBMITTED


def test_an_eligible_decision_has_its_reasons_too(client: Client) -> None:
    complaint, lead = with_views(an_acknowledged_complaint()), play("hmicfrs_decision_maker")
    text = letter_texts.decision(complaint, eligible=True)
    with pytest.raises(ActRefusedError, match=r"Give the reasons for the decision\."):
        eligibility.decide(complaint, reasons=" ", text=text, by=lead)
    typed = {"reasons": "", "text": text, "send": "yes"}
    address = reverse("complaints:decide", args=[complaint.reference])
    page = signed_in_as(client, lead).post(address, typed).content.decode()
    assert "Give the reasons for the decision." in page
    decision = eligibility.decide(complaint, reasons=WHY_ELIGIBLE, text=text, by=lead)
    assert decision.reasons == WHY_ELIGIBLE
    with pytest.raises(IntegrityError, match="a_decision_that_was_told_has_its_reasons"):
        EligibilityDecision.objects.filter(pk=decision.pk).update(reasons="")
