"""Findings, their ties to evidence, and each authority's agreement to one text."""

import hashlib

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Membership, Organisation
from complaints.models import Feature
from investigations.models.evidence import EvidenceItem
from investigations.models.investigation import Investigation, OfCase
from investigations.querysets import AgreementQuerySet, FindingQuerySet
from investigations.states import Bearing, FindingStatus


class Finding(OfCase, models.Model):
    """What the authorities conclude on a point, and why. Law: SI 2018/748 reg. 8(1)(b)."""

    investigation = models.ForeignKey(
        Investigation, on_delete=models.PROTECT, related_name="findings"
    )
    number = models.PositiveSmallIntegerField()
    status = models.CharField(
        max_length=20, choices=FindingStatus, default=FindingStatus.DRAFT, editable=False
    )
    title = models.CharField(max_length=200)
    conclusion = models.TextField()
    reasons = models.TextField(blank=True)
    feature = models.ForeignKey(
        Feature, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    evidence = models.ManyToManyField(
        EvidenceItem, through="FindingEvidence", related_name="findings"
    )
    version = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["investigation", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["investigation", "number"], name="one_finding_at_each_number"
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(conclusion=""), name="a_finding_concludes_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mark} {self.title}"

    @property
    def mark(self) -> str:
        """How people cite it: F-03."""
        return f"F-{self.number:02}"

    @property
    def text_sha256(self) -> str:
        """The hash that an agreement is bound to: title, conclusion and reasons."""
        text = "\x1e".join([self.title, self.conclusion, self.reasons])
        return hashlib.sha256(text.encode()).hexdigest()

    def supported_by(self) -> models.QuerySet[EvidenceItem]:
        """The evidence that supports it, is still relied on, and is not an infected file."""
        return EvidenceItem.objects.supporting(self)

    def authorities_awaited(self) -> models.QuerySet[Organisation]:
        """The authorities of the regime that have not agreed to the text as it stands."""
        agreed = self.agreements.standing().filter(text_sha256=self.text_sha256)
        authorities = self.investigation.complaint.regime.authorities
        return authorities.exclude(pk__in=agreed.values("authority")).order_by("parts__order")


class FindingEvidence(models.Model):
    """The tie between a finding and an evidence item, and what the item does for it."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="ties")
    evidence_item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="ties")
    bearing = models.CharField(max_length=12, choices=Bearing)
    note = models.TextField(blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["finding", "evidence_item"]
        verbose_name_plural = "finding evidence"
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "evidence_item"], name="an_item_bears_on_a_finding_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_item.mark} {self.bearing} {self.finding.mark}"


class FindingAgreement(models.Model):
    """One authority's agreement to one text of a finding; an edit voids it."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="agreements")
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text_sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(default=timezone.now)
    voided_at = models.DateTimeField(null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["finding", "agreed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "authority"],
                condition=Q(voided_at=None),
                name="one_standing_agreement_of_an_authority",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority.short_name} on {self.finding.mark}"
