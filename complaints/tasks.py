"""The doors of the complaints room for the worker."""

from celery import shared_task

from complaints.services import arriving, substances

READ_A_MINUTE = 200


def sweep() -> None:
    """Read for the radar what was submitted or has changed. Called by the tick."""
    for complaint in substances.due().prefetch_related("features")[:READ_A_MINUTE]:
        substances.read(complaint)


@shared_task(acks_late=True)
def take_in_upload(upload_id: int) -> None:
    """Take in one file whose every piece has come."""
    arriving.take_in(upload_id)


@shared_task(acks_late=True)
def take_in_to_send(upload_id: int) -> None:
    """Keep one file whose every piece has come for the form that it is sent with."""
    arriving.take_in_to_send(upload_id)
