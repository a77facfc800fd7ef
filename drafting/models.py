"""What a person typed and could not save yet: kept for them, apart from what it was meant for."""

from django.db import models
from django.utils import timezone

from accounts.models import Membership


class SavedDraft(models.Model):
    """One form's content, kept for one person; it hangs on no row that others may change."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    record = models.CharField(max_length=120)
    form = models.CharField(max_length=60)
    content = models.JSONField()
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "record", "form"], name="one_draft_of_a_form_by_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} of {self.record}"
