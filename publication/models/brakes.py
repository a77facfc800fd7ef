"""What keeps a release from the public: a hold before, a suspension after, a withdrawal for good.

One person may pull a brake. Letting go takes two, which triggers see to.
"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Membership
from publication.models.releases import Release


class Brake(models.Model):
    """Placed by one person with a reason; lifted by two different people.

    It belongs to no chain of a case: its history is written to `house`, so that an act under
    way in the case cannot delay it.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="%(class)ss")
    # None where it was placed from the database's own command line.
    placed_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    placed_at = models.DateTimeField(default=timezone.now)
    reason = models.TextField()
    recorded_at = models.DateTimeField(null=True, blank=True, editable=False)
    lift_asked_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lift_asked_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["release", "placed_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_%(class)s_needs_a_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at=None)
                | (
                    Q(lift_asked_by__isnull=False, lifted_by__isnull=False)
                    & ~Q(lifted_by=F("lift_asked_by"))
                ),
                name="a_%(class)s_is_lifted_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{type(self).__name__} of {self.release}"

    @property
    def case_reference(self) -> str:
        """The reference of the case, beside an entry in the chain `house`."""
        return self.release.reference


class ReleaseHold(Brake):
    """A hold: nothing is released while one is open."""


class Suspension(Brake):
    """A public release taken down at once; its addresses say “temporarily withdrawn”."""


class Withdrawal(models.Model):
    """A public release taken down for good, asked by one person and confirmed by another."""

    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="a_withdrawal_of_a_release_needs_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None)
                | (Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("asked_by"))),
                name="a_release_is_withdrawn_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"Withdrawal of {self.release}"
