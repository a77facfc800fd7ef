"""Whether a complaint repeats the substance of an earlier one, as each authority records it."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Membership, Organisation
from complaints.models.case import Complaint

CHANGE = {
    None: "",
    True: ", and circumstances have materially changed",
    False: ", and nothing material has changed",
}


class Comparison(models.Model):
    """One authority’s comparison with an earlier complaint. Law: SI 2018/748 reg. 6(3)-(4).

    Whether circumstances have materially changed is asked only where the substance is the same and
    the earlier one is concluded; it is empty elsewhere.
    """

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="comparisons")
    earlier = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    same_substance = models.BooleanField()
    materially_changed = models.BooleanField(null=True)
    reasons = models.TextField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["earlier", "authority"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "earlier", "authority"],
                name="one_comparison_of_each_authority",
            ),
            models.CheckConstraint(
                condition=~Q(complaint=F("earlier")), name="a_complaint_is_not_its_own_earlier_one"
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="a_comparison_has_reasons"),
            models.CheckConstraint(
                condition=Q(same_substance=True) | Q(materially_changed=None),
                name="a_change_is_asked_of_the_same_substance",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority.short_name}: {self.complaint} and {self.earlier}"

    @property
    def in_words(self) -> str:
        """What the authority holds, as a clause."""
        if not self.same_substance:
            return "another matter"
        return f"the same substance{CHANGE[self.materially_changed]}"
