"""The report: its sections, their sign-off, dissenting opinions and exclusions."""

import hashlib

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Membership, Organisation
from complaints.models import Complaint
from publication.models.of_case import OfCase
from publication.querysets import ReportQuerySet, SectionQuerySet
from publication.states import Ground, ReportStatus


class Report(OfCase, models.Model):
    """The authorities' report on one super-complaint. Law: SI 2018/748 reg. 8(1).

    A correction is another edition, with a report of its own.
    """

    complaint = models.ForeignKey(
        Complaint,
        on_delete=models.PROTECT,
        to_field="key",
        db_column="case_key",
        related_name="+",
    )
    edition_number = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(
        max_length=12, choices=ReportStatus, default=ReportStatus.DRAFTING, editable=False
    )
    title = models.CharField(max_length=250)
    # What is corrected, and why: only in a second or later edition.
    correction_note = models.TextField(blank=True)
    notice_headline = models.CharField(max_length=200, blank=True)
    notice_standfirst = models.TextField(blank=True)
    # The London wall time that the press notice states; empty where it states none.
    planned_for = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)
    begun_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    last_edited_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["complaint", "edition_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "edition_number"], name="one_report_for_each_edition"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="a_report_has_a_title"),
            models.CheckConstraint(
                condition=Q(edition_number=1) | ~Q(correction_note=""),
                name="a_corrected_report_says_what_is_corrected",
            ),
        ]

    def __str__(self) -> str:
        return f"Report on {self.complaint.reference}"

    @property
    def reference(self) -> str:  # type: ignore[override]
        """The reference of the case."""
        return self.complaint.reference


class ReportSection(models.Model):
    """One section: what is written by hand; the rest is built from records."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=30)
    order = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    last_edited_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["report", "order"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="one_section_of_each_key"),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.report}"

    @property
    def chain(self) -> str:
        """The chain of the case in the record."""
        return self.report.chain

    @property
    def case_reference(self) -> str:
        """The reference of the case."""
        return self.report.reference


class SectionSignOff(models.Model):
    """One authority's sign-off of one text of a section; an edit voids it."""

    section = models.ForeignKey(ReportSection, on_delete=models.CASCADE, related_name="sign_offs")
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text_sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    signed_off_at = models.DateTimeField(default=timezone.now)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["section", "signed_off_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "authority"],
                condition=Q(voided_at=None),
                name="one_standing_sign_off_of_an_authority",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority.short_name} on {self.section}"


class Opinion(models.Model):
    """One authority's opinion on a matter in dispute, put into the report.

    Law: SI 2023/624 reg. 96(4) for the service police; for the police a path that is offered,
    not a duty that was found.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="opinions")
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    matter = models.CharField(max_length=250)
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["report", "given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "authority", "matter"], name="one_opinion_on_a_matter"
            ),
            models.CheckConstraint(
                condition=~Q(matter="") & ~Q(text=""), name="an_opinion_says_on_what_and_what"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority.short_name} on {self.matter}"


class Exclusion(models.Model):
    """A passage left out of the copy sent and the copy published. Law: SI 2018/748 reg. 8(3)."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="exclusions")
    passage = models.TextField()
    ground = models.CharField(max_length=20, choices=Ground)
    reason = models.TextField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["report", "decided_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(passage="") & ~Q(reason=""),
                name="an_exclusion_names_its_passage_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(ground__in=Ground.values), name="an_exclusion_has_one_of_two_grounds"
            ),
        ]

    def __str__(self) -> str:
        return f"Exclusion from {self.report}"


def text_sha256(text: str) -> str:
    """The hash that a sign-off is bound to."""
    return hashlib.sha256(text.encode()).hexdigest()
