"""The states of recommendations, obligations and responses, and the kinds of deadline."""

from django.db.models import TextChoices
from django.utils.translation import gettext_noop


class RecommendationStatus(TextChoices):
    """A recommendation is a draft until the report that carries it is published."""

    DRAFT = "draft", "Draft"
    ISSUED = "issued", "Issued"


class ObligationStatus(TextChoices):
    """Where one addressee's answer stands."""

    OPEN = "open", "Answer owed"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed"


class ResponseStatus(TextChoices):
    """Where a response stands between its draft and the public."""

    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"
    SUBMITTED = "submitted", "Submitted"
    PUBLISHED = "published", "Published"


class Branch(TextChoices):
    """The two ways to answer: what is done, or why nothing is."""

    ACTION = "action", gettext_noop("Action taken or planned")
    NO_ACTION = "no_action", gettext_noop("No action, and why")


class Position(TextChoices):
    """What the addressee says to the recommendation itself."""

    ACCEPTED = "accepted", gettext_noop("Accepted")
    IN_PART = "in_part", gettext_noop("Accepted in part")
    NOT_ACCEPTED = "not_accepted", gettext_noop("Not accepted")


class DeadlineKind(TextChoices):
    """How a recommendation says by when it wants an answer."""

    DATE = "date", "By a date"
    PERIOD = "period", "Calendar days beginning with the day of publication"
    CONDITION = "condition", "On a condition"
    NONE = "none", "No deadline"


class Basis(TextChoices):
    """Where a deadline comes from."""

    STATUTORY = "statutory", gettext_noop("Statutory")
    SET_BY_REPORT = "set_by_report", gettext_noop("Set by the report")
    REQUESTED = "requested", gettext_noop("Requested")
    OFFERED = "offered", gettext_noop("Offered by the addressee")
    COMPUTED = "computed", gettext_noop("Computed by us")
