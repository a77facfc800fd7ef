"""What happens between views that differ and a decision that stands: meetings, reopenings."""

from django.db import models
from django.db.models import Q

from accounts.models import Membership
from complaints.models.case import Complaint
from complaints.models.letters import Letter


class MeetingNote(models.Model):
    """What the authorities said to each other about eligibility; the bodies never see it.

    No provision in law was found on views that differ: meeting is this service's own way.
    """

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="meeting_notes")
    held_on = models.DateField()
    text = models.TextField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["complaint", "held_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_meeting_note_says_something"),
        ]

    def __str__(self) -> str:
        return f"Meeting on {self.complaint}"


class ReopenedDecision(models.Model):
    """A decision of eligibility that was opened again: what it said, and why it stands no more.

    No provision in law was found: discretionary, with a reason that the body is told.
    """

    complaint = models.ForeignKey(
        Complaint, on_delete=models.CASCADE, related_name="reopened_decisions"
    )
    eligible = models.BooleanField()
    ground = models.CharField(max_length=20, blank=True)
    reasons = models.TextField(blank=True)
    decided_on = models.DateField()
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    reopened_at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["complaint", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_reopening_needs_a_reason"),
        ]

    def __str__(self) -> str:
        return f"Reopened decision on {self.complaint}"
