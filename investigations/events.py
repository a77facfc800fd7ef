"""What can be announced of an investigation."""

from enum import StrEnum


class InvestigationEvent(StrEnum):
    """Announcements of the investigations room, by `subject:what happened`."""

    AGREEMENT_VOIDED = "finding:agreement_voided"
    CUSTODY_RECORDED = "evidence:custody_recorded"
    EVIDENCE_CORRECTED = "evidence:corrected"
    EVIDENCE_LINKED = "evidence:linked"
    EVIDENCE_NOT_RELIED_ON = "evidence:not_relied_on"
    EVIDENCE_REGISTERED = "evidence:registered"
    EVIDENCE_RELIED_ON_AGAIN = "evidence:relied_on_again"
    EVIDENCE_SCREENED = "evidence:screened"
    EVIDENCE_SUPERSEDED = "evidence:superseded"
    EVIDENCE_UNLINKED = "evidence:unlinked"
    FINDING_AGREED = "finding:agreed"
    FINDING_AGREED_BY_ONE = "finding:agreed_by_one"
    FINDING_CHANGED = "finding:changed"
    FINDING_DRAFTED = "finding:drafted"
    FINDING_DROPPED = "finding:dropped"
    FINDING_PROPOSED = "finding:proposed"
    FINDING_REOPENED = "finding:reopened"
    FINDING_RETURNED = "finding:returned"
    LEAD_CHANGED = "investigation:lead_changed"
    LINE_ADDED = "line:added"
    LINE_CHANGED = "line:changed"
    LINE_DROPPED = "line:dropped"
    PROGRESS_REPORT_CHANGED = "progress_report:changed"
    PROGRESS_REPORT_SENT = "progress_report:sent"
    PROGRESS_REPORT_WRITTEN = "progress_report:written"
