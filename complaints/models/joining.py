"""Complaints that are considered together. No provision in law was found: discretionary."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Membership
from complaints.models.case import Complaint


class Joining(models.Model):
    """That one complaint is considered together with another, and why.

    Each keeps its own clocks, letters and decision.
    """

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="joinings")
    other = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="joined_by")
    reason = models.TextField()
    joined_at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["complaint", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_joining_needs_a_reason"),
            models.CheckConstraint(
                condition=~Q(complaint=F("other")), name="a_complaint_is_not_joined_to_itself"
            ),
            models.UniqueConstraint(
                fields=["complaint", "other"], name="two_complaints_are_joined_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint} with {self.other}"
