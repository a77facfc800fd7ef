"""The record: entries written once and never changed, and the personal data beside them."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models


class RecordIsAppendOnlyError(TypeError):
    """Somebody tried to change or remove an entry of the record through the ORM."""


class AppendOnlyQuerySet(models.QuerySet["AuditEntry"]):
    """Entries to read. The database refuses the rest; this says so sooner."""

    def update(self, **_values: Any) -> NoReturn:
        """Never: an entry is not changed."""
        raise RecordIsAppendOnlyError("An entry of the record is never changed.")

    def delete(self) -> NoReturn:
        """Never: an entry is not removed."""
        raise RecordIsAppendOnlyError("An entry of the record is never removed.")

    def of_chain(self, chain: str) -> "AppendOnlyQuerySet":
        """The entries of one chain, in order."""
        return self.filter(chain=chain).order_by("number")


class AuditEntry(models.Model):
    """One thing that happened, at its place in its chain.

    It points at a user by number only, and at a case by reference only, so that it outlives both.
    """

    chain = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    event = models.CharField(max_length=80)
    subject = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=20, blank=True)
    by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
    )
    by_label = models.CharField(max_length=300)
    detail = models.JSONField(default=dict)
    private_sha256 = models.CharField(max_length=64, blank=True)
    previous_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["chain", "number"]
        verbose_name_plural = "audit entries"
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="one_entry_at_each_place"),
            models.UniqueConstraint(
                fields=["chain", "previous_sha256"], name="a_chain_does_not_fork"
            ),
        ]
        indexes = [models.Index(fields=["chain", "event"]), models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.chain} {self.number}: {self.event}"

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Never: an entry is not removed."""
        raise RecordIsAppendOnlyError("An entry of the record is never removed.")


class PrivateDetail(models.Model):
    """Personal data of an entry, held beside the chain so that it can lawfully be erased."""

    entry = models.OneToOneField(
        AuditEntry, on_delete=models.DO_NOTHING, primary_key=True, related_name="private"
    )
    salt = models.CharField(max_length=32)
    content = models.JSONField()

    def __str__(self) -> str:
        return f"private detail of {self.entry_id}"
