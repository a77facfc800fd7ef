"""A large file on its way: what was announced of it, and how much of it has come."""

import secrets
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Membership
from documents.models.files import StoredFile
from documents.querysets import UploadInPiecesQuerySet
from documents.storage import new_storage_key

# Somebody who comes back after a week away still finds what had come.
KEPT_FOR = timedelta(days=7)


def new_token() -> str:
    """The part of an upload's address that nobody guesses."""
    return secrets.token_urlsafe(16)


class UploadInPieces(models.Model):
    """One file that a browser sends piece by piece, so that a cut line loses one piece at most.

    It is found by its name, size and last change, so that choosing the same file again goes on
    where the last piece ended; the browser first compares what came with that file. Once whole, a
    worker takes it in: `stored_file` or `refusal` then says what became of it.
    """

    token = models.CharField(max_length=40, unique=True, default=new_token)
    # The permanent key of the complaint, which this room stands below and cannot point at.
    case_key = models.CharField(max_length=20)
    begun_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    # The form of the case that the file is sent with; empty where it belongs to the case at once.
    place = models.CharField(max_length=40, blank=True)
    # The task of the room that will own the file.
    then = models.CharField(max_length=80)
    original_name = models.CharField(max_length=200)
    changed_ms = models.BigIntegerField("last change, as the sender's computer says", default=0)
    size_bytes = models.PositiveBigIntegerField()
    storage_key = models.CharField(max_length=64, unique=True, default=new_storage_key)
    received_bytes = models.PositiveBigIntegerField(default=0)
    heard_at = models.DateTimeField("when the last piece came", default=timezone.now)

    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    refusal = models.CharField(max_length=500, blank=True, editable=False)
    stored_file = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = UploadInPiecesQuerySet.as_manager()

    class Meta:
        ordering = ["begun_at", "pk"]
        indexes = [
            models.Index(fields=["case_key", "begun_by"]),
            models.Index(fields=["heard_at"], name="uploads_by_their_last_piece"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    *("case_key", "begun_by", "place"),
                    *("original_name", "size_bytes", "changed_ms"),
                ],
                condition=Q(stored_file=None, refusal=""),
                name="a_file_is_sent_once_at_a_time",
            ),
            models.CheckConstraint(condition=Q(size_bytes__gt=0), name="an_upload_is_not_empty"),
            models.CheckConstraint(
                condition=~Q(original_name="") & ~Q(case_key="") & ~Q(then=""),
                name="an_upload_says_what_and_where",
            ),
            models.CheckConstraint(
                condition=Q(received_bytes__lte=F("size_bytes")),
                name="an_upload_brings_no_more_than_announced",
            ),
            models.CheckConstraint(
                condition=Q(stored_file=None, refusal="")
                | (Q(received_bytes=F("size_bytes")) & (Q(stored_file=None) | Q(refusal=""))),
                name="an_upload_is_judged_once_and_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def is_whole(self) -> bool:
        """Whether every piece has come."""
        return self.received_bytes == self.size_bytes

    @property
    def is_over(self) -> bool:
        """Whether it was taken in, or refused."""
        return self.stored_file_id is not None or bool(self.refusal)

    @property
    def kept_until(self) -> datetime:
        """When it is forgotten if nothing more comes."""
        return self.heard_at + KEPT_FOR
