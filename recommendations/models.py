"""Recommendations to others, the authorities' own actions, and what addressees owe and answer."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AddresseeGroup, Membership, Organisation
from complaints.models import Complaint
from investigations.models import Finding
from recommendations.querysets import (
    ObligationQuerySet,
    RecommendationQuerySet,
    ResponseQuerySet,
)
from recommendations.states import (
    Basis,
    Branch,
    DeadlineKind,
    ObligationStatus,
    Position,
    RecommendationStatus,
    ResponseStatus,
)


class OfCase:
    """What every row of this room knows of its case, through the row that it hangs on."""

    hangs_on: ClassVar[str]

    @property
    def chain(self) -> str:
        """The chain of the case in the record."""
        chain: str = getattr(self, self.hangs_on).chain
        return chain

    @property
    def case_reference(self) -> str:
        """The reference of the case."""
        reference: str = getattr(self, self.hangs_on).case_reference
        return reference


class Recommendation(OfCase, models.Model):
    """What the authorities recommend to somebody else. Law: SI 2018/748 reg. 8(1)(d).

    Its deadline is a kind and a basis, never a bare number of days.
    """

    hangs_on = "complaint"

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=8)
    order = models.PositiveSmallIntegerField()
    status = models.CharField(
        max_length=10,
        choices=RecommendationStatus,
        default=RecommendationStatus.DRAFT,
        editable=False,
    )
    wording = models.TextField()
    applies_to = models.TextField(blank=True)
    findings = models.ManyToManyField(Finding, blank=True, related_name="+")
    deadline_kind = models.CharField(max_length=10, choices=DeadlineKind)
    deadline_basis = models.CharField(max_length=15, choices=Basis, blank=True)
    deadline_on = models.DateField(null=True, blank=True)
    deadline_calendar_days = models.PositiveSmallIntegerField(null=True, blank=True)
    deadline_condition = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+"
    )
    issued_at = models.DateTimeField(null=True, blank=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["complaint", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "order"], name="one_recommendation_at_each_place"
            ),
            models.UniqueConstraint(
                fields=["complaint", "number"],
                condition=~Q(number=""),
                name="one_recommendation_at_each_number",
            ),
            models.CheckConstraint(condition=~Q(wording=""), name="a_recommendation_has_wording"),
            models.CheckConstraint(
                condition=(
                    Q(deadline_kind=DeadlineKind.DATE, deadline_on__isnull=False)
                    | Q(deadline_kind=DeadlineKind.PERIOD, deadline_calendar_days__gt=0)
                    | (Q(deadline_kind=DeadlineKind.CONDITION) & ~Q(deadline_condition=""))
                    | Q(deadline_kind=DeadlineKind.NONE)
                ),
                name="a_deadline_has_what_its_kind_needs",
            ),
            models.CheckConstraint(
                condition=Q(deadline_kind=DeadlineKind.NONE) | ~Q(deadline_basis=""),
                name="a_deadline_has_a_basis",
            ),
            models.CheckConstraint(
                condition=~Q(deadline_basis=Basis.STATUTORY) | Q(deadline_kind=DeadlineKind.PERIOD),
                name="only_a_period_is_statutory",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mark} of {self.complaint}"

    @property
    def mark(self) -> str:
        """How people cite it: recommendation 3a, or its place where no number is known."""
        if not self.number:
            return _("Recommendation (no number)")
        return _("Recommendation %(number)s") % {"number": self.number}

    @property
    def deadline_words(self) -> str:
        """By when an answer is wanted, and on what basis, as one sentence."""
        match self.deadline_kind:
            case DeadlineKind.DATE if self.deadline_on:
                when = f"By {self.deadline_on.day} {self.deadline_on:%B %Y}"
            case DeadlineKind.PERIOD:
                when = (
                    f"Within {self.deadline_calendar_days} calendar days, "
                    "beginning with the day of publication"
                )
            case DeadlineKind.CONDITION:
                when = self.deadline_condition
            case _:
                return "No deadline"
        return f"{when} ({Basis(self.deadline_basis).label.lower()})"


class RecommendationCorrection(models.Model):
    """How a recommendation will read in a corrected edition, and why; until that is public, kept.

    Its addressees read the recommendation itself, so the new words are in force there only once
    the edition that carries them is public.
    """

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="corrections"
    )
    edition = models.PositiveSmallIntegerField()
    wording = models.TextField()
    applies_to = models.TextField(blank=True)
    reason = models.TextField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField(default=timezone.now)
    in_force_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["recommendation", "edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "edition"], name="one_correction_in_each_edition"
            ),
            models.CheckConstraint(condition=~Q(wording=""), name="a_correction_has_wording"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_correction_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation.mark} in edition {self.edition}"


class Addressee(models.Model):
    """One organisation, or each member of one group, to whom a recommendation is made."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="addressees"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    group = models.ForeignKey(
        AddresseeGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=True, group__isnull=False)
                | Q(organisation__isnull=False, group__isnull=True),
                name="an_addressee_is_an_organisation_or_a_group",
            ),
            models.UniqueConstraint(
                fields=["recommendation", "organisation", "group"],
                nulls_distinct=False,
                name="an_addressee_is_named_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation or self.group)


class OwnAction(OfCase, models.Model):
    """What one of the authorities will do itself. Law: SI 2018/748 reg. 8(1)(c)."""

    hangs_on = "complaint"

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=8, blank=True)
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    source = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["complaint", "order"]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "order"], name="one_action_at_each_place"),
            models.CheckConstraint(condition=~Q(text=""), name="an_action_says_something"),
        ]

    def __str__(self) -> str:
        return f"Action of {self.authority.short_name}"


class Obligation(OfCase, models.Model):
    """One addressee's duty or request to answer one issued recommendation.

    Opened at publication, one per addressee, with its own due date and basis. Where real answers
    of an imported case are not known to us, it says so and is never counted as overdue.
    """

    hangs_on = "recommendation"

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="obligations"
    )
    addressee = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=10, choices=ObligationStatus, default=ObligationStatus.OPEN, editable=False
    )
    opened_on = models.DateField()
    kind = models.CharField(max_length=10, choices=DeadlineKind)
    basis = models.CharField(max_length=15, choices=Basis, blank=True)
    due_on = models.DateField(null=True, blank=True)
    condition = models.CharField(max_length=300, blank=True)
    law = models.CharField(max_length=120, blank=True)
    answer_not_known = models.BooleanField(default=False)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "addressee"]
        indexes = [models.Index(fields=["addressee", "status", "due_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "addressee"], name="one_obligation_of_an_addressee"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation.mark}: {self.addressee.short_name}"


class Response(OfCase, models.Model):
    """An addressee's answer: what it does or plans, or why it does nothing."""

    hangs_on = "obligation"

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="responses")
    number = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(
        max_length=10, choices=ResponseStatus, default=ResponseStatus.DRAFT, editable=False
    )
    branch = models.CharField(max_length=10, choices=Branch)
    position = models.CharField(max_length=15, choices=Position)
    account = models.TextField()
    complete_by_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["obligation", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "number"], name="one_response_at_each_number"
            ),
            models.CheckConstraint(
                condition=~Q(account=""), name="a_response_says_what_is_done_or_why_not"
            ),
            models.CheckConstraint(
                condition=Q(status=ResponseStatus.DRAFT) | Q(approved_by__isnull=False),
                name="a_response_beyond_draft_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[ResponseStatus.DRAFT, ResponseStatus.APPROVED])
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="a_submitted_response_has_its_instant",
            ),
        ]

    def __str__(self) -> str:
        return f"Response {self.number} to {self.obligation}"


class Closure(models.Model):
    """That an obligation was closed, by whom and why: never by the addressee itself.

    No formal rule for closing was found: a decision with reasons, per addressee.
    """

    obligation = models.OneToOneField(Obligation, on_delete=models.PROTECT, related_name="closure")
    reason = models.TextField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_closure_needs_a_reason"),
        ]

    def __str__(self) -> str:
        return f"Closure of {self.obligation}"
