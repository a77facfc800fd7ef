"""What a person typed and could not save yet, and which sendings of a form were answered."""

from django.db import models
from django.utils import timezone

from accounts.models import Membership


class SavedDraft(models.Model):
    """One form's content, kept for one person; it hangs on no row that others may change.

    Somebody may have the same form open in two windows: each has a row of its own, so that neither
    replaces what is typed in the other. A row that is settled only remembers until when its text
    stands elsewhere, so that a message from that window that comes late is known to be old.
    """

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    record = models.CharField(max_length=120)
    form = models.CharField(max_length=60)
    window = models.CharField(max_length=36, blank=True)
    typed_ms = models.BigIntegerField(default=0)
    is_settled = models.BooleanField(default=False)
    content = models.JSONField()
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "record", "form", "window"],
                name="one_draft_of_a_form_in_a_window",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} of {self.record}"

    @property
    def mark(self) -> str:
        """Names this very text: its window, and when it was typed by that window's clock."""
        return f"{self.window}@{self.typed_ms}"


class Sending(models.Model):
    """One sending of a form that made something, by a hash of it, and where it led."""

    sha256 = models.CharField(max_length=64, unique=True)
    answer = models.TextField(blank=True)
    sent_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.sha256
