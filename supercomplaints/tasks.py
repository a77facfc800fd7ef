"""The minute tick: asks each room whether something is due and not done."""

import logging

from celery import shared_task
from django.conf import settings
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)


@shared_task(name="supercomplaints.tick")
def tick() -> None:
    """Call every sweep of `settings.SWEEPS`, in order; one that fails does not stop the rest."""
    for name in settings.SWEEPS:
        sweep(name)


def sweep(name: str) -> bool:
    """Call one sweep, and say in the log when it failed: the next minute asks again."""
    try:
        import_string(name)()
    except Exception:  # Whatever one room's fault is, the other rooms' deadlines are not its.
        log.exception("The sweep %s failed and is asked again in a minute.", name)
        return False
    return True
