"""Talking before a super-complaint exists: a body's conversation with the authority.

It belongs to no case: nothing of it is in a complaint's record, letters or evidence.
"""

from django.db import models
from django.db.models import Q

from accounts.models import Membership, Organisation, Regime
from complaints.querysets import ConversationQuerySet


class Conversation(models.Model):
    """One subject that a body raises before it submits."""

    regime = models.ForeignKey(Regime, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(subject=""), name="a_conversation_has_a_subject"),
        ]

    def __str__(self) -> str:
        return self.subject


class ContactMessage(models.Model):
    """What one side wrote to the other."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages"
    )
    from_body = models.BooleanField()
    text = models.TextField()
    sent_at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["conversation", "sent_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_contact_message_says_something"),
        ]

    def __str__(self) -> str:
        return f"Message in {self.conversation}"


class ContactNote(models.Model):
    """The desk's own note on a conversation; the body never sees it, and no case holds it."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    noted_at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["conversation", "noted_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_contact_note_says_something"),
        ]

    def __str__(self) -> str:
        return f"Note on {self.conversation}"
