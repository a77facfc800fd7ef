"""Releases for tests of the public door, and the walk of a report to its publication."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.models import Membership
from complaints.models import Complaint
from documents import vault
from publication.models import Release, ReleaseApproval, ReleaseFile
from publication.states import ReleaseKind
from tests.builders.complaints import a_draft
from tests.cast import play

_numbers = count(1)
ROOT = "a" * 64
APPROVERS = ("hmicfrs_decision_maker", "press_officer")


def a_sealed_release(complaint: Complaint | None = None, **facts: Any) -> Release:
    """A release with a seal and one file, for one second ago, and with no approval yet.

    It is written row by row: what is tested with it is the door, which believes rows only.
    """
    number = next(_numbers)
    complaint = complaint or a_draft()
    key = vault.new_key()
    files = facts.pop("files", {"report.html": b"<p>Words that were sealed.</p>"})
    said: dict[str, Any] = {
        "kind": ReleaseKind.EDITION,
        "reference": f"SC-2026-{number:03}",
        "slug": f"release-{number}",
        "title": f"Report {number}",
        "payload": {"summary": "Words that were sealed."},
        "root_sha256": ROOT,
        "release_at": timezone.now() - timedelta(seconds=1),
        **facts,
    }
    said.setdefault("wall_time", str(said["release_at"] or ""))
    sealed_at = said.pop("sealed_at", timezone.now())
    release = Release.objects.create(complaint=complaint, wrapped_key=vault.wrap(key), **said)
    for path, content in files.items():
        ReleaseFile.objects.create(
            release=release,
            path=path,
            storage_key=vault.seal_bytes(key, content),
            sha256="b" * 64,
            size_bytes=len(content),
            content_type="application/pdf" if path.endswith("pdf") else "text/html",
            language="en-GB",
        )
    release.sealed_at = sealed_at
    release.save(update_fields=["sealed_at"])
    return release


def approve(release: Release, by: Membership) -> ReleaseApproval:
    """One person's approval of the release as it stands."""
    assert release.release_at is not None
    return ReleaseApproval.objects.create(
        release=release,
        by=by,
        person=by.user,
        root_sha256=release.root_sha256,
        release_at=release.release_at,
    )


def an_approved_release(complaint: Complaint | None = None, **facts: Any) -> Release:
    """A sealed release that two people approved."""
    release = a_sealed_release(complaint, **facts)
    for name in APPROVERS:
        approve(release, play(name))
    return release


def in_seconds(number: float) -> datetime:
    """An instant so many seconds from now, by the clocks of this machine."""
    return timezone.now() + timedelta(seconds=number)
