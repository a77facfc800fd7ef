"""A stored file (bytes, hash, scan) and a rendered document (context, progress, result)."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Membership
from documents.making import Making
from documents.querysets import RenderedDocumentQuerySet, StoredFileQuerySet
from documents.states import SCANNED, RenderState, ScanState

# For so long whoever asked for a document may open it by having asked; after that the case's own
# door decides, since they may have left its team.
OWN_FOR = timedelta(hours=1)
HEX_SHA256 = r"^[0-9a-f]{64}$"
TEST_SIGNATURES = "checked with test signatures only"


class StoredFile(models.Model):
    """One file as it came: bytes under a random key, their hash, and the state of their scan.

    The bytes and what was written of them at arrival never change: a trigger refuses it. A
    redacted, converted or extracted copy is a new file with `derived_from`.
    """

    # The permanent key of the complaint, which this room stands below and cannot point at.
    case_key = models.CharField(max_length=20)
    storage_key = models.CharField(max_length=64, unique=True)
    original_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=120)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    derived_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="derived_copies"
    )
    derived_with = models.CharField(max_length=120, blank=True)

    scan_state = models.CharField(
        max_length=12, choices=ScanState, default=ScanState.RECEIVED, editable=False
    )
    scan_claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    scanned_at = models.DateTimeField(null=True, blank=True, editable=False)
    scan_note = models.CharField(max_length=300, blank=True, editable=False)
    scan_may_be_repeated = models.BooleanField(default=False, editable=False)
    test_signatures_only = models.BooleanField(default=False, editable=False)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        ordering = ["uploaded_at", "pk"]
        indexes = [
            models.Index(fields=["case_key", "uploaded_at"]),
            models.Index(
                fields=["uploaded_at"],
                condition=Q(scan_state__in=["received", "scanning", "unscannable"]),
                name="files_not_yet_checked",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(size_bytes__gt=0), name="a_file_is_not_empty"),
            models.CheckConstraint(condition=~Q(original_name=""), name="a_file_has_a_name"),
            models.CheckConstraint(condition=~Q(case_key=""), name="a_file_belongs_to_a_case"),
            models.CheckConstraint(
                condition=Q(sha256__regex=HEX_SHA256), name="a_file_has_its_sha256"
            ),
            models.CheckConstraint(
                condition=Q(scan_state__in=ScanState.values), name="a_file_has_a_known_scan_state"
            ),
            models.CheckConstraint(
                condition=Q(scan_state__in=sorted(SCANNED), scanned_at__isnull=False)
                | Q(scan_state__in=["received", "scanning"], scanned_at__isnull=True),
                name="a_scan_has_an_instant_once_it_is_over",
            ),
            models.CheckConstraint(
                condition=Q(derived_from=None) | ~Q(derived_with=""),
                name="a_derived_copy_names_its_tool",
            ),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def chain(self) -> str:
        """The chain of the record that this file's history is written in."""
        return self.case_key

    @property
    def is_downloadable(self) -> bool:
        """Whether the file may be opened: clean, and in production by a full scan."""
        if self.scan_state != ScanState.CLEAN:
            return False
        return not (self.test_signatures_only and settings.PRODUCTION)

    def opens_for(self, reader: Membership | None) -> bool:
        """Whether this person may have the bytes: the file is sound, or was opened for them."""
        if self.is_downloadable:
            return True
        if reader is None or self.scan_state != ScanState.UNSCANNABLE:
            return False
        return self.unchecked_openings.filter(reader=reader).exists()

    @property
    def scan_words(self) -> str:
        """The state of the scan as a page says it."""
        if self.scan_state == ScanState.CLEAN and self.test_signatures_only:
            return TEST_SIGNATURES.capitalize()
        return ScanState(self.scan_state).label


class UncheckedOpening(models.Model):
    """A file that no scanner could read, opened for one named person by another, with a reason.

    A quarantined file is never opened so. Written once; the record and the custody say it too.
    """

    stored_file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="unchecked_openings"
    )
    reader = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    opened_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["stored_file", "opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["stored_file", "reader"], name="an_unchecked_file_is_opened_once_for_each"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="an_opening_needs_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.stored_file} for {self.reader}"


class RenderedDocument(Making):
    """A PDF that was asked for: the facts it is made from, how far it is, and its bytes.

    `natural_key` says what it is the document of, so that asking twice or making it twice gives
    one artefact. The bytes lie in the vault under a key of their own.
    """

    natural_key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=40)
    case_key = models.CharField(max_length=20)
    title = models.CharField(max_length=250)
    file_name = models.CharField(max_length=120)
    template = models.CharField(max_length=120)
    context = models.JSONField()
    failure = models.CharField(max_length=300, blank=True, editable=False)
    storage_key = models.CharField(max_length=64, blank=True, editable=False)
    wrapped_key = models.BinaryField(default=bytes, blank=True, editable=False)
    size_bytes = models.PositiveBigIntegerField(default=0, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)

    objects = RenderedDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["requested_at", "pk"]
        indexes = [
            models.Index(fields=["case_key", "kind"]),
            models.Index(
                fields=["requested_at"],
                condition=Q(state__in=["queued", "rendering"]),
                name="documents_to_be_made",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(natural_key="") & ~Q(case_key="") & ~Q(title=""),
                name="a_document_says_what_it_is_of",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RenderState.values), name="a_document_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=~Q(state="ready")
                | (
                    ~Q(storage_key="")
                    & Q(sha256__regex=HEX_SHA256)
                    & Q(size_bytes__gt=0)
                    & Q(finished_at__isnull=False)
                ),
                name="a_ready_document_has_its_bytes",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(failure=""),
                name="a_failed_document_says_why",
            ),
            models.UniqueConstraint(
                fields=["storage_key"],
                condition=~Q(storage_key=""),
                name="one_document_for_each_artefact",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def chain(self) -> str:
        """The chain of the record that this document's history is written in."""
        return self.case_key

    @property
    def is_fresh(self) -> bool:
        """Whether it was made within the hour in which whoever asked may open it by that alone."""
        return self.finished_at is not None and timezone.now() - self.finished_at < OWN_FOR
