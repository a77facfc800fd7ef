"""What a body and the authorities write to each other between receipt and close."""

from datetime import date

from django.db import models
from django.db.models import Q

from accounts.models import Membership
from clock.london import london_day
from complaints.models.case import Complaint
from complaints.querysets import MessageFileQuerySet
from documents.models import StoredFile


class Message(models.Model):
    """One message between a body and the authority that receives, as it was sent."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="messages")
    from_body = models.BooleanField()
    text = models.TextField()
    sent_at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    # When the desk marked what a body wrote as read.
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["complaint", "sent_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_message_says_something"),
        ]

    def __str__(self) -> str:
        return f"Message on {self.complaint}"


class MessageFile(models.Model):
    """A file sent with a message."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")

    objects = MessageFileQuerySet.as_manager()

    class Meta:
        ordering = ["message", "pk"]

    def __str__(self) -> str:
        return self.file.original_name


class PartRequest(models.Model):
    """That a body was asked for a missing part of its complaint, by when, and what it answered.

    What was submitted is never changed: each answer stands beside it, round by round.
    """

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="part_requests")
    part = models.CharField(max_length=20)
    asked = models.TextField()
    answer_by = models.DateField()
    asked_at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["complaint", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(asked=""), name="a_part_request_says_what"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="an_answer_has_its_instant_and_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} asked for {self.complaint}"

    def days_late(self, on: date) -> int:
        """By how many days the day to answer by has passed or was missed, seen from a day."""
        answered = london_day(self.answered_at) if self.answered_at else on
        return max((answered - self.answer_by).days, 0)


class WithdrawalRequest(models.Model):
    """That a body asks to withdraw, and, where the desk declined, why. Discretionary (no law)."""

    complaint = models.ForeignKey(
        Complaint, on_delete=models.CASCADE, related_name="withdrawal_requests"
    )
    reason = models.TextField()
    asked_at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    declined_because = models.TextField(blank=True)

    class Meta:
        ordering = ["complaint", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="a_request_to_withdraw_needs_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(declined_at=None) | ~Q(declined_because=""),
                name="a_declined_request_has_its_reason",
            ),
            models.UniqueConstraint(
                fields=["complaint"],
                condition=Q(declined_at=None),
                name="one_standing_request_to_withdraw",
            ),
        ]

    def __str__(self) -> str:
        return f"Request to withdraw {self.complaint}"
