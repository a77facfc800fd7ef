"""The application's window on the one predicate: what the public door would answer now."""

from datetime import date
from zoneinfo import ZoneInfo

from django.db import models

from publication.models.releases import LONDON
from publication.states import Standing


class ReleaseStanding(models.Model):
    """A release as `release_standing` sees it; read it inside `publication.clock.at_this_clock`."""

    release_id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=12)
    case_key = models.CharField(max_length=20)
    reference = models.CharField(max_length=20)
    slug = models.CharField(max_length=100)
    title = models.CharField(max_length=250)
    sealed = models.BooleanField()
    approved = models.BooleanField()
    held = models.BooleanField()
    suspended = models.BooleanField()
    withdrawn = models.BooleanField()
    due = models.BooleanField()
    state = models.CharField(max_length=10, choices=Standing)
    public_from = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "release_standing"

    def __str__(self) -> str:
        return f"{self.reference}: {self.state}"

    @property
    def released_on(self) -> date | None:
        """The London day on which it became public: periods that begin with it count from here."""
        return self.public_from.astimezone(ZoneInfo(LONDON)).date() if self.public_from else None
