"""The doors of the notifications room for the worker."""

from celery import shared_task

from notifications.services import digests, heads, outbox, reminding


@shared_task(acks_late=True)
def deliver(message_id: int) -> None:
    """Send one message."""
    outbox.deliver(message_id)


def sweep() -> None:
    """Make the reminders and digests of this minute, and send what is owed. Called by the tick."""
    reminding.remind_all()
    heads.mail_heads()
    digests.gather_all()
    for message_id in outbox.owed():
        outbox.deliver(message_id)
