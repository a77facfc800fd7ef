"""Findings: tied to evidence, proposed, agreed for one text by each authority."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from accounts.models import Membership
from audit.models import AuditEntry
from drafting.errors import VersionConflictError
from investigations.models import Finding, FindingAgreement
from investigations.services import evidence, findings
from investigations.states import FindingStatus
from investigations.workflow import FINDING
from tests.builders.accounts import organisation
from tests.builders.investigations import (
    AUTHORITIES,
    a_finding,
    a_proposed_finding,
    an_agreed_finding,
    an_evidence_item,
    an_open_investigation,
)
from tests.cast import play
from workflow.errors import ActRefusedError, GuardRefusedError, TransitionRefusedError

pytestmark = pytest.mark.django_db
WALKED = (a_proposed_finding,)


def agree(finding: Finding, slug: str, *, text_sha256: str = "") -> FindingAgreement:
    return findings.agree(
        finding,
        text_sha256=text_sha256 or finding.text_sha256,
        by=play(f"{slug}_decision_maker"),
    )


def change(finding: Finding, **other: Any) -> Finding:
    said: dict[str, Any] = {
        "title": finding.title,
        "conclusion": finding.conclusion,
        "reasons": finding.reasons,
        "feature": None,
        "version": finding.version,
        "by": play("investigator"),
        **other,
    }
    return findings.change(finding, **said)


def recorded(event: str) -> int:
    return AuditEntry.objects.filter(event=event).count()


def test_a_finding_is_agreed_when_every_authority_of_its_regime_agreed_to_its_text() -> None:
    finding = a_proposed_finding()
    for slug in AUTHORITIES[:-1]:
        agree(finding, slug)
        finding.refresh_from_db()
        assert finding.status == FindingStatus.PROPOSED
    agree(finding, AUTHORITIES[-1])
    finding.refresh_from_db()
    assert finding.status == FindingStatus.AGREED
    assert (recorded("finding:agreed_by_one"), recorded("finding:agreed")) == (3, 1)


def test_agreeing_twice_is_agreeing_once() -> None:
    finding = a_proposed_finding()
    assert agree(finding, "iopc") == agree(finding, "iopc")
    assert recorded("finding:agreed_by_one") == 1


def test_an_agreement_to_a_text_that_has_changed_is_refused() -> None:
    finding = a_proposed_finding()
    read = finding.text_sha256
    change(finding, conclusion="Forces share everything.")
    with pytest.raises(ActRefusedError, match="was changed while you read it"):
        agree(finding, "iopc", text_sha256=read)
    assert not FindingAgreement.objects.exists()


def test_a_draft_is_not_agreed_to() -> None:
    with pytest.raises(TransitionRefusedError, match="once it is proposed"):
        agree(a_finding(), "iopc")


def test_only_an_authority_agrees() -> None:
    finding = a_proposed_finding()
    for outsider in ("investigator", "lead_investigator", "submitter", "responder"):
        with pytest.raises(PermissionDenied):
            findings.agree(finding, text_sha256=finding.text_sha256, by=play(outsider))


def test_an_edit_voids_every_agreement_and_says_so() -> None:
    finding = an_agreed_finding()
    changed = change(finding, conclusion="Forces share too much.")
    assert changed.status == FindingStatus.PROPOSED
    assert not changed.agreements.standing().exists()
    assert changed.agreements.count() == 3
    assert recorded("finding:agreement_voided") == 3
    assert recorded("finding:reopened") == 1
    for slug in AUTHORITIES:
        agree(changed, slug)
    changed.refresh_from_db()
    assert changed.status == FindingStatus.AGREED


def test_a_save_that_leaves_the_text_alone_voids_nothing() -> None:
    finding = an_agreed_finding()
    feature = finding.investigation.complaint.features.get(number=1)
    changed = change(finding, feature=feature, conclusion=finding.conclusion + "\r\n")
    assert changed.status == FindingStatus.AGREED
    assert changed.agreements.standing().count() == 3


def test_of_two_edits_made_at_once_the_second_is_refused() -> None:
    finding = a_finding()
    change(finding, conclusion="Mine.")
    with pytest.raises(VersionConflictError):
        change(finding, conclusion="Yours.")
    finding.refresh_from_db()
    assert finding.conclusion == "Mine."


def test_a_finding_without_support_is_not_proposed() -> None:
    investigation = an_open_investigation()
    drafted = findings.draft(
        investigation, title="Alone", conclusion="It rests on nothing.", by=play("investigator")
    )
    contrary = an_evidence_item(investigation)
    findings.link(drafted, evidence_item=contrary, bearing="contradicts", by=play("investigator"))
    with pytest.raises(GuardRefusedError, match="no evidence that supports it"):
        findings.propose(drafted, by=play("investigator"))
    findings.link(drafted, evidence_item=contrary, bearing="supports", by=play("investigator"))
    assert findings.propose(drafted, by=play("investigator")).status == FindingStatus.PROPOSED


def test_support_of_another_finding_supports_nothing_here() -> None:
    other = a_finding()
    drafted = findings.draft(
        other.investigation, title="Alone", conclusion="x", by=play("investigator")
    )
    shared = other.evidence.get()
    findings.link(drafted, evidence_item=shared, bearing="context", by=play("investigator"))
    with pytest.raises(GuardRefusedError):
        findings.propose(drafted, by=play("investigator"))


def test_evidence_set_aside_supports_nothing() -> None:
    finding = a_finding()
    support = finding.evidence.get()
    evidence.set_aside(support, reason="Out of scope.", by=play("investigator"))
    with pytest.raises(GuardRefusedError):
        findings.propose(finding, by=play("investigator"))


def test_a_proposed_finding_keeps_its_last_support() -> None:
    finding = a_proposed_finding()
    last = finding.evidence.get()
    with pytest.raises(ActRefusedError, match="only evidence"):
        findings.unlink(finding, evidence_item=last, by=play("investigator"))
    with pytest.raises(ActRefusedError, match="only evidence"):
        findings.link(finding, evidence_item=last, bearing="context", by=play("investigator"))
    other = an_evidence_item(finding.investigation)
    findings.link(finding, evidence_item=other, bearing="supports", by=play("investigator"))
    findings.unlink(finding, evidence_item=last, by=play("investigator"))
    assert finding.evidence.get() == other


def test_evidence_of_another_case_is_not_linked() -> None:
    with pytest.raises(ActRefusedError, match="another investigation"):
        findings.link(
            a_finding(),
            evidence_item=an_evidence_item(),
            bearing="supports",
            by=play("investigator"),
        )


def test_returning_a_finding_to_draft_voids_what_was_agreed() -> None:
    finding = a_proposed_finding()
    agree(finding, "college")
    findings.return_to_draft(finding, by=play("investigator"))
    assert not finding.agreements.standing().exists()
    assert recorded("finding:agreement_voided") == 1


def test_the_engine_itself_refuses_to_settle_what_not_all_have_agreed(
    hmicfrs_decision_maker: Membership,
) -> None:
    finding = a_proposed_finding()
    agree(finding, "hmicfrs")
    with pytest.raises(GuardRefusedError, match="IOPC, College"):
        FINDING.apply("agree", finding, by=hmicfrs_decision_maker)


def test_the_database_keeps_agreement_and_text_together() -> None:
    finding = an_agreed_finding()
    rows = Finding.objects.filter(pk=finding.pk)
    with pytest.raises(DatabaseError, match="once every agreement"), transaction.atomic():
        rows.update(conclusion="Otherwise.")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        finding.agreements.update(text_sha256="0" * 64)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        finding.agreements.all().delete()
    proposed = a_proposed_finding(finding.investigation)
    given: dict[str, Any] = {"finding": proposed, "by": play("iopc_decision_maker")}
    with pytest.raises(DatabaseError, match="as it stands"), transaction.atomic():
        FindingAgreement.objects.create(
            authority=organisation("iopc"), text_sha256="0" * 64, **given
        )
    with pytest.raises(DatabaseError, match="Only an authority"), transaction.atomic():
        FindingAgreement.objects.create(
            authority=organisation("norfolk"), text_sha256=proposed.text_sha256, **given
        )


def test_a_draft_that_leads_nowhere_is_dropped_and_its_number_is_not_given_again() -> None:
    first = a_finding()
    last = a_finding(first.investigation)
    with pytest.raises(ActRefusedError, match="Say why"):
        findings.drop(last, reason=" ", by=play("investigator"))
    findings.drop(last, reason="It repeats F-01.", by=play("investigator"))
    assert list(first.investigation.findings.all()) == [first]
    assert recorded("finding:dropped") == 1
    assert a_finding(first.investigation).mark == "F-03"


def test_what_an_authority_agreed_to_is_not_dropped() -> None:
    finding = a_proposed_finding()
    agree(finding, "iopc")
    with pytest.raises(ActRefusedError, match="Return F-01 to draft"):
        findings.drop(finding, reason="Wrong.", by=play("investigator"))
    findings.return_to_draft(finding, by=play("investigator"))
    with pytest.raises(ActRefusedError, match="so it stays"):
        findings.drop(finding, reason="Wrong.", by=play("investigator"))
