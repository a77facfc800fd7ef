"""Findings: drafted, tied to evidence, proposed, and agreed by each authority for one text."""

from typing import Any

from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Action
from audit.events import record
from audit.models import AuditEntry
from complaints.models import Feature
from complaints.services.letters import unified
from documents.models import StoredFile
from documents.states import ScanState
from investigations.events import InvestigationEvent as Event
from investigations.models import (
    EvidenceItem,
    Finding,
    FindingAgreement,
    FindingEvidence,
    Investigation,
)
from investigations.services import gate
from investigations.states import Bearing, FindingStatus
from investigations.workflow import FINDING
from workflow.acts import act
from workflow.errors import ActRefusedError, TransitionRefusedError
from workflow.permission import refuse_unless_may

TEXT_FIELDS = ("title", "conclusion", "reasons")


@act
def draft(
    investigation: Investigation,
    *,
    title: str,
    conclusion: str,
    by: Membership,
    reasons: str = "",
    feature: Feature | None = None,
) -> Finding:
    """Begin a finding: what is concluded on a point, and why.

    Law: SI 2018/748 reg. 8(1)(b). Records: finding:drafted. Raises: PermissionDenied,
    ActRefusedError.
    """
    gate.check(investigation, Action.FINDING_DRAFT, by=by)
    _check_own_feature(investigation, feature)
    drafted = Finding.objects.create(
        investigation=investigation,
        number=_next_number(investigation),
        title=title,
        conclusion=unified(conclusion),
        reasons=unified(reasons),
        feature=feature,
        drafted_by=by,
    )
    record(Event.FINDING_DRAFTED, subject=drafted, by=by, mark=drafted.mark)
    return drafted


@act
def change(
    finding: Finding,
    *,
    title: str,
    conclusion: str,
    reasons: str,
    feature: Feature | None,
    version: int,
    by: Membership,
) -> Finding:
    """Change a finding. A changed text voids every agreement to the old one, and says so.

    Records: finding:changed, and finding:agreement_voided for each authority that had agreed.
    Raises: PermissionDenied, VersionConflictError, ActRefusedError.
    """
    gate.check(finding, Action.FINDING_DRAFT, by=by, or_corrected=True)
    fresh = gate.opened_at(finding, version)
    _check_own_feature(fresh.investigation, feature)
    before = fresh.text_sha256
    fresh.title = title
    fresh.conclusion, fresh.reasons = unified(conclusion), unified(reasons)
    fresh.feature = feature
    after = fresh.text_sha256
    if after != before:
        _void_agreements(fresh, by=by)
    fresh.save(update_fields=[*TEXT_FIELDS, "feature"])
    record(Event.FINDING_CHANGED, subject=fresh, by=by, mark=fresh.mark, before=before, after=after)
    if after != before and fresh.status == FindingStatus.AGREED:
        FINDING.apply("reopen", fresh, by=by, mark=fresh.mark)
    return fresh


@act
def link(
    finding: Finding,
    *,
    evidence_item: EvidenceItem,
    bearing: str,
    by: Membership,
    note: str = "",
) -> FindingEvidence:
    """Say what an evidence item does for a finding; saying it again changes what was said.

    Records: evidence:linked. Raises: PermissionDenied; ActRefusedError when the item is another
    case's, or its file was quarantined.
    """
    gate.check(finding, Action.FINDING_DRAFT, by=by, or_corrected=True)
    refuse_unless_may(by, Action.EVIDENCE_READ, evidence_item)
    if evidence_item.investigation_id != finding.investigation_id:
        raise ActRefusedError("That evidence item belongs to another investigation.")
    _check_not_quarantined(evidence_item)
    _check_keeps_support(finding, but=evidence_item, unless=bearing == Bearing.SUPPORTS)
    tie, _is_new = FindingEvidence.objects.update_or_create(
        finding=finding,
        evidence_item=evidence_item,
        defaults={"bearing": bearing, "note": note, "by": by},
    )
    record(
        Event.EVIDENCE_LINKED,
        subject=finding,
        by=by,
        mark=finding.mark,
        evidence=evidence_item.mark,
        bearing=str(bearing),
    )
    return tie


@act
def unlink(finding: Finding, *, evidence_item: EvidenceItem, by: Membership) -> None:
    """Take back the tie between an evidence item and a finding.

    Records: evidence:unlinked. Raises: PermissionDenied; ActRefusedError for the last support of
    a finding that is proposed or agreed.
    """
    gate.check(finding, Action.FINDING_DRAFT, by=by, or_corrected=True)
    _check_keeps_support(finding, but=evidence_item)
    gone, _rows = finding.ties.filter(evidence_item=evidence_item).delete()
    if gone:
        record(
            Event.EVIDENCE_UNLINKED,
            subject=finding,
            by=by,
            mark=finding.mark,
            evidence=evidence_item.mark,
        )


@act
def propose(finding: Finding, *, by: Membership) -> Finding:
    """Put a finding before the authorities, for each to agree.

    Records: finding:proposed. Raises: PermissionDenied, GuardRefusedError without evidence that
    supports it.
    """
    gate.check(finding, Action.FINDING_DRAFT, by=by)
    return _step("propose", finding, by=by)


@act
def return_to_draft(finding: Finding, *, by: Membership) -> Finding:
    """Take a proposed finding back to work on it; agreements already given are void.

    Records: finding:agreement_voided for each, finding:returned. Raises: PermissionDenied,
    TransitionRefusedError.
    """
    gate.check(finding, Action.FINDING_DRAFT, by=by)
    finding.refresh_from_db()
    FINDING.check("return_to_draft", finding)
    _void_agreements(finding, by=by)
    return _step("return_to_draft", finding, by=by)


@act
def drop(finding: Finding, *, reason: str, by: Membership) -> None:
    """Remove a draft that leads nowhere; the record keeps that it was there, and why it went.

    Records: finding:dropped. Raises: PermissionDenied; ActRefusedError without a reason, beyond
    draft, or where an authority once agreed, since what was agreed to is never removed.
    """
    gate.check(finding, Action.FINDING_DRAFT, by=by)
    finding.refresh_from_db()
    if finding.status != FindingStatus.DRAFT:
        raise ActRefusedError(f"Return {finding.mark} to draft before you drop it.")
    if finding.agreements.exists():
        raise ActRefusedError(
            f"An authority agreed to {finding.mark} once, so it stays. Change its text instead."
        )
    if not reason.strip():
        raise ActRefusedError("Say why the finding is dropped.")
    # By its number, which the record then still knows.
    Finding.objects.filter(pk=finding.pk).delete()
    record(
        Event.FINDING_DROPPED,
        subject=finding,
        by=by,
        mark=finding.mark,
        text_sha256=finding.text_sha256,
        reason=reason.strip(),
    )


@act
def agree(finding: Finding, *, text_sha256: str, by: Membership) -> FindingAgreement:
    """Agree to one text of a finding for one's own authority; the last to agree settles it.

    Agreeing twice to the same text changes nothing.
    Args: `text_sha256` is the hash of the text that was read.
    Records: finding:agreed_by_one, and finding:agreed with the last. Raises: PermissionDenied;
    ActRefusedError when the text has changed since, or the finding is not proposed.
    """
    gate.check(finding, Action.FINDING_AGREE, by=by, or_corrected=True)
    finding.refresh_from_db()
    if text_sha256 != finding.text_sha256:
        raise ActRefusedError(
            f"{finding.mark} was changed while you read it, so your agreement was not recorded. "
            "Read the text as it is now, then agree."
        )
    standing = finding.agreements.standing().filter(authority=by.organisation)
    given: FindingAgreement | None = standing.first()
    if given:
        return given
    if finding.status != FindingStatus.PROPOSED:
        raise TransitionRefusedError(
            f"{finding.mark} is {finding.get_status_display().lower()}. "
            "It can be agreed once it is proposed."
        )
    given = FindingAgreement.objects.create(
        finding=finding, authority=by.organisation, text_sha256=text_sha256, by=by
    )
    facts: dict[str, Any] = {"mark": finding.mark, "text_sha256": text_sha256}
    record(
        Event.FINDING_AGREED_BY_ONE,
        subject=finding,
        by=by,
        authority=by.organisation.short_name,
        **facts,
    )
    if not finding.authorities_awaited():
        FINDING.apply("agree", finding, by=by, **facts)
    return given


def _next_number(investigation: Investigation) -> int:
    """A number that no finding of the case ever had: the record knows those that are gone."""
    drafted = AuditEntry.objects.filter(chain=investigation.chain, event=Event.FINDING_DRAFTED)
    return max(gate.next_number(investigation, "findings"), drafted.count() + 1)


def _step(name: str, finding: Finding, *, by: Membership) -> Finding:
    """One step of the finding's table."""
    finding.refresh_from_db()
    stepped: Finding = FINDING.apply(name, finding, by=by, mark=finding.mark)
    return stepped


def _void_agreements(finding: Finding, *, by: Membership) -> None:
    """Void what was agreed to a text that is no more, and record it of each authority."""
    for agreement in finding.agreements.standing().select_related("authority"):
        agreement.voided_at = timezone.now()
        agreement.save(update_fields=["voided_at"])
        record(
            Event.AGREEMENT_VOIDED,
            subject=finding,
            by=by,
            mark=finding.mark,
            authority=agreement.authority.short_name,
            text_sha256=agreement.text_sha256,
        )


def _check_keeps_support(finding: Finding, *, but: EvidenceItem, unless: bool = False) -> None:
    """A finding before the authorities keeps at least one item that supports it."""
    if unless or finding.status == FindingStatus.DRAFT:
        return
    if not finding.supported_by().exclude(pk=but.pk).exists():
        raise ActRefusedError(
            f"{but.mark} is the only evidence that supports {finding.mark}, which is "
            f"{finding.get_status_display().lower()}. Link other evidence first, or return the "
            "finding to draft."
        )


def _check_not_quarantined(evidence_item: EvidenceItem) -> None:
    """An infected file is evidence of nothing: nobody can read it."""
    stored = StoredFile.objects.get(pk=evidence_item.file_id)
    if stored.scan_state == ScanState.QUARANTINED:
        raise ActRefusedError(
            f"The file of {evidence_item.mark} is quarantined, so nobody can read it. "
            "Register a clean copy, and link that."
        )


def _check_own_feature(investigation: Investigation, feature: Feature | None) -> None:
    """The feature is one of this complaint's."""
    if feature and feature.complaint_id != investigation.complaint_id:
        raise ActRefusedError("That feature belongs to another super-complaint.")
