"""The public page of a case that others made: public from its own day, approved by nobody."""

import hashlib
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from audit.chain import canonical
from audit.events import record
from complaints.models import Complaint
from publication.events import PublicationEvent
from publication.models import Release
from publication.models.releases import LONDON, approvals_needed_for
from publication.states import ReleaseKind


def publish_imported(
    complaint: Complaint,
    *,
    slug: str,
    title: str,
    payload: dict[str, Any],
    public_on: date,
    public_at: datetime | None = None,
) -> Release:
    """Freeze what is known of an imported case, public from the day on which it was.

    The database refuses this for a case that was not imported. Where the hour is not known, the
    day itself stands as what is known of it.
    Records: release:imported.
    """
    at = public_at or datetime.combine(public_on, time(), ZoneInfo(LONDON))
    release = Release.objects.create(
        kind=ReleaseKind.ANNOUNCEMENT,
        complaint=complaint,
        reference=complaint.reference,
        slug=slug,
        title=title,
        payload=payload,
        root_sha256=hashlib.sha256(canonical(payload)).hexdigest(),
        approvals_needed=approvals_needed_for(ReleaseKind.ANNOUNCEMENT, imported=True),
        imported=True,
        sealed_at=timezone.now(),
        release_at=at,
        wall_time=f"{public_on.isoformat()}" if public_at is None else f"{at:%Y-%m-%d %H:%M}",
    )
    record(
        PublicationEvent.RELEASE_IMPORTED,
        subject=release,
        by=None,
        root_sha256=release.root_sha256,
        public_on=public_on,
    )
    return release
