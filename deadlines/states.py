"""The states of a deadline and where it comes from."""

from django.db.models import TextChoices


class DeadlineState(TextChoices):
    """Where a deadline stands. Overdue is a comparison with today, never stored."""

    OPEN = "open", "Running"
    NOT_COMPUTABLE = "not_computable", "Not computable"
    MET = "met", "Met"
    ENDED = "ended", "Ended without being met"
