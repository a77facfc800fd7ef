"""What can be announced of a super-complaint until it is eligible."""

from enum import StrEnum


class ComplaintEvent(StrEnum):
    """Announcements of the complaints room, by `subject:what happened`."""

    ACKNOWLEDGED = "complaint:acknowledged"
    COMPARED = "complaint:compared"
    CLOSED = "complaint:closed"
    CONFIRMED = "complaint:confirmed"
    DRAFTED = "complaint:drafted"
    DRAFT_CHANGED = "complaint:draft_changed"
    ELIGIBLE = "complaint:eligible"
    ELIGIBILITY_REOPENED = "complaint:eligibility_reopened"
    IMPORTED = "complaint:imported"
    INVESTIGATION_OPENED = "complaint:investigation_opened"
    LETTER_SENT = "complaint:letter_sent"
    MEETING_NOTED = "complaint:meeting_noted"
    NOT_ELIGIBLE = "complaint:not_eligible"
    RECEIVED = "complaint:received"
    REPORTING_BEGAN = "complaint:reporting_began"
    SEALED = "complaint:sealed"
    SENT_BACK = "complaint:sent_back"
    UNSEALED = "complaint:unsealed"
    VIEW_RECORDED = "complaint:view_recorded"
    WITHDRAWN = "complaint:withdrawn"
