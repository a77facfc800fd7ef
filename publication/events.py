"""What can be announced of reports and releases."""

from enum import StrEnum


class PublicationEvent(StrEnum):
    """Announcements of the publication room, by `subject:what happened`."""

    EXCLUSION_DECIDED = "report:exclusion_decided"
    RELEASED = "release:released"
    RELEASE_APPROVED = "release:approved"
    RELEASE_APPROVALS_VOIDED = "release:approvals_voided"
    RELEASE_CORRECTED = "release:corrected"
    RELEASE_HELD = "release:held"
    RELEASE_HOLD_LIFTED = "release:hold_lifted"
    RELEASE_PREPARED = "release:prepared"
    RELEASE_SUSPENDED = "release:suspended"
    RELEASE_SUSPENSION_LIFTED = "release:suspension_lifted"
    RELEASE_WITHDRAWN = "release:withdrawn"
    REPORT_SEALED = "report:sealed"
    REPORT_SENT_TO_BODY = "report:sent_to_body"
    SECTION_CHANGED = "report:section_changed"
    SECTION_SIGNED_OFF = "report:section_signed_off"
    SIGN_OFF_VOIDED = "report:sign_off_voided"
