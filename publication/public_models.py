"""What the public pages may read: rows of the public views, through the role of the public."""

from typing import Any

from django.db import models

from publication.states import EDITIONS, ReleaseKind, Standing


class PublicRelease(models.Model):
    """A release that may be spoken of: open, temporarily withdrawn, or withdrawn."""

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=12, choices=ReleaseKind)
    reference = models.CharField(max_length=20)
    slug = models.CharField(max_length=100)
    edition_number = models.PositiveSmallIntegerField()
    supersedes_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=Standing)
    public_from = models.DateTimeField()
    latched = models.BooleanField()
    title = models.CharField(max_length=250)
    payload = models.JSONField()
    root_sha256 = models.CharField(max_length=64)
    withdrawal_reason = models.TextField()

    class Meta:
        managed = False
        db_table = "public_releases"
        default_permissions = ()

    def __str__(self) -> str:
        return self.title or self.slug

    @property
    def is_open(self) -> bool:
        """Whether its content may be shown."""
        return self.state == Standing.OPEN

    @property
    def is_edition(self) -> bool:
        """Whether it is a report, first or corrected."""
        return self.kind in EDITIONS


class PublicFile(models.Model):
    """A file of an open release, with the key that opens it."""

    id = models.BigIntegerField(primary_key=True)
    release = models.ForeignKey(
        PublicRelease, on_delete=models.DO_NOTHING, related_name="files", db_constraint=False
    )
    path = models.CharField(max_length=120)
    storage_key = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=120)
    language = models.CharField(max_length=12)
    wrapped_key = models.BinaryField()

    class Meta:
        managed = False
        db_table = "public_release_files"
        default_permissions = ()

    def __str__(self) -> str:
        return self.path


class RegisterRow(models.Model):
    """A case of which something is public: its latest announcement or report."""

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=12, choices=ReleaseKind)
    reference = models.CharField(max_length=20)
    slug = models.CharField(max_length=100)
    title = models.CharField(max_length=250)
    payload = models.JSONField()
    public_from = models.DateTimeField()
    latched = models.BooleanField()

    class Meta:
        managed = False
        db_table = "public_register"
        default_permissions = ()

    def __str__(self) -> str:
        return self.title

    @property
    def has_report(self) -> bool:
        """Whether the report itself is public."""
        return self.kind in EDITIONS


class NextRelease(models.Model):
    """For how many seconds a list may be kept."""

    id = models.IntegerField(primary_key=True)
    seconds = models.IntegerField()

    class Meta:
        managed = False
        db_table = "public_next_release"
        default_permissions = ()

    def __str__(self) -> Any:
        return f"{self.seconds} s"


class PublicProof(models.Model):
    """The head of the record that is given away to everybody: an entry's number and its hash."""

    id = models.BigIntegerField(primary_key=True)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "public_proof"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.pk}:{self.sha256}"


class PublicAuthority(models.Model):
    """An authority that decides on super-complaints with the others of its scheme."""

    id = models.BigIntegerField(primary_key=True)
    scheme = models.CharField(max_length=80)
    minister = models.CharField(max_length=80)
    name = models.CharField(max_length=160)

    class Meta:
        managed = False
        db_table = "public_authorities"
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
