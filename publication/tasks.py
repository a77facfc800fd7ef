"""The doors for the minute tick: due and not done, found from the tables."""

import logging

from celery import shared_task

from publication.services.after import due, follow_up
from publication.services.holds import record_brakes

log = logging.getLogger(__name__)


def sweep() -> None:
    """Record brakes placed by SQL, then do what follows each release that has become public."""
    record_brakes()
    for release_id in due():
        after_release(release_id)


@shared_task(name="publication.after_release")
def after_release(release_id: int) -> bool:
    """What follows one release, once."""
    return follow_up(release_id)
