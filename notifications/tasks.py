"""The doors of the notifications room for the worker."""

from celery import shared_task

from notifications.services import digests, heads, outbox, reminding, subscribers


@shared_task(acks_late=True)
def deliver(message_id: int) -> None:
    """Send one message."""
    outbox.deliver(message_id)


def sweep() -> None:
    """Make the messages of this minute, and send what is owed. Called by the tick."""
    reminding.remind_all()
    heads.mail_heads()
    digests.gather_all()
    subscribers.serve_all()
    for message_id in outbox.owed():
        outbox.deliver(message_id)
