"""Evidence: items with their provenance, corrections of what is said of them, and custody."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from guardian.models import UserObjectPermissionBase

from accounts.models import Membership, Organisation
from documents.models import StoredFile
from investigations.models.investigation import Investigation, LineOfEnquiry, OfCase
from investigations.querysets import EvidenceQuerySet
from investigations.states import EvidenceStatus, Sensitivity

# The permission that django-guardian grants to people named for a restricted item.
READ_RESTRICTED = "read_restricted_evidence"


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
        permissions = [(READ_RESTRICTED, "Is named to read this restricted item")]
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

    @property
    def needs_purpose(self) -> bool:
        """Whether whoever opens the file says why: anything above plain official."""
        return self.sensitivity != Sensitivity.OFFICIAL


class EvidenceItemUserObjectPermission(UserObjectPermissionBase):
    """django-guardian's grant of a restricted item to a named person, as a direct foreign key."""

    content_object = models.ForeignKey(
        EvidenceItem, on_delete=models.CASCADE, related_name="reading_grants"
    )


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

    @property
    def field_label(self) -> str:
        """The corrected field in words."""
        return self.field.replace("_", " ").capitalize()


class CustodyEvent(models.Model):
    """Who did what with an item, when and why. Written once: the table is append-only."""

    class Kind(models.TextChoices):
        """What was done."""

        REGISTERED = "registered", "Registered"
        READ = "read", "Read"
        READER_NAMED = "reader_named", "Reader named"
        COPIED = "copied", "Copy registered"
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
