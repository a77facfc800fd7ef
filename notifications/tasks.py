"""The doors of the notifications room for the worker."""

import logging
from collections.abc import Callable

from celery import shared_task

from notifications.services import digests, heads, reminding, sending, subscribers

log = logging.getLogger(__name__)


@shared_task(acks_late=True)
def deliver(message_id: int) -> None:
    """Send one message."""
    sending.deliver(message_id)


# What is done each minute, in this order.
STEPS: tuple[Callable[[], object], ...] = (
    reminding.remind_all,
    heads.mail_heads,
    digests.gather_all,
    subscribers.serve_all,
    sending.send_all,
)


def sweep() -> None:
    """Make the messages of this minute, and send what is owed. Called by the tick."""
    for step in STEPS:
        take(step)


def take(step: Callable[[], object]) -> None:
    """Take one step; where it fails, the others are taken all the same."""
    try:
        step()
    except Exception:  # Whatever one message's fault is, what is owed is sent.
        log.exception("The step %s failed and is tried again in a minute.", step.__name__)
