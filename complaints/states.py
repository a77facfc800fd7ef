"""The stored states of a case. Acknowledged, published and overdue are facts, never stored."""

from django.db.models import TextChoices
from django.utils.translation import gettext_noop


class CaseStatus(TextChoices):
    """Where a case stands, from its draft to its close."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    ELIGIBLE = "eligible", "Eligible"
    NOT_ELIGIBLE = "not_eligible", "Not eligible"
    INVESTIGATING = "investigating", "Investigating"
    REPORTING = "reporting", "Report in preparation"
    SEALED = "sealed", "Sealed"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Precision(TextChoices):
    """How exactly a date of an imported case is known."""

    DAY = "day", "Day"
    MONTH = "month", "Month"
    UNKNOWN = "unknown", "Not known"


class Origin(TextChoices):
    """How a complaint reached the service."""

    PORTAL = "portal", "Written and submitted in the portal"
    LETTER = "letter", "Registered from a letter or an e-mail"
    IMPORT = "import", "Imported from public sources"


class Ground(TextChoices):
    """Why a complaint is not eligible; `complaints.law` says where. Law: SI 2018/748 reg. 6."""

    CONTENT = "content", gettext_noop("It does not set out what the law asks for")
    REPEATS_LIVE = (
        "repeats_live",
        gettext_noop("It repeats the substance of one under investigation"),
    )
    REPEATS_CONCLUDED = (
        "repeats_concluded",
        gettext_noop(
            "It repeats the substance of one already investigated, and nothing material has changed"
        ),
    )
