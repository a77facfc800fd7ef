"""Seals that were asked for: whose text, how far their making is, and what came of it."""

from django.db import models
from django.db.models import Q

from documents.making import Making
from publication.models.releases import HEX_SHA256, Release
from publication.models.reports import Report
from publication.querysets import SealingQuerySet


class Sealing(Making):
    """One request to seal a report as it read then; a new try after a failure is a new one.

    The files of all attempts lie under names that follow from the row's own key, so that a
    worker that was killed leaves nothing that the next one does not write over.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sealings")
    text_sha256 = models.CharField(max_length=64, editable=False)
    wrapped_key = models.BinaryField(editable=False)
    failure = models.TextField(blank=True, editable=False)
    release = models.OneToOneField(
        Release,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="sealing",
    )

    objects = SealingQuerySet.as_manager()

    class Meta:
        ordering = ["report", "requested_at", "pk"]
        indexes = [
            models.Index(
                fields=["requested_at"],
                condition=Q(state__in=["queued", "rendering"]),
                name="seals_to_be_made",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(state__in=["queued", "rendering"]),
                name="one_seal_of_an_edition_is_made_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "rendering"], release=None, finished_at=None)
                | Q(state="failed", release=None, finished_at__isnull=False)
                | Q(state="ready", release__isnull=False, finished_at__isnull=False),
                name="a_seal_that_is_made_has_its_release",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(failure=""),
                name="a_seal_that_failed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(text_sha256__regex=HEX_SHA256),
                name="a_seal_is_asked_for_one_text",
            ),
        ]

    def __str__(self) -> str:
        return f"Seal of {self.report}"

    @property
    def chain(self) -> str:
        """The chain of the case in the record."""
        return self.report.chain

    @property
    def case_reference(self) -> str:
        """The reference of the case."""
        return self.report.reference
