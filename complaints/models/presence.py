"""Who had which part of a draft open, and when: so that authors do not write past each other."""

from django.db import models

from accounts.models import Membership
from complaints.models.case import Complaint


class PartVisit(models.Model):
    """That a person had a part of a draft open, last seen at an instant; gone with the draft.

    It locks nothing. It is no part of the record: nothing follows from it.
    """

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="visits")
    part = models.CharField(max_length=20)
    by = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["complaint", "-seen_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "part", "by"],
                name="one_visit_of_a_person_to_a_part",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by} at {self.part} of {self.complaint}"
