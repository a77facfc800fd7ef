"""The states of a report, and the kinds and answers of a release."""

from django.db.models import TextChoices


class ReportStatus(TextChoices):
    """Where a report stands between its draft and its seal."""

    DRAFTING = "drafting", "Being drafted"
    IN_SIGN_OFF = "in_sign_off", "In sign-off"
    SEALED = "sealed", "Sealed"


class ReleaseKind(TextChoices):
    """What is released."""

    ANNOUNCEMENT = "announcement", "Announcement of a super-complaint"
    EDITION = "edition", "Report"
    NOTICE = "notice", "Press notice"
    RESPONSE = "response", "Response"
    CORRECTION = "correction", "Corrected report"
    WITHDRAWAL = "withdrawal", "Notice of withdrawal"


class Standing(TextChoices):
    """What the public door answers for a release, as the SQL view `release_standing` says it."""

    CLOSED = "closed", "Not public"
    OPEN = "open", "Public"
    SUSPENDED = "suspended", "Temporarily withdrawn"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Asked(TextChoices):
    """What somebody of the public asks for about mails."""

    START = "start", "To be mailed"
    CONFIRM = "confirm", "That the address is theirs"
    STOP = "stop", "No more mails"


class Ground(TextChoices):
    """Why a passage is left out of the report; there is no third. Law: SI 2018/748 reg. 8(3)."""

    NATIONAL_SECURITY = "national_security", "It would be against national security"
    SAFETY = "safety", "It might endanger somebody’s safety"


# A report of a case lives at one address, whichever of these its latest edition is.
EDITIONS = frozenset({ReleaseKind.EDITION, ReleaseKind.CORRECTION})
PUBLIC_AUDIENCE = "public"
