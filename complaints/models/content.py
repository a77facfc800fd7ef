"""What a complaint says, part by part: its features of policing and an alternate contact."""

from django.db import models
from django.db.models import Q

from accounts.models import Membership
from complaints.models.case import Complaint


class Feature(models.Model):
    """A feature of policing that the complaint is about. Law: SI 2018/748 reg. 4(2)(a)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="features")
    number = models.PositiveSmallIntegerField()
    statement = models.CharField(max_length=600)
    detail = models.TextField(blank=True)
    harmed = models.TextField("who is harmed", blank=True)
    harm_scale = models.TextField("how widespread the harm is", blank=True)
    harm_nature = models.TextField("what the harm is", blank=True)

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


class AlternateContact(models.Model):
    """Whom to ask at the body while the contact person is away; no provision asks for one."""

    complaint = models.OneToOneField(
        Complaint, on_delete=models.CASCADE, related_name="alternate_contact"
    )
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="an_alternate_contact_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"Alternate contact of {self.complaint}"


class DraftPart(models.Model):
    """How far one part of a draft is: its version, who saved it last, and whether it is finished.

    Two people who edit different parts do not disturb each other, so each part has a version of
    its own.
    """

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="parts")
    name = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=0)
    finished = models.BooleanField(default=False)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["complaint", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "name"], name="one_row_for_each_part_of_a_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.complaint}"
