"""What a worker makes, and how far it is: shared by documents and by the files of a seal."""

from typing import TypeVar

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Membership
from documents.states import RenderState


class Making(models.Model):
    """One thing that was asked for and that a worker makes, with the renderer's real progress.

    A row adds `failure`, the reason that its page shows. The number of attempts is the claim:
    a worker whose claim was taken over writes nothing more.
    """

    requested_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(
        max_length=10, choices=RenderState, default=RenderState.QUEUED, editable=False
    )
    stage = models.CharField(max_length=120, blank=True, editable=False)
    page_number = models.PositiveIntegerField(default=0, editable=False)
    page_count = models.PositiveIntegerField(null=True, blank=True, editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_ready(self) -> bool:
        """Whether it is made."""
        return self.state == RenderState.READY

    @property
    def is_under_way(self) -> bool:
        """Whether it is waiting to be made or being made."""
        return self.state in {RenderState.QUEUED, RenderState.RENDERING}

    @property
    def has_failed(self) -> bool:
        """Whether it could not be made."""
        return self.state == RenderState.FAILED


M = TypeVar("M", bound=Making)


def claim_of(making: M) -> "QuerySet[M]":
    """The row, as long as this attempt at it is the current one."""
    rows: QuerySet[M] = type(making)._default_manager.filter(
        pk=making.pk, state=RenderState.RENDERING, attempts=making.attempts
    )
    return rows
