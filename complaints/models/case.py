"""The complaint, which is the case, the grant of it, and the bodies that make it."""

import secrets
from datetime import date

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils import timezone
from guardian.models import GroupObjectPermissionBase

from accounts.models import Membership, Organisation, Regime
from complaints.querysets import ComplaintQuerySet
from complaints.states import CaseStatus, Origin, Precision

KEY_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
KEY_LENGTH = 10


def new_key() -> str:
    """A permanent name for a case that tells nobody how many there are."""
    return "".join(secrets.choice(KEY_ALPHABET) for _ in range(KEY_LENGTH))


class Complaint(models.Model):
    """A super-complaint, from its draft to its close: the complaint is the case.

    `key` names it for ever and is its chain in the record; `reference` is drawn when it is
    submitted. A living case has its dates; an imported one may lack them and says how exactly
    they are known.
    """

    class ForcesConcerned(models.TextChoices):
        """Which forces the features concern. Law: Police Reform Act 2002 s.29A(1)."""

        ALL = "all", "All forces"
        SOME = "some", "Some forces"
        NONE_NAMED = "none_named", "No force is named"

    key = models.CharField(max_length=20, unique=True, default=new_key, editable=False)
    reference = models.CharField(max_length=20, blank=True, editable=False)
    regime = models.ForeignKey(Regime, on_delete=models.PROTECT, related_name="+")
    lead_body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    joint_bodies = models.ManyToManyField(Organisation, through="JointBody", related_name="+")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PORTAL)
    status = models.CharField(
        max_length=20, choices=CaseStatus, default=CaseStatus.DRAFT, editable=False
    )
    title = models.CharField(max_length=250, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    forces_concerned = models.CharField(max_length=10, choices=ForcesConcerned, blank=True)
    forces = models.ManyToManyField(Organisation, blank=True, related_name="+")
    harm = models.TextField(blank=True)
    evidence_relied_on = models.TextField(blank=True)
    earlier_considered = models.TextField(blank=True)
    received_on = models.DateField(null=True, blank=True)
    received_precision = models.CharField(
        max_length=10, choices=Precision, default=Precision.DAY, editable=False
    )
    # The hash of all that it said when it was submitted in the portal.
    content_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # A deleted draft, which the body that leads it can bring back for a while.
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_by = models.ForeignKey(
        Membership,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    version = models.PositiveIntegerField(default=1)
    fictional = models.BooleanField(default=False)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        permissions = [("work_on_complaint", "Works on the complaint as one of its case team")]
        indexes = [
            models.Index(
                F("status"),
                F("received_on").desc(nulls_last=True),
                F("id").desc(),
                name="cases_by_status_and_receipt",
            ),
            # The case list in each of its orders, and its search, without reading every case.
            models.Index(
                F("received_on").desc(nulls_last=True), F("id").desc(), name="cases_newest_first"
            ),
            models.Index(
                F("received_on").asc(nulls_last=True), F("id").desc(), name="cases_oldest_first"
            ),
            models.Index(F("reference").asc(), F("id").desc(), name="cases_by_reference"),
            GinIndex(
                OpClass(Upper("title"), name="gin_trgm_ops"),
                OpClass(Upper("reference"), name="gin_trgm_ops"),
                name="cases_by_words",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["reference"], condition=~Q(reference=""), name="one_case_per_reference"
            ),
            models.CheckConstraint(
                condition=Q(reference="") | Q(reference__regex=r"^SC-[0-9]{4}-[0-9]{3,}$"),
                name="a_reference_is_year_and_number",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[CaseStatus.DRAFT, CaseStatus.WITHDRAWN]) | ~Q(reference=""),
                name="a_submitted_complaint_has_a_reference",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[CaseStatus.DRAFT, CaseStatus.WITHDRAWN])
                | Q(received_on__isnull=False, received_precision=Precision.DAY)
                | Q(origin=Origin.IMPORT),
                name="a_living_case_has_its_day_of_receipt",
            ),
            models.CheckConstraint(
                condition=Q(deleted_at=None, deleted_by=None)
                | Q(deleted_at__isnull=False, deleted_by__isnull=False, status=CaseStatus.DRAFT),
                name="only_a_draft_is_deleted_and_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.reference or f"Draft {self.key}"

    @property
    def chain(self) -> str:
        """The chain of the record that this case writes to."""
        return self.key

    @property
    def case_reference(self) -> str:
        """The reference that people use, or nothing before submission."""
        return self.reference

    @property
    def imported(self) -> bool:
        """Whether others made this history and the service only holds its facts."""
        return self.origin == Origin.IMPORT

    def days_since_receipt(self, on: date) -> int | None:
        """Calendar days from receipt to a day, or None where the day of receipt is not known."""
        if self.received_on is None or self.received_precision != Precision.DAY:
            return None
        return (on - self.received_on).days


class ComplaintGroupObjectPermission(GroupObjectPermissionBase):
    """django-guardian's grant of a complaint to its case team, as a direct foreign key."""

    content_object = models.ForeignKey(Complaint, on_delete=models.CASCADE)


class JointBody(models.Model):
    """An organisation that makes the complaint together with the lead body."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="joints")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    designated = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "joint bodies"
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "organisation"], name="a_body_joins_a_complaint_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.complaint}"
