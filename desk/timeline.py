"""What happened in a case, in words: one sentence for each event that the record can hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils.formats import date_format

from accounts.events import AccountEvent as A
from audit.events import HouseEvent as H
from audit.models import AuditEntry
from complaints.events import ComplaintEvent as C
from complaints.states import Precision
from deadlines.events import DeadlineEvent as T
from documents.events import DocumentEvent as D
from investigations.events import InvestigationEvent as I
from publication.events import PublicationEvent as P
from recommendations.events import RecommendationEvent as R

WORDS: dict[StrEnum, str] = {
    A.TEAM_JOINED: "Somebody joined the case team",
    A.TEAM_LEFT: "Somebody left the case team",
    A.WALL_LIFTED: "Wall between somebody and the case lifted",
    A.WALL_RAISED: "Wall raised between somebody and the case",
    H.EXPORTED: "Record of the case exported",
    H.PRIVATE_ERASED: "Personal data beside an entry erased",
    C.ACKNOWLEDGED: "Receipt acknowledged",
    C.APPROVAL_VOIDED: "Joint body’s approval voided by a change",
    C.BODY_WRITTEN_TO: "Message sent to the body",
    C.BODY_WROTE: "Message from the body",
    C.CLOSED: "Case closed",
    C.COMPARED: "Compared with an earlier super-complaint",
    C.CONFIRMATION_ASKED: "Body asked to confirm what was registered",
    C.CONFIRMED: "Body confirmed what was registered",
    C.CONTACT_ANSWERED: "Answer in a conversation before a submission",
    C.CONTACT_NOTED: "Note kept on a conversation before a submission",
    C.CONTACT_OPENED: "Conversation before a submission begun",
    C.CONTACT_WRITTEN: "Message in a conversation before a submission",
    C.CORRESPONDENCE_READ: "What the body wrote marked as read",
    C.DISOWNED: "Body said that it is not its own",
    C.DRAFTED: "Draft started",
    C.DRAFT_CHANGED: "Draft changed",
    C.DRAFT_DELETED: "Draft deleted",
    C.DRAFT_RESTORED: "Draft restored",
    C.ELIGIBLE: "Found eligible",
    C.ELIGIBILITY_REOPENED: "Decision of eligibility opened again",
    C.EVIDENCE_ADDED: "Further evidence sent by the body",
    C.IMPORTED: "Imported from public sources",
    C.INVESTIGATION_OPENED: "Investigation opened",
    C.JOINED: "Joined with another super-complaint",
    C.JOINT_ACCEPTED: "Body agreed to make it jointly",
    C.JOINT_DECLINED: "Body declined to make it jointly",
    C.JOINT_INVITED: "Body invited to make it jointly",
    C.JOINT_LEFT: "Body left a joint draft",
    C.JOINT_REMOVED: "Body removed from a joint draft",
    C.LETTER_SENT: "Letter sent",
    C.MEETING_NOTED: "Meeting of the authorities noted",
    C.NOT_ELIGIBLE: "Found not eligible",
    C.PART_ANSWERED: "Missing part answered by the body",
    C.PART_ASKED: "Missing part asked for",
    C.RECEIVED: "Received",
    C.REPORTING_BEGAN: "Report begun",
    C.SEALED: "Case sealed",
    C.SENT_BACK: "Sent back to the investigation",
    C.UNSEALED: "Seal opened",
    C.VERSION_APPROVED: "Version approved by a joint body",
    C.VIEW_RECORDED: "View of eligibility recorded",
    C.WITHDRAWAL_ASKED: "Withdrawal asked for by the body",
    C.WITHDRAWAL_DECLINED: "Request to withdraw declined",
    C.WITHDRAWN: "Withdrawn",
    C.WRITTEN_BY_LETTER: "Body written to by letter",
    I.AGREEMENT_VOIDED: "Agreement voided by an edit",
    I.CUSTODY_RECORDED: "Custody recorded",
    I.EVIDENCE_CORRECTED: "Evidence item corrected",
    I.EVIDENCE_LINKED: "Evidence linked to a finding",
    I.EVIDENCE_NOT_RELIED_ON: "Evidence item set aside",
    I.EVIDENCE_REGISTERED: "Evidence item registered",
    I.EVIDENCE_RELIED_ON_AGAIN: "Evidence item relied on again",
    I.EVIDENCE_SCREENED: "Evidence item screened",
    I.EVIDENCE_SUPERSEDED: "Evidence item superseded",
    I.EVIDENCE_UNLINKED: "Evidence untied from a finding",
    I.FINDING_AGREED: "Finding agreed by all authorities",
    I.FINDING_AGREED_BY_ONE: "Finding agreed by an authority",
    I.FINDING_CHANGED: "Finding changed",
    I.FINDING_DRAFTED: "Finding drafted",
    I.FINDING_DROPPED: "Draft finding dropped",
    I.FINDING_PROPOSED: "Finding proposed",
    I.FINDING_REOPENED: "Finding reopened",
    I.FINDING_RETURNED: "Finding returned to draft",
    I.LEAD_CHANGED: "Lead investigator changed",
    I.LINE_ADDED: "Line of enquiry added",
    I.LINE_CHANGED: "Line of enquiry changed",
    I.LINE_DROPPED: "Line of enquiry dropped",
    I.PROGRESS_REPORT_CHANGED: "Progress report changed",
    I.PROGRESS_REPORT_SENT: "Progress report sent",
    I.PROGRESS_REPORT_WRITTEN: "Progress report written",
    R.ACTION_CHANGED: "Own action changed",
    R.ACTION_DRAFTED: "Own action drafted",
    R.ACTION_DROPPED: "Draft action dropped",
    R.OBLIGATION_ANSWERED: "Answer received",
    R.OBLIGATION_CLOSED: "Obligation closed",
    R.OBLIGATION_OPENED: "Answer asked for",
    R.RECOMMENDATION_CHANGED: "Recommendation changed",
    R.RECOMMENDATION_CORRECTED: "Wording of a recommendation corrected for a new edition",
    R.RECOMMENDATION_CORRECTION_IN_FORCE: "Corrected wording of a recommendation in force",
    R.RECOMMENDATION_DRAFTED: "Recommendation drafted",
    R.RECOMMENDATION_DROPPED: "Draft recommendation dropped",
    R.RECOMMENDATION_ISSUED: "Recommendation issued",
    R.RESPONSE_APPROVED: "Response approved",
    R.RESPONSE_CHANGED: "Response changed",
    R.RESPONSE_DRAFTED: "Response drafted",
    R.RESPONSE_PUBLISHED: "Response published",
    R.RESPONSE_RETURNED: "Response returned to draft",
    R.RESPONSE_SUBMITTED: "Response submitted",
    T.DEADLINE_MOVED: "Due date moved",
    T.DEADLINE_NOT_COMPUTABLE: "A due date could not be worked out",
    T.HOLIDAY_ADDED: "Bank holiday added",
    T.HOLIDAY_WITHDRAWN: "Bank holiday withdrawn",
    T.HOLIDAY_YEAR_ADDED: "Bank holidays of a year added",
    T.RULE_SETTING_CHANGED: "Length of a period changed",
    D.DOCUMENT_FAILED: "A document could not be made",
    D.DOCUMENT_READY: "Document made",
    D.DOCUMENT_REQUESTED: "Document asked for",
    D.FILE_CHECKED: "File checked for viruses",
    D.FILE_OPENED_UNCHECKED: "Unchecked file opened for a named person",
    D.FILE_QUARANTINED: "File quarantined",
    D.FILE_RECEIVED: "File received",
    D.FILE_UNSCANNABLE: "File could not be checked for viruses",
    P.ANNOUNCEMENT_OPENED: "Seal of the announcement opened",
    P.ANNOUNCEMENT_SEALED: "Announcement sealed",
    P.COPY_READ: "Embargoed copy of the report read",
    P.COPY_REVOKED: "Embargoed copy of the report revoked",
    P.COPY_TERMS_ACCEPTED: "Terms of the embargo accepted",
    P.EXCLUSION_DECIDED: "Exclusion decided",
    P.RELEASED: "Published",
    P.RELEASE_APPROVALS_VOIDED: "Release approvals voided by a change",
    P.RELEASE_APPROVED: "Release approved by one person",
    P.RELEASE_CORRECTED: "Corrected edition made",
    P.RELEASE_HELD: "Release held",
    P.RELEASE_HOLD_LIFTED: "Hold lifted",
    P.RELEASE_PREPARED: "Publication instant set",
    P.RELEASE_SUSPENDED: "Edition suspended",
    P.RELEASE_SUSPENSION_LIFTED: "Suspension lifted",
    P.RELEASE_WITHDRAWN: "Edition withdrawn",
    P.OPINION_GIVEN: "Dissenting opinion given",
    P.RELEASE_IMPORTED: "Public history imported",
    P.RELEASE_WITHDRAWAL_ASKED: "Withdrawal of the edition asked for",
    P.REPORT_BEGUN: "Report begun",
    P.REPORT_PROPOSED: "Report handed in for sign-off",
    P.REPORT_SEALED: "Report sealed",
    P.REPORT_SENT_BACK: "Report sent back",
    P.REPORT_UNSEALED: "Seal of the report opened",
    P.REPORT_SENT_TO_BODY: "Report sent to the body",
    P.SENDING_UNDONE: "Report that the body was sent opened again",
    P.SEAL_ASKED: "Seal of the report asked for",
    P.SEAL_FAILED: "The report could not be sealed",
    P.SECTION_CHANGED: "Section of the report changed",
    P.SECTION_SIGNED_OFF: "Section signed off",
    P.SIGN_OFF_VOIDED: "Sign-off voided by an edit",
}
_BY_VALUE = {str(event): words for event, words in WORDS.items()}


def words_of(event: str) -> str:
    """The sentence for an event by its name in the record."""
    return _BY_VALUE.get(event, event)


@dataclass(frozen=True)
class Happened:
    """One line of a timeline."""

    number: int
    words: str
    at: datetime
    by: str
    note: str = ""


def in_words(entries: Iterable[AuditEntry], subjects: Mapping[int, str]) -> list[Happened]:
    """The entries of a case as a person reads them, in the order given.

    Args: `subjects` names what some are about, by their number.
    """
    return [
        Happened(
            number=entry.number,
            words=": ".join(filter(None, [words_of(entry.event), subjects.get(entry.number)])),
            at=entry.at,
            by=entry.by_label,
            note=note_of(entry.detail),
        )
        for entry in entries
    ]


def note_of(detail: dict[str, Any]) -> str:
    """Of what others made: what happened, when as exactly as that is known, and who did it."""
    if "what" not in detail:
        return ""
    on, precision = detail.get("happened_on"), detail.get("precision")
    day = date.fromisoformat(on) if on else None
    shape = "F Y" if precision == Precision.MONTH else "j F Y"
    when = date_format(day, shape) if day else "Date not known"
    return f"{when}: {detail['what']} ({detail['who']})"
