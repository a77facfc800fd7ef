"""Which deadlines a membership may see, and which bank holidays stand."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.models import Membership
from complaints.models import Complaint
from deadlines.states import DeadlineState

UNMET = (DeadlineState.OPEN, DeadlineState.NOT_COMPUTABLE)


class BankHolidayQuerySet(models.QuerySet[Any]):
    """Bank holidays to read."""

    def standing(self) -> "BankHolidayQuerySet":
        """Those that count: on record, and not withdrawn."""
        return self.filter(withdrawn_at=None)


class DeadlineQuerySet(models.QuerySet[Any]):
    """Deadlines to read."""

    def visible_to(self, membership: Membership | None) -> "DeadlineQuerySet":
        """Those of cases that this membership may read, walls included."""
        return self.filter(case_key__in=Complaint.objects.visible_to(membership).values("key"))

    def of_case(self, case_key: str) -> "DeadlineQuerySet":
        """The deadlines of one case, the next due first."""
        return self.filter(case_key=case_key)

    def unmet(self) -> "DeadlineQuerySet":
        """Those still running, computable or not."""
        return self.filter(state__in=UNMET)

    def by_urgency(self) -> "DeadlineQuerySet":
        """What needs somebody first: no date can be worked out, then by date, no date at the end.

        A clock without a date that is not missing anything waits for a condition, not for a person.
        """
        stuck = Q(state=DeadlineState.NOT_COMPUTABLE)
        return self.order_by(
            models.Case(models.When(stuck, then=0), default=1),
            F("due_on").asc(nulls_last=True),
            "pk",
        )

    def marked(self) -> "DeadlineQuerySet":
        """Each with whether its case is a made-up example, for lists of several cases."""
        made_up = Complaint.objects.filter(key=OuterRef("case_key"), fictional=True)
        rows: DeadlineQuerySet = self.annotate(fictional=Exists(made_up))
        return rows

    def overdue(self, today: date) -> "DeadlineQuerySet":
        """Running, and past their last day."""
        return self.filter(state=DeadlineState.OPEN, due_on__lt=today)
