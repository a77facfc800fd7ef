"""The doors for the minute tick: due and not done, found from the tables."""

import logging

from celery import shared_task

from publication.services import after, seal_making
from publication.services.holds import record_brakes
from publication.services.release import void_unannounced
from workflow.later import after_commit

log = logging.getLogger(__name__)


def sweep() -> None:
    """Record brakes placed by SQL, void what must wait, ring again for what is due."""
    record_brakes()
    void_unannounced()
    for sealing_id in seal_making.due():
        after_commit("publication.tasks.seal_report", sealing_id)
    for release_id in after.due():
        follow(release_id)


def follow(release_id: int) -> None:
    """Do what follows one release; where that fails, the others are followed all the same."""
    try:
        after.follow_up(release_id)
    except Exception:  # Whatever is wrong with one case, no other waits for it.
        log.exception("What follows release %s is tried again in a minute.", release_id)


@shared_task(acks_late=True)
def seal_report(sealing_id: int) -> None:
    """Make one seal that was asked for."""
    seal_making.make_seal(sealing_id)


@shared_task(name="publication.after_release")
def after_release(release_id: int) -> bool:
    """What follows one release, once."""
    return after.follow_up(release_id)
