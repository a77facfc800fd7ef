"""What an authorised signatory declares when a super-complaint is submitted."""

from django.db import models
from django.db.models import Q

from accounts.models import Membership
from complaints.models.case import Complaint

LINE_LENGTH = 120


class Declaration(models.Model):
    """Who declared, in which role at the body, in which words and when, as it was shown.

    A super-complaint registered from a letter has none: its letter speaks for the body.
    """

    complaint = models.OneToOneField(
        Complaint, on_delete=models.CASCADE, related_name="declaration"
    )
    name = models.CharField(max_length=LINE_LENGTH)
    role = models.CharField(max_length=LINE_LENGTH)
    words = models.TextField()
    declared_at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_declaration_names_who_declares"),
            models.CheckConstraint(condition=~Q(role=""), name="a_declaration_says_in_which_role"),
            models.CheckConstraint(condition=~Q(words=""), name="a_declaration_has_its_words"),
        ]

    def __str__(self) -> str:
        return f"Declaration of {self.complaint}"
