"""The evidence that a complaint relies on: files and links, each with what its body says of it."""

from django.db import models
from django.db.models import Q

from complaints.models.case import Complaint
from complaints.models.content import Feature
from complaints.models.correspondence import PartRequest
from complaints.querysets import SupportingDocumentQuerySet
from documents.models import StoredFile

HEX_SHA256 = r"^[0-9a-f]{64}$"
LONGEST_LINK = 2000


class SupportingDocument(models.Model):
    """A file or a link that came with the complaint. Law: SI 2018/748 reg. 4(2)(c).

    What it shows is asked for by this service; no provision was found on the other questions
    either. Who may see it is the body's wish, which staff read wherever they read the evidence.
    """

    class SeenBy(models.TextChoices):
        """Who may see a piece of evidence, as its body wishes."""

        INVESTIGATION = "investigation", "Everybody who takes part in the investigation"
        AUTHORITIES = "authorities", "Only the authorities that decide on the super-complaint"
        NAMED = "named", "Only the people or offices named"

    complaint = models.ForeignKey(
        Complaint, on_delete=models.CASCADE, related_name="supporting_documents"
    )
    number = models.PositiveSmallIntegerField()
    file = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The file's own hash, which never changes; here so that the database can refuse it twice.
    file_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    link = models.CharField(max_length=LONGEST_LINK, blank=True)
    title = models.CharField(max_length=200)
    shows = models.TextField("what it shows", blank=True)
    feature = models.ForeignKey(
        Feature, on_delete=models.SET_NULL, null=True, blank=True, related_name="evidence"
    )
    # The statement of the feature that it supported, where that was taken out of the draft.
    feature_taken_out = models.CharField(max_length=600, blank=True)
    seen_by = models.CharField("who may see it", max_length=15, choices=SeenBy, blank=True)
    seen_by_named = models.CharField("who is named", max_length=300, blank=True)
    has_personal_data = models.BooleanField("contains personal data", null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    # When it was added after submission; what came with the complaint has none.
    added_at = models.DateTimeField(null=True, blank=True)
    original_letter = models.BooleanField(default=False)
    # What was asked of the body, where the file came with the answer.
    answers = models.ForeignKey(
        PartRequest, on_delete=models.SET_NULL, null=True, blank=True, related_name="files"
    )

    objects = SupportingDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["complaint", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"],
                condition=Q(original_letter=True),
                name="one_original_letter_of_a_complaint",
            ),
            models.UniqueConstraint(
                fields=["complaint", "number"], name="one_piece_of_evidence_at_each_number"
            ),
            models.UniqueConstraint(
                fields=["complaint", "file_sha256"],
                condition=~Q(file_sha256=""),
                name="the_same_bytes_are_evidence_once",
            ),
            models.UniqueConstraint(
                fields=["complaint", "link"],
                condition=~Q(link=""),
                name="the_same_link_is_evidence_once",
            ),
            models.CheckConstraint(
                condition=Q(file=None, file_sha256="", link__regex=r"^https?://")
                | Q(file__isnull=False, file_sha256__regex=HEX_SHA256, link=""),
                name="a_piece_of_evidence_is_a_file_or_a_link",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="a_piece_of_evidence_has_a_title"),
            models.CheckConstraint(
                condition=Q(seen_by__in=["", "investigation", "authorities"], seen_by_named="")
                | (Q(seen_by="named") & ~Q(seen_by_named="")),
                name="those_who_alone_may_see_evidence_are_named",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def where(self) -> str:
        """What it is known by where it came from: the file's name, or the link."""
        return self.file.original_name if self.file else self.link

    @property
    def listed_as(self) -> str:
        """Its line in a list of titles."""
        return f"{self.number}. {self.title} ({self.where})"

    @property
    def unanswered(self) -> list[str]:
        """Which of the questions about it have no answer yet."""
        answers = {
            "what it shows": bool(self.shows),
            "who may see it": bool(self.seen_by),
            "whether it has personal data": self.has_personal_data is not None,
        }
        return [question for question, answered in answers.items() if not answered]
