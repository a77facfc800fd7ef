"""The approvals that bodies give to one version of a draft that they make together."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Membership, Organisation
from complaints.models.case import Complaint
from complaints.querysets import VersionApprovalQuerySet


class VersionApproval(models.Model):
    """One body's approval of a draft as it stood, with all that it said; a change voids it.

    The database refuses a hash that is not that of the content, any other change than voiding,
    and a submission that a designated joint body has not approved.
    """

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="approvals")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    content = models.TextField()
    content_sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(default=timezone.now)
    voided_at = models.DateTimeField(null=True, blank=True)

    objects = VersionApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["complaint", "approved_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "organisation"],
                condition=Q(voided_at=None),
                name="one_standing_approval_of_a_body",
            ),
            models.CheckConstraint(
                condition=Q(content_sha256__regex=r"^[0-9a-f]{64}$"),
                name="an_approval_is_bound_to_a_hash",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.short_name} on {self.complaint}"

    @property
    def chain(self) -> str:
        """The chain of the record that it writes to: the complaint's."""
        return self.complaint.key
