"""The authorities’ views of eligibility, and their decision."""

from django.db import models
from django.db.models import Q

from accounts.models import Membership, Organisation
from complaints.models.case import Complaint
from complaints.models.letters import Letter
from complaints.states import Ground


class EligibilityView(models.Model):
    """One authority's own view of eligibility, with its reasons. Law: SI 2018/748 reg. 6(1)."""

    complaint = models.ForeignKey(
        Complaint, on_delete=models.CASCADE, related_name="eligibility_views"
    )
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    eligible = models.BooleanField()
    ground = models.CharField(max_length=20, choices=Ground, blank=True)
    repeats = models.ForeignKey(
        Complaint, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reasons = models.TextField(blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["complaint", "authority"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "authority"], name="one_view_of_each_authority"
            ),
            models.CheckConstraint(
                condition=Q(eligible=True) | (~Q(reasons="") & ~Q(ground="")),
                name="a_view_against_needs_ground_and_reasons",
            ),
            models.CheckConstraint(
                condition=~Q(ground__in=[Ground.REPEATS_LIVE, Ground.REPEATS_CONCLUDED])
                | Q(repeats__isnull=False),
                name="a_repeat_names_its_case",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority.short_name} on {self.complaint}"


class EligibilityDecision(models.Model):
    """The authorities' decision whether to consider a complaint. Law: SI 2018/748 reg. 6.

    An imported decision may lack its day and its reasons; `known_by` is then the first day on
    which it is known to have been made.
    """

    complaint = models.OneToOneField(
        Complaint, on_delete=models.CASCADE, related_name="eligibility_decision"
    )
    eligible = models.BooleanField()
    ground = models.CharField(max_length=20, choices=Ground, blank=True)
    reasons = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    known_by = models.DateField(null=True, blank=True)
    letter = models.OneToOneField(
        Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(eligible=True) | ~Q(reasons=""), name="not_eligible_needs_reasons"
            ),
            models.CheckConstraint(
                condition=Q(letter=None) | ~Q(reasons=""),
                name="a_decision_that_was_told_has_its_reasons",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=False) | Q(known_by__isnull=False),
                name="a_decision_has_a_day_or_a_day_it_is_known_by",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(letter__isnull=False, by__isnull=False),
                name="a_living_decision_has_its_letter_and_decider",
            ),
        ]

    def __str__(self) -> str:
        return f"Eligibility of {self.complaint}"
