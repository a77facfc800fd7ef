"""Named filters over stored files and rendered documents.

This room stands below the cases, so it can't say who may see one: the room that owns the case
authorises, then hands the row in. The one door of our own is a document asked for by oneself.
"""

from datetime import datetime, timedelta
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

from accounts.models import Membership, Wall
from documents.states import RenderState, ScanState

M = TypeVar("M", bound=models.Model)

# A scan claimed longer ago belongs to a worker that died: longer than the task time limit.
STALE_CLAIM = timedelta(minutes=20)
# A worker that renders tells its progress; one silent for so long died.
SILENT_FOR = timedelta(minutes=3)
# How long a bell may be on its way before the minute tick looks for the work itself.
BELL_LOST = timedelta(minutes=1)
RESCAN_AFTER = timedelta(minutes=5)
MAX_ATTEMPTS = 5


class StoredFileQuerySet(models.QuerySet[M]):
    """Stored files by case and by the state of their scan."""

    def of_case(self, case_key: str) -> Self:
        """The files of one case, oldest first."""
        return self.filter(case_key=case_key).order_by("uploaded_at", "pk")

    def claimable(self, now: datetime) -> Self:
        """Files to be checked: new ones, those whose worker died, those whose scanner was away.

        A file that the scanner itself could not read is not tried again, and a verdict stands.
        """
        dead = Q(scan_state=ScanState.SCANNING, scan_claimed_at__lte=now - STALE_CLAIM)
        away = Q(scan_state=ScanState.UNSCANNABLE, scan_may_be_repeated=True)
        return self.filter(Q(scan_state=ScanState.RECEIVED) | dead | away)

    def due_for_scan(self, now: datetime) -> Self:
        """Of the claimable, those whose bell was lost and those it is time to try again."""
        too_soon = Q(scan_state=ScanState.RECEIVED, uploaded_at__gt=now - BELL_LOST) | Q(
            scan_state=ScanState.UNSCANNABLE, scanned_at__gt=now - RESCAN_AFTER
        )
        return self.claimable(now).exclude(too_soon).order_by("uploaded_at", "pk")


class UploadInPiecesQuerySet(models.QuerySet[M]):
    """Uploads that come in pieces: whose they are, and how far they have come."""

    def coming_to(self, case_key: str) -> Self:
        """Those of a case that were neither taken in nor refused."""
        return self.filter(case_key=case_key, stored_file=None, refusal="")

    def under_way(self, case_key: str, begun_by: Membership) -> Self:
        """Those of one person in one case that were neither taken in nor refused."""
        return self.coming_to(case_key).filter(begun_by=begun_by)

    def shown(self, case_key: str, begun_by: Membership, place: str = "") -> Self:
        """Those that a form still lists for their sender: under way, or refused."""
        return self.filter(case_key=case_key, begun_by=begun_by, place=place, stored_file=None)

    def unsent(self, case_key: str, begun_by: Membership, place: str) -> Self:
        """Those that came whole to a form of this person's that was not sent since."""
        own = self.filter(case_key=case_key, begun_by=begun_by).exclude(place="")
        return own.filter(place=place, stored_file__isnull=False).select_related("stored_file")

    def whole(self) -> Self:
        """Those whose every piece has come and which nobody has judged."""
        return self.filter(received_bytes=F("size_bytes"), stored_file=None, refusal="")

    def claimable(self, now: datetime) -> Self:
        """The whole ones that no worker reads, or whose worker died."""
        return self.whole().filter(Q(claimed_at=None) | Q(claimed_at__lte=now - STALE_CLAIM))

    def due(self, now: datetime) -> Self:
        """Of the claimable, those whose bell was lost."""
        return self.claimable(now).filter(heard_at__lte=now - BELL_LOST)


class MakingQuerySet(models.QuerySet[M]):
    """What a worker makes: a document, the files of a seal; by how far it has come."""

    def claimable(self, now: datetime) -> Self:
        """Those to be made: those queued, and those whose worker fell silent."""
        dead = Q(state=RenderState.RENDERING, claimed_at__lte=now - SILENT_FOR)
        return self.filter(Q(state=RenderState.QUEUED) | dead)

    def claim(self, now: datetime) -> int:
        """Claim these for rendering and count the attempt; how many were claimed."""
        return self.update(
            state=RenderState.RENDERING, claimed_at=now, attempts=F("attempts") + 1, stage=""
        )

    def claimed(self, pk: int, now: datetime) -> M | None:
        """Claim one that waits to be made, or whose worker fell silent, as one more attempt.

        The number of the attempt is the claim: what a worker writes later is written only while
        no other has begun the next one.
        """
        if self.claimable(now).filter(pk=pk).claim(now) != 1:
            return None
        return self.get(pk=pk)

    def due(self, now: datetime) -> Self:
        """Of the claimable, those whose bell was lost."""
        too_soon = Q(state=RenderState.QUEUED, requested_at__gt=now - BELL_LOST)
        return self.claimable(now).exclude(too_soon).order_by("requested_at", "pk")


class RenderedDocumentQuerySet(MakingQuerySet[M]):
    """Documents by who asked for them and by how far they have come."""

    def asked_for_by(self, membership: Membership | None) -> Self:
        """The documents that this very membership asked for, outside its walls."""
        if membership is None:
            return self.none()
        walled = Wall.objects.filter(user_id=membership.user_id, lifted_at=None)
        own = self.filter(requested_by=membership)
        return own.exclude(case_key__in=walled.values("case_key"))
