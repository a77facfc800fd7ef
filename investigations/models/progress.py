"""Progress reports to the bodies that complained."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Membership
from documents.models import RenderedDocument
from investigations.models.investigation import Investigation, OfCase
from investigations.querysets import ProgressReportQuerySet


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
