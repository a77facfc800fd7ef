"""Files that come in pieces: where they belong once they are whole."""

from complaints.models import Complaint
from complaints.services.correspondence import refuse_unless_open
from complaints.services.evidence_relied_on import attach
from documents.models import StoredFile, UploadInPieces
from documents.services import pieces
from documents.services.uploads import receive_upload
from documents.uploading import HashedUpload

TASK = "complaints.tasks.take_in_upload"
TO_SEND = "complaints.tasks.take_in_to_send"


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


def take_in_to_send(upload_id: int) -> None:
    """Keep a whole file for the form that it is sent with; until then nobody else is shown it.

    Records: file:received.
    """
    pieces.take_in(upload_id, attach=keep_to_send)


def keep_to_send(upload: UploadInPieces, whole: HashedUpload) -> StoredFile:
    """Store the file for its sender, who may since have lost the right to send it.

    Raises: PermissionDenied, ActRefusedError, UploadRefusedError.
    """
    complaint = Complaint.objects.get(key=upload.case_key)
    refuse_unless_open(complaint, upload.begun_by)
    return receive_upload(complaint.key, upload=whole, by=upload.begun_by)
