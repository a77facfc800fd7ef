"""The investigation of an eligible complaint, its team and its lines of enquiry."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Membership, Organisation
from complaints.models import Complaint, Feature
from investigations.querysets import InvestigationQuerySet, LineQuerySet


class OfCase:
    """What every row of an investigation knows of its case."""

    investigation: "Investigation"

    @property
    def chain(self) -> str:
        """The chain of the case in the record."""
        return self.investigation.chain

    @property
    def case_reference(self) -> str:
        """The reference of the case."""
        return self.investigation.case_reference


class Investigation(models.Model):
    """The joint investigation of one complaint. Law: SI 2018/748 reg. 6(5), reg. 8."""

    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, related_name="+")
    lead_authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    # The edition that corrects the public report, while it is being written and not yet sealed.
    correcting = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    objects = InvestigationQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return f"Investigation of {self.complaint}"

    @property
    def chain(self) -> str:
        """The chain of the case in the record."""
        return self.complaint.chain

    @property
    def case_reference(self) -> str:
        """The reference of the case."""
        return self.complaint.case_reference

    @property
    def is_leaderless(self) -> bool:
        """Whether the case needs a lead, and the one named is not there to lead it."""
        return Investigation.objects.leaderless().filter(pk=self.pk).exists()


class TeamMember(OfCase, models.Model):
    """A member of the case team, shown on the team page; the grant itself is a case team's."""

    investigation = models.ForeignKey(
        Investigation, on_delete=models.CASCADE, related_name="team_members"
    )
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["investigation", "membership"],
                condition=Q(removed_at=None),
                name="a_person_is_on_a_team_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership} on {self.investigation}"


class LineOfEnquiry(OfCase, models.Model):
    """A question that the investigation asks, and how; one that is dropped stays, with why."""

    investigation = models.ForeignKey(Investigation, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=500)
    method = models.TextField(blank=True)
    feature = models.ForeignKey(
        Feature, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    dropped_at = models.DateTimeField(null=True, blank=True, editable=False)
    dropped_reason = models.TextField(blank=True, editable=False)

    objects = LineQuerySet.as_manager()

    class Meta:
        ordering = ["investigation", "number"]
        verbose_name_plural = "lines of enquiry"
        constraints = [
            models.UniqueConstraint(
                fields=["investigation", "number"], name="one_line_at_each_number"
            ),
            models.CheckConstraint(condition=~Q(question=""), name="a_line_asks_a_question"),
            models.CheckConstraint(
                condition=Q(dropped_at=None, dropped_reason="")
                | Q(dropped_at__isnull=False) & ~Q(dropped_reason=""),
                name="a_dropped_line_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mark} {self.question}{' (dropped)' if self.dropped_at else ''}"

    @property
    def mark(self) -> str:
        """How people cite it: L-02."""
        return f"L-{self.number:02}"
