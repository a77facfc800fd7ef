"""Who is told of which event, in which words: one row each.

The words name no person, no body, no title and nothing of the substance: a message may be read on
a locked screen. Its subject is the reference alone.
"""

from dataclasses import dataclass
from enum import StrEnum

from complaints.events import ComplaintEvent
from deadlines.events import DeadlineEvent
from documents.events import DocumentEvent
from investigations.events import InvestigationEvent
from notifications import audiences
from notifications.audiences import Audience
from publication.events import PublicationEvent
from recommendations.events import RecommendationEvent


@dataclass(frozen=True)
class Row:
    """One line: the event, who is told, what happened in general words, and where to look.

    Only what says that it `may_wait` is put off to the day's one message, but for those who want
    each at once: never a letter that the law asks for, never what has a date, and nothing of an
    embargo.
    """

    event: StrEnum
    audience: Audience
    told: str
    place: str
    may_wait: bool = False


CASEWORK = "/casework/cases/{reference}"
CONVERSATIONS = "/casework/intake/conversations"
PORTAL_HOME = "/portal/"
PORTAL = "/portal/complaints/{reference}"

CATALOGUE: tuple[Row, ...] = (
    Row(
        ComplaintEvent.JOINT_INVITED,
        audiences.invited,
        "Your organisation is invited to make a super-complaint jointly.",
        PORTAL_HOME,
    ),
    Row(
        ComplaintEvent.JOINT_ACCEPTED,
        audiences.lead_body,
        "An organisation accepted your invitation to make a super-complaint jointly.",
        PORTAL_HOME,
        may_wait=True,
    ),
    Row(
        ComplaintEvent.JOINT_DECLINED,
        audiences.lead_body,
        "An organisation declined your invitation to make a super-complaint jointly.",
        PORTAL_HOME,
        may_wait=True,
    ),
    Row(
        ComplaintEvent.JOINT_LEFT,
        audiences.lead_body,
        "An organisation left a draft that you lead. Its reason is on the draft’s page.",
        PORTAL_HOME,
        may_wait=True,
    ),
    Row(
        ComplaintEvent.JOINT_REMOVED,
        audiences.invited,
        "Your organisation no longer makes a super-complaint jointly. The reason waits for you.",
        PORTAL_HOME,
    ),
    Row(
        ComplaintEvent.DRAFT_DELETED,
        audiences.body,
        "A draft that your organisation makes was deleted. The body that leads it can restore it.",
        PORTAL_HOME,
    ),
    Row(
        ComplaintEvent.DRAFT_RESTORED,
        audiences.body,
        "A draft that your organisation makes was restored.",
        PORTAL_HOME,
        may_wait=True,
    ),
    Row(
        ComplaintEvent.VERSION_APPROVED,
        audiences.lead_body,
        "An organisation approved a super-complaint that you make together, as it stands.",
        PORTAL_HOME,
        may_wait=True,
    ),
    Row(
        ComplaintEvent.APPROVAL_VOIDED,
        audiences.approver_body,
        "A draft that your organisation approved was changed. Your approval is asked for again.",
        PORTAL_HOME,
    ),
    Row(
        ComplaintEvent.CONTACT_OPENED,
        audiences.conversation_desk,
        "A body began a conversation before a submission. An answer is asked for.",
        CONVERSATIONS,
    ),
    Row(
        ComplaintEvent.CONTACT_WRITTEN,
        audiences.conversation_desk,
        "A body wrote in a conversation before a submission.",
        CONVERSATIONS,
        may_wait=True,
    ),
    Row(
        ComplaintEvent.CONTACT_ANSWERED,
        audiences.conversation_body,
        "A conversation that your organisation began with us was answered.",
        "/portal/conversations",
        may_wait=True,
    ),
    Row(
        ComplaintEvent.RECEIVED,
        audiences.intake,
        "A super-complaint was received. It is to be acknowledged.",
        "/casework/",
    ),
    Row(
        ComplaintEvent.RECEIVED,
        audiences.receipt_bodies,
        "Your super-complaint was received. The receipt waits for you.",
        PORTAL,
    ),
    Row(
        ComplaintEvent.CONFIRMATION_ASKED,
        audiences.lead_body,
        "A super-complaint was registered from a letter or e-mail in your organisation’s name. "
        "Confirm that it is yours, or tell us that it is not.",
        PORTAL,
    ),
    Row(
        ComplaintEvent.DISOWNED,
        audiences.intake,
        "A body says that a super-complaint registered from a letter is not its own.",
        CASEWORK,
    ),
    Row(
        ComplaintEvent.ACKNOWLEDGED,
        audiences.body,
        "Receipt of your super-complaint was acknowledged. The letter waits for you.",
        PORTAL,
    ),
    Row(
        ComplaintEvent.ACKNOWLEDGED,
        audiences.deciders,
        "Your authority’s view of eligibility is asked for.",
        CASEWORK,
    ),
    Row(
        ComplaintEvent.ELIGIBLE,
        audiences.body,
        "A decision on your super-complaint was made. The letter waits for you.",
        PORTAL,
    ),
    Row(
        ComplaintEvent.NOT_ELIGIBLE,
        audiences.body,
        "A decision on your super-complaint was made. The letter waits for you.",
        PORTAL,
    ),
    Row(
        ComplaintEvent.ELIGIBILITY_REOPENED,
        audiences.body,
        "A decision on your super-complaint is open again. The letter waits for you.",
        PORTAL,
    ),
    Row(
        ComplaintEvent.ELIGIBILITY_REOPENED,
        audiences.deciders,
        "A decision of eligibility is open again. Your authority’s view is asked for.",
        CASEWORK,
    ),
    Row(
        ComplaintEvent.BODY_WRITTEN_TO,
        audiences.body,
        "A message on your super-complaint waits for you.",
        PORTAL,
        may_wait=True,
    ),
    Row(
        ComplaintEvent.WRITTEN_BY_LETTER,
        audiences.body,
        "A letter on your super-complaint waits for you.",
        PORTAL,
    ),
    Row(
        ComplaintEvent.BODY_WROTE,
        audiences.intake,
        "A body sent a message.",
        CASEWORK,
        may_wait=True,
    ),
    Row(
        ComplaintEvent.EVIDENCE_ADDED,
        audiences.intake,
        "A body sent further evidence.",
        CASEWORK,
        may_wait=True,
    ),
    Row(
        ComplaintEvent.PART_ASKED,
        audiences.body,
        "You are asked for a part of your super-complaint.",
        PORTAL,
    ),
    Row(
        ComplaintEvent.PART_ANSWERED,
        audiences.intake,
        "A body answered what it was asked for.",
        CASEWORK,
    ),
    Row(
        ComplaintEvent.WITHDRAWAL_ASKED,
        audiences.intake,
        "A body asks to withdraw its super-complaint.",
        CASEWORK,
    ),
    Row(
        ComplaintEvent.WITHDRAWAL_DECLINED,
        audiences.body,
        "Your request to withdraw was answered.",
        PORTAL,
    ),
    Row(
        ComplaintEvent.WITHDRAWN,
        audiences.body,
        "Your super-complaint was recorded as withdrawn.",
        PORTAL,
    ),
    Row(
        ComplaintEvent.INVESTIGATION_OPENED,
        audiences.team,
        "You are on the team of an investigation that was opened.",
        CASEWORK,
        may_wait=True,
    ),
    Row(
        InvestigationEvent.FINDING_PROPOSED,
        audiences.deciders,
        "A finding was proposed. Your authority’s agreement is asked for.",
        CASEWORK,
    ),
    Row(
        InvestigationEvent.PROGRESS_REPORT_SENT,
        audiences.body,
        "A progress report on your super-complaint waits for you.",
        PORTAL,
    ),
    Row(
        PublicationEvent.REPORT_SENT_TO_BODY,
        audiences.designated_makers,
        "A document on your super-complaint waits for you.",
        PORTAL,
    ),
    Row(
        RecommendationEvent.OBLIGATION_OPENED,
        audiences.addressee,
        "A published recommendation is addressed to your organisation. An answer is asked for.",
        "/respond/",
    ),
    Row(
        RecommendationEvent.RESPONSE_SUBMITTED,
        audiences.leads,
        "An addressee submitted its answer to a recommendation.",
        CASEWORK,
    ),
    Row(
        DocumentEvent.FILE_QUARANTINED,
        audiences.sender,
        "A virus was found in a file that you sent. Nobody can open it. Send a clean copy.",
        "/home",
    ),
    Row(
        DeadlineEvent.DEADLINE_NOT_COMPUTABLE,
        audiences.administrators,
        "A due date could not be worked out, since bank holidays of a year are not on record.",
        "/administration/holidays",
    ),
)


def rows_for(event: StrEnum) -> tuple[Row, ...]:
    """The lines about one event."""
    return tuple(row for row in CATALOGUE if row.event == event)
