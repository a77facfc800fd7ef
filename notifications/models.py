"""The outbox: every message that is owed to somebody, as a row, before anything is sent."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Membership

MAX_ATTEMPTS = 30


class Message(models.Model):
    """One message to one person. Its key says what it is about, so that it is owed once.

    Nothing sensitive is in it: a reference, what happened in general words, and an address to
    sign in at.
    """

    key = models.CharField(max_length=200, unique=True)
    recipient = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    address = models.EmailField()
    subject = models.CharField(max_length=120)
    body = models.TextField()
    case_key = models.CharField(max_length=20, blank=True)
    # The link by which a mail program stops mails like this one; for the public's alone.
    stop_link = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)  # Not tried before; empty: at once.
    failure = models.CharField(max_length=300, blank=True)
    # What waits is sent in the day's one message, as these lines; a digest has none of its own.
    waits = models.BooleanField(default=False)
    lines = models.TextField(blank=True)
    digest = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="gathered"
    )

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [
            models.Index(fields=["made_at"], condition=Q(sent_at=None), name="messages_still_owed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(subject__contains="\n") & ~Q(subject__contains="\r"),
                name="a_subject_is_one_line",
            ),
            models.CheckConstraint(
                condition=Q(waits=False) | Q(sent_at=None),
                name="what_waits_is_sent_in_a_digest_only",
            ),
            models.CheckConstraint(
                condition=Q(digest=None) | Q(waits=True), name="a_digest_gathers_what_waits"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_given_up(self) -> bool:
        """Whether it was tried as often as a message is, and waits for an administrator."""
        return self.sent_at is None and self.attempts >= MAX_ATTEMPTS

    @property
    def message_id(self) -> str:
        """The same at each attempt, so that a second copy is recognised as one."""
        return f"<message-{self.pk}@super-complaints.invalid>"


class AtOnce(models.Model):
    """That a person wants each message at once, where they act for one organisation.

    Whoever has not chosen has what may wait in one message a day, so that no flood of it hides
    what has a date.
    """

    recipient = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="+")
    chosen_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Each message at once: {self.recipient}"


class Reminder(models.Model):
    """That a person was reminded of a deadline at one stage: once for each due date."""

    class Stage(models.TextChoices):
        """When, seen from the due date."""

        BEFORE = "before", "Before it is due"
        ON_THE_DAY = "on_the_day", "On the day"
        AFTER = "after", "After it was due"
        ESCALATION = "escalation", "Raised with the lead"

    subject = models.CharField(max_length=120)
    rule_code = models.CharField(max_length=40)
    stage = models.CharField(max_length=12, choices=Stage)
    recipient = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "rule_code", "stage", "recipient", "due_on"],
                name="one_reminder_of_a_stage_for_a_due_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.due_on}: {self.recipient}"
