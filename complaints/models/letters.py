"""What is written to and by the bodies: letters, acknowledgement, confirmation, withdrawal."""

from django.db import models
from django.db.models import Q

from accounts.models import Membership
from complaints.models.case import Complaint
from documents.models import RenderedDocument


class Letter(models.Model):
    """A letter or receipt to the bodies: its text is kept, its PDF is made from the text."""

    class Kind(models.TextChoices):
        """What the letter does."""

        RECEIPT = "receipt", "Receipt"
        ACKNOWLEDGEMENT = "acknowledgement", "Acknowledgement"
        ELIGIBLE = "eligible", "Eligibility decision"
        NOT_ELIGIBLE = "not_eligible", "Decision that it is not eligible"
        PROGRESS_REPORT = "progress_report", "Progress report"
        REOPENED = "reopened", "Decision opened again"
        WITHDRAWAL = "withdrawal", "Withdrawal"
        GENERAL = "general", "Letter"

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=20, choices=Kind)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    document = models.OneToOneField(
        RenderedDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField()
    # How it went to a body of which nobody can read it here; else it waits for them in the portal.
    way = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["complaint", "sent_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.complaint}"

    @property
    def called(self) -> str:
        """What lists call it; several letters of the desk's own differ by the line above them."""
        return self.subject if self.kind == self.Kind.GENERAL else self.get_kind_display()


class Acknowledgement(models.Model):
    """That receipt was acknowledged, and when. Law: SI 2018/748 reg. 5."""

    complaint = models.OneToOneField(
        Complaint, on_delete=models.CASCADE, related_name="acknowledgement"
    )
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Acknowledgement of {self.complaint}"


class BodyConfirmation(models.Model):
    """The body's word whether what was registered from its letter is its complaint."""

    complaint = models.OneToOneField(
        Complaint, on_delete=models.CASCADE, related_name="confirmation"
    )
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    disowned_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(disowned_at=None, reason="")
                | (Q(disowned_at__isnull=False, confirmed_at=None) & ~Q(reason="")),
                name="what_a_body_disowns_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Confirmation of {self.complaint}"


class Withdrawal(models.Model):
    """That a complaint was withdrawn, and why. No provision in law was found: discretionary."""

    complaint = models.OneToOneField(Complaint, on_delete=models.CASCADE, related_name="withdrawal")
    reason = models.TextField()
    asked_for_by_body = models.BooleanField()
    withdrawn_at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_withdrawal_needs_a_reason"),
        ]

    def __str__(self) -> str:
        return f"Withdrawal of {self.complaint}"
