"""What can be announced of reports and releases."""

from enum import StrEnum


class PublicationEvent(StrEnum):
    """Announcements of the publication room, by `subject:what happened`."""

    EXCLUSION_DECIDED = "report:exclusion_decided"
    OPINION_GIVEN = "report:opinion_given"
    RELEASED = "release:released"
    RELEASE_APPROVED = "release:approved"
    RELEASE_APPROVALS_VOIDED = "release:approvals_voided"
    RELEASE_CORRECTED = "release:corrected"
    RELEASE_IMPORTED = "release:imported"
    RELEASE_HELD = "release:held"
    RELEASE_HOLD_LIFTED = "release:hold_lifted"
    RELEASE_PREPARED = "release:prepared"
    RELEASE_SUSPENDED = "release:suspended"
    RELEASE_SUSPENSION_LIFTED = "release:suspension_lifted"
    RELEASE_WITHDRAWAL_ASKED = "release:withdrawal_asked"
    RELEASE_WITHDRAWN = "release:withdrawn"
    REPORT_BEGUN = "report:begun"
    REPORT_PROPOSED = "report:proposed"
    REPORT_SEALED = "report:sealed"
    REPORT_SENT_BACK = "report:sent_back"
    REPORT_SENT_TO_BODY = "report:sent_to_body"
    REPORT_UNSEALED = "report:unsealed"
    SEAL_ASKED = "report:seal_asked"
    SEAL_FAILED = "report:seal_failed"
    SECTION_CHANGED = "report:section_changed"
    SECTION_SIGNED_OFF = "report:section_signed_off"
    SIGN_OFF_VOIDED = "report:sign_off_voided"
