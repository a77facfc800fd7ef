"""Files of a draft that come in pieces: where they belong once they are whole."""

from complaints.models import Complaint
from complaints.services.evidence_relied_on import attach
from documents.models import StoredFile, UploadInPieces
from documents.services import pieces
from documents.uploading import HashedUpload

TASK = "complaints.tasks.take_in_upload"


def take_in(upload_id: int) -> None:
    """Add a whole file to the evidence of the draft that it was sent to.

    Records: file:received, complaint:draft_changed.
    """
    pieces.take_in(upload_id, attach=attach_to_draft)


def attach_to_draft(upload: UploadInPieces, whole: HashedUpload) -> StoredFile:
    """Add the file as its sender would, who may since have lost the right to.

    Raises: PermissionDenied, ActRefusedError, UploadRefusedError.
    """
    draft = Complaint.objects.get(key=upload.case_key)
    file = attach(draft, upload=whole, by=upload.begun_by).file
    assert file is not None  # noqa: S101  Told to the type checker: it is no link.
    return file
