"""Announcements for tests: sealed by the lead's authority, approved by two others."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from clock.london import LONDON
from complaints.models import Complaint
from publication.models import Release
from publication.services import release as release_verbs
from publication.services.announcing import seal_announcement
from tests.builders.publication import approve, in_seconds
from tests.cast import play

SEALER = "hmicfrs_decision_maker"
APPROVERS = ("iopc_decision_maker", "college_decision_maker")


def a_sealed_announcement(
    complaint: Complaint, *, at: datetime | None = None, **facts: Any
) -> Release:
    """An announcement, sealed for tomorrow unless another instant is given."""
    there = timezone.localtime(at or in_seconds(86400), LONDON)
    said = {"title": "How files on crime victims are shared", **facts}
    return seal_announcement(
        complaint, wall_time=f"{there:%Y-%m-%d %H:%M %Z}", by=play(SEALER), **said
    )


def approved(release: Release, *, by: tuple[str, ...] = APPROVERS) -> Release:
    """The announcement, approved by the people named."""
    assert release.release_at is not None
    for name in by:
        release_verbs.approve(
            release,
            root_sha256=release.root_sha256,
            release_at=release.release_at,
            by=play(name),
        )
    release.refresh_from_db()
    return release


def announced(release: Release) -> Release:
    """The announcement, public since a second ago by the database's clock."""
    Release.objects.filter(pk=release.pk).update(release_at=in_seconds(-1))
    release.refresh_from_db()
    for name in APPROVERS:
        approve(release, play(name))
    return release
