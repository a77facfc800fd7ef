"""The doors of the documents room for the worker: ids in, one verb called.

Every task may run twice, late or beside itself: the verbs claim their row first.
"""

from celery import shared_task

from documents.services import rendering, scanning, sweeping
from workflow.later import after_commit


@shared_task(acks_late=True)
def scan_file(file_id: int) -> None:
    """Check one file for viruses."""
    scanning.scan(file_id)


@shared_task(acks_late=True)
def render_document(document_id: int) -> None:
    """Make one document."""
    rendering.render(document_id)


def sweep() -> None:
    """Ring again for each file, upload and document due and not done. Called by the tick."""
    for file_id in sweeping.files_due():
        after_commit("documents.tasks.scan_file", file_id)
    for document_id in sweeping.documents_due():
        after_commit("documents.tasks.render_document", document_id)
    for then, upload_id in sweeping.uploads_due():
        after_commit(then, upload_id)
    sweeping.forget_uploads()
    sweeping.clear_incoming()
