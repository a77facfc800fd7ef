"""The doors of the documents room for the worker: ids in, one verb called."""

from celery import shared_task

from documents.services import scanning


@shared_task
def scan_file(file_id: int) -> None:
    """Check one file for viruses."""
    scanning.scan(file_id)
