"""Embargoed copies: who may read the report that was sent to the body before it is public."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Membership
from publication.models.releases import Release


class EmbargoedCopy(models.Model):
    """One reader’s copy of a sealed report: named, under terms, and revocable.

    It is no file: what is read is marked for its reader at each reading, which the record keeps.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="copies")
    reader = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_because = models.TextField(blank=True)

    class Meta:
        ordering = ["release", "accepted_at"]
        verbose_name_plural = "embargoed copies"
        constraints = [
            models.UniqueConstraint(
                fields=["release", "reader"], name="one_embargoed_copy_of_a_reader"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None)
                | (Q(revoked_by__isnull=False) & ~Q(revoked_because="")),
                name="a_copy_is_revoked_by_somebody_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Copy {self.pk} for {self.reader}"

    @property
    def chain(self) -> str:
        """The chain of the case in the record."""
        return self.release.chain

    @property
    def case_reference(self) -> str:
        """The reference of the case."""
        return self.release.reference

    @property
    def mark(self) -> str:
        """What stands on every page of it: whose it is."""
        person, body = self.reader.user.name, self.reader.organisation.name
        return f"Embargoed copy {self.pk} for {person}, {body}"
