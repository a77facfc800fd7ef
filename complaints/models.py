"""The complaint, which is the case, and what belongs to it until it is found eligible."""

import secrets
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from guardian.models import GroupObjectPermissionBase

from accounts.models import Membership, Organisation, Regime
from complaints.querysets import ComplaintQuerySet
from complaints.states import CaseStatus, Ground, Origin, Precision
from documents.models import RenderedDocument, StoredFile

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
    received_on = models.DateField(null=True, blank=True)
    received_precision = models.CharField(
        max_length=10, choices=Precision, default=Precision.DAY, editable=False
    )
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1)
    fictional = models.BooleanField(default=False)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        permissions = [("work_on_complaint", "Works on the complaint as one of its case team")]
        indexes = [models.Index(fields=["status", "received_on"])]
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


class Feature(models.Model):
    """A feature of policing that the complaint is about. Law: SI 2018/748 reg. 4(2)(a)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="features")
    number = models.PositiveSmallIntegerField()
    statement = models.CharField(max_length=600)
    detail = models.TextField(blank=True)

    class Meta:
        ordering = ["complaint", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "number"], name="one_feature_at_each_number"
            ),
            models.CheckConstraint(condition=~Q(statement=""), name="a_feature_has_a_statement"),
        ]

    def __str__(self) -> str:
        return self.statement


class SupportingDocument(models.Model):
    """A file that came with the complaint. Law: SI 2018/748 reg. 4(2)(c)."""

    complaint = models.ForeignKey(
        Complaint, on_delete=models.CASCADE, related_name="supporting_documents"
    )
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    shows = models.TextField(blank=True)
    original_letter = models.BooleanField(default=False)

    class Meta:
        ordering = ["complaint", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"],
                condition=Q(original_letter=True),
                name="one_original_letter_of_a_complaint",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Letter(models.Model):
    """A letter or receipt to the bodies: its text is kept, its PDF is made from the text."""

    class Kind(models.TextChoices):
        """What the letter does."""

        RECEIPT = "receipt", "Receipt"
        ACKNOWLEDGEMENT = "acknowledgement", "Acknowledgement"
        ELIGIBLE = "eligible", "Eligibility decision"
        NOT_ELIGIBLE = "not_eligible", "Decision that it is not eligible"
        WITHDRAWAL = "withdrawal", "Withdrawal"

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=20, choices=Kind)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    document = models.OneToOneField(
        RenderedDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["complaint", "sent_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.complaint}"


class Acknowledgement(models.Model):
    """That receipt was acknowledged, and when. Law: SI 2018/748 reg. 5."""

    complaint = models.OneToOneField(
        Complaint, on_delete=models.CASCADE, related_name="acknowledgement"
    )
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Acknowledgement of {self.complaint}"


class BodyConfirmation(models.Model):
    """The body's word that what was registered from its letter is its complaint."""

    complaint = models.OneToOneField(
        Complaint, on_delete=models.CASCADE, related_name="confirmation"
    )
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"Confirmation of {self.complaint}"


class EligibilityView(models.Model):
    """One authority's own view of eligibility, with its reasons. Law: SI 2018/748 reg. 6(1)."""

    complaint = models.ForeignKey(
        Complaint, on_delete=models.CASCADE, related_name="eligibility_views"
    )
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    eligible = models.BooleanField()
    ground = models.CharField(max_length=20, choices=Ground, blank=True)
    repeats = models.ForeignKey(
        Complaint, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reasons = models.TextField(blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["complaint", "authority"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "authority"], name="one_view_of_each_authority"
            ),
            models.CheckConstraint(
                condition=Q(eligible=True) | (~Q(reasons="") & ~Q(ground="")),
                name="a_view_against_needs_ground_and_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority.short_name} on {self.complaint}"


class EligibilityDecision(models.Model):
    """The authorities' decision whether to consider a complaint. Law: SI 2018/748 reg. 6.

    An imported decision may lack its day; `known_by` is then the first day on which it is known
    to have been made.
    """

    complaint = models.OneToOneField(
        Complaint, on_delete=models.CASCADE, related_name="eligibility_decision"
    )
    eligible = models.BooleanField()
    ground = models.CharField(max_length=20, choices=Ground, blank=True)
    reasons = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    known_by = models.DateField(null=True, blank=True)
    letter = models.OneToOneField(
        Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(eligible=True) | ~Q(reasons=""), name="not_eligible_needs_reasons"
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=False) | Q(known_by__isnull=False),
                name="a_decision_has_a_day_or_a_day_it_is_known_by",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(letter__isnull=False, by__isnull=False),
                name="a_living_decision_has_its_letter_and_decider",
            ),
        ]

    def __str__(self) -> str:
        return f"Eligibility of {self.complaint}"


class Withdrawal(models.Model):
    """That a complaint was withdrawn, and why. No provision in law was found: discretionary."""

    complaint = models.OneToOneField(Complaint, on_delete=models.CASCADE, related_name="withdrawal")
    reason = models.TextField()
    asked_for_by_body = models.BooleanField()
    withdrawn_at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_withdrawal_needs_a_reason"),
        ]

    def __str__(self) -> str:
        return f"Withdrawal of {self.complaint}"
