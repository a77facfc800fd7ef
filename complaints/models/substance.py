"""What the radar knows of a complaint: derived from its text, and made anew when that changes."""

from django.db import models

from complaints.models.case import Complaint


class Substance(models.Model):
    """That a complaint has been read for the radar: which version of it, with which concepts."""

    complaint = models.OneToOneField(
        Complaint, on_delete=models.CASCADE, related_name="substance", primary_key=True
    )
    version = models.PositiveIntegerField()
    concepts_sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.complaint}, version {self.version}"


class SubstanceTerm(models.Model):
    """One term of a complaint's substance, and its share of the whole."""

    substance = models.ForeignKey(Substance, on_delete=models.CASCADE, related_name="terms")
    term = models.TextField()
    share = models.FloatField()

    class Meta:
        ordering = ["term"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "substance"], include=["share"], name="a_term_once_in_a_substance"
            ),
            models.CheckConstraint(
                condition=models.Q(share__gt=0, share__lte=1), name="a_share_is_of_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term}: {self.share:.2f}"
