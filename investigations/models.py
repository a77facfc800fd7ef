"""The investigation of an eligible complaint: lines, evidence, custody, findings, agreements."""

import hashlib

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Membership, Organisation
from complaints.models import Complaint, Feature
from documents.models import RenderedDocument, StoredFile
from investigations.querysets import (
    EvidenceQuerySet,
    FindingQuerySet,
    InvestigationQuerySet,
    ProgressReportQuerySet,
)
from investigations.states import Bearing, EvidenceStatus, FindingStatus, Sensitivity


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
    """A question that the investigation asks, and how."""

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

    class Meta:
        ordering = ["investigation", "number"]
        verbose_name_plural = "lines of enquiry"
        constraints = [
            models.UniqueConstraint(
                fields=["investigation", "number"], name="one_line_at_each_number"
            ),
            models.CheckConstraint(condition=~Q(question=""), name="a_line_asks_a_question"),
        ]

    def __str__(self) -> str:
        return f"L-{self.number:02} {self.question}"


class EvidenceItem(OfCase, models.Model):
    """One piece of evidence, with its provenance; its original never changes."""

    investigation = models.ForeignKey(
        Investigation, on_delete=models.PROTECT, related_name="evidence"
    )
    number = models.PositiveIntegerField()
    status = models.CharField(
        max_length=20, choices=EvidenceStatus, default=EvidenceStatus.RECEIVED, editable=False
    )
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=250)
    description = models.TextField(blank=True)
    source = models.CharField(max_length=200)
    supplied_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    method = models.CharField(max_length=120, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    received_on = models.DateField()
    sensitivity = models.CharField(max_length=12, choices=Sensitivity, default=Sensitivity.OFFICIAL)
    personal_data = models.BooleanField(default=False)
    lines = models.ManyToManyField(LineOfEnquiry, blank=True, related_name="evidence")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    version = models.PositiveIntegerField(default=1)
    registered_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(default=timezone.now)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["investigation", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["investigation", "number"], name="one_evidence_item_at_each_number"
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(source=""), name="evidence_has_title_and_source"
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("pk")),
                name="evidence_does_not_supersede_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mark} {self.title}"

    @property
    def mark(self) -> str:
        """How people cite it: E-0147."""
        return f"E-{self.number:04}"


class EvidenceCorrection(models.Model):
    """One correction of what is said about an item: what it said, what it says, why."""

    evidence_item = models.ForeignKey(
        EvidenceItem, on_delete=models.PROTECT, related_name="corrections"
    )
    field = models.CharField(max_length=40)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.TextField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["evidence_item", "corrected_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_correction_needs_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.evidence_item}"


class CustodyEvent(models.Model):
    """Who did what with an item, when and why. Written once: the table is append-only."""

    class Kind(models.TextChoices):
        """What was done."""

        REGISTERED = "registered", "Registered"
        READ = "read", "Read"
        CORRECTED = "corrected", "Description corrected"
        SCREENED = "screened", "Screened"
        NOT_RELIED_ON = "not_relied_on", "Set aside as not relied on"
        RELIED_ON_AGAIN = "relied_on_again", "Relied on again"
        SUPERSEDED = "superseded", "Superseded by a newer item"

    evidence_item = models.ForeignKey(
        EvidenceItem, on_delete=models.PROTECT, related_name="custody"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    note = models.TextField(blank=True)
    file_sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["evidence_item", "happened_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.evidence_item}"


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


class ProgressReport(OfCase, models.Model):
    """A progress report to the bodies. Law: SI 2018/748 reg. 7."""

    investigation = models.ForeignKey(
        Investigation, on_delete=models.PROTECT, related_name="progress_reports"
    )
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    document = models.OneToOneField(
        RenderedDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ProgressReportQuerySet.as_manager()

    class Meta:
        ordering = ["investigation", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["investigation", "number"], name="one_progress_report_at_each_number"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True)
                | Q(sent_by__isnull=False, document__isnull=False),
                name="a_sent_progress_report_has_sender_and_document",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_progress_report_says_something"),
        ]

    def __str__(self) -> str:
        return f"Progress report {self.number} of {self.case_reference}"
