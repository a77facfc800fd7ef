"""Which cases a person works on, and which are walled off from them."""

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models.organisations import Organisation
from accounts.models.people import Membership, User


class CaseTeam(models.Model):
    """The people of one organisation who work on one case; django-guardian grants to its group."""

    case_key = models.CharField(max_length=20)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="case_team")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_key", "organisation"], name="one_team_of_an_organisation_on_a_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.short_name} on {self.case_key}"


class Wall(models.Model):
    """A conflict of interest: this person sees nothing of this case, whatever else grants it."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="walls")
    case_key = models.CharField(max_length=20)
    reason = models.TextField()
    raised_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "case_key"],
                condition=Q(lifted_at=None),
                name="one_standing_wall_between_a_person_and_a_case",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_wall_needs_a_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lifted_reason="")
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_reason=""),
                name="a_lifted_wall_says_who_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"wall between {self.user} and {self.case_key}"
