"""Events that nobody is told of and no clock follows, each with the reason why.

An event that is in no listener's table and not here fails `test_events.py`: whoever adds one says
whether something follows.
"""

from enum import StrEnum

from accounts.events import AccountEvent
from audit.events import HouseEvent
from complaints.events import ComplaintEvent
from deadlines.events import DeadlineEvent
from documents.events import DocumentEvent
from investigations.events import InvestigationEvent
from publication.events import PublicationEvent
from recommendations.events import RecommendationEvent

SILENT: dict[str, tuple[StrEnum, ...]] = {
    "The invitation itself is mailed.": (AccountEvent.PERSON_INVITED,),
    "It is settled among the people of an organisation, and bites at the next request.": (
        AccountEvent.INVITATION_WITHDRAWN,
        AccountEvent.MEMBERSHIP_ENDED,
        AccountEvent.MEMBERSHIP_ROLES_CHANGED,
        AccountEvent.PERSON_DEACTIVATED,
        AccountEvent.PERSON_JOINED,
        AccountEvent.PERSON_REACTIVATED,
        AccountEvent.SECOND_FACTOR_RESET,
        AccountEvent.SECOND_FACTOR_RESET_REFUSED,
        AccountEvent.SECOND_FACTOR_RESET_REQUESTED,
        AccountEvent.TEAM_JOINED,
        AccountEvent.TEAM_LEFT,
    ),
    "Written for the auditor alone; a message would tell of what is held back.": (
        AccountEvent.PERSON_SIGNED_IN,
        AccountEvent.REFERENCE_CORRECTED,
        AccountEvent.WALL_LIFTED,
        AccountEvent.WALL_RAISED,
        DocumentEvent.FILE_OPENED_UNCHECKED,
        HouseEvent.EXPORTED,
        HouseEvent.HEADS_LISTED,
        HouseEvent.PRIVATE_ERASED,
        HouseEvent.VERIFIED,
        PublicationEvent.COPY_READ,
        PublicationEvent.COPY_REVOKED,
        PublicationEvent.COPY_TERMS_ACCEPTED,
        PublicationEvent.EXCLUSION_DECIDED,
    ),
    "A step of the work, shown on the page where the work goes on.": (
        ComplaintEvent.DRAFTED,
        ComplaintEvent.DRAFT_CHANGED,
        ComplaintEvent.COMPARED,
        ComplaintEvent.MEETING_NOTED,
        ComplaintEvent.VIEW_RECORDED,
        ComplaintEvent.JOINED,
        ComplaintEvent.LETTER_SENT,
        ComplaintEvent.CONFIRMED,
        ComplaintEvent.REPORTING_BEGAN,
        ComplaintEvent.SENT_BACK,
        ComplaintEvent.CONTACT_NOTED,
        ComplaintEvent.CORRESPONDENCE_READ,
        InvestigationEvent.CUSTODY_RECORDED,
        InvestigationEvent.EVIDENCE_CORRECTED,
        InvestigationEvent.EVIDENCE_REGISTERED,
        InvestigationEvent.EVIDENCE_RELIED_ON_AGAIN,
        InvestigationEvent.LEAD_CHANGED,
        InvestigationEvent.PROGRESS_REPORT_CHANGED,
        InvestigationEvent.PROGRESS_REPORT_WRITTEN,
        InvestigationEvent.FINDING_AGREED,
        InvestigationEvent.FINDING_AGREED_BY_ONE,
        InvestigationEvent.FINDING_RETURNED,
        PublicationEvent.REPORT_BEGUN,
        PublicationEvent.SECTION_CHANGED,
        PublicationEvent.REPORT_SENT_BACK,
        RecommendationEvent.RECOMMENDATION_CORRECTION_IN_FORCE,
        RecommendationEvent.RESPONSE_CHANGED,
        RecommendationEvent.RESPONSE_DRAFTED,
        RecommendationEvent.RESPONSE_APPROVED,
        RecommendationEvent.RESPONSE_RETURNED,
    ),
    "It waits under “what needs me” of whoever acts next.": (
        InvestigationEvent.AGREEMENT_VOIDED,
        InvestigationEvent.FINDING_REOPENED,
        PublicationEvent.SECTION_SIGNED_OFF,
        PublicationEvent.SIGN_OFF_VOIDED,
    ),
    "Nothing of an embargo is mailed: a message would say that something is coming.": (
        ComplaintEvent.SEALED,
        ComplaintEvent.UNSEALED,
        PublicationEvent.ANNOUNCEMENT_OPENED,
        PublicationEvent.ANNOUNCEMENT_SEALED,
        PublicationEvent.RELEASE_APPROVED,
        PublicationEvent.RELEASE_APPROVALS_VOIDED,
        PublicationEvent.RELEASE_CORRECTED,
        PublicationEvent.RELEASE_HELD,
        PublicationEvent.RELEASE_HOLD_LIFTED,
        PublicationEvent.RELEASE_PREPARED,
        PublicationEvent.RELEASE_SUSPENDED,
        PublicationEvent.RELEASE_SUSPENSION_LIFTED,
        PublicationEvent.RELEASE_WITHDRAWAL_ASKED,
        PublicationEvent.RELEASE_WITHDRAWN,
        PublicationEvent.REPORT_SEALED,
        PublicationEvent.SEAL_ASKED,
        PublicationEvent.SEAL_FAILED,
    ),
    "The release predicate publishes; what is owed from then on is announced one by one.": (
        PublicationEvent.RELEASED,
        RecommendationEvent.RECOMMENDATION_ISSUED,
        RecommendationEvent.RESPONSE_PUBLISHED,
    ),
    "It happened long ago: nobody is told and no clock starts.": (
        ComplaintEvent.IMPORTED,
        PublicationEvent.RELEASE_IMPORTED,
    ),
    "It is about clocks, and is done by the verb that re-dates them.": (
        DeadlineEvent.DEADLINE_MOVED,
        DeadlineEvent.HOLIDAY_ADDED,
        DeadlineEvent.HOLIDAY_WITHDRAWN,
        DeadlineEvent.HOLIDAY_YEAR_ADDED,
        DeadlineEvent.RULE_SETTING_CHANGED,
    ),
    "The page from which a file was sent or a document asked for shows how far it is.": (
        DocumentEvent.FILE_RECEIVED,
        DocumentEvent.FILE_UNSCANNABLE,
        DocumentEvent.DOCUMENT_REQUESTED,
        DocumentEvent.DOCUMENT_READY,
        DocumentEvent.DOCUMENT_FAILED,
    ),
}
