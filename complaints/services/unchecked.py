"""A file of a complaint that no scanner could read, opened for one named person by another."""

from django.db.models import Q

from accounts.models import Membership
from accounts.roles import Action
from complaints.models import Complaint, MessageFile
from documents.models import StoredFile, UncheckedOpening
from documents.services import openings
from documents.states import ScanState
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may


@act
def open_unchecked(
    complaint: Complaint, *, file: StoredFile, reader: Membership, reason: str, by: Membership
) -> UncheckedOpening:
    """Let one person who reads the case have a file that could not be checked, and say why.

    Records: file:opened_unchecked. Raises: PermissionDenied, ActRefusedError where the file did not
    come with this complaint, its reader may not read the case, or it is in any other state.
    """
    refuse_unless_may(by, Action.FILE_OPEN_UNCHECKED, complaint)
    if not came_with(complaint, file):
        raise ActRefusedError("This file did not come with this super-complaint.")
    readable = Complaint.objects.for_action(reader, Action.COMPLAINT_READ)
    if not readable.filter(pk=complaint.pk).exists():
        raise ActRefusedError(f"{reader} may not read this case. Choose somebody who may.")
    return openings.open_unchecked(file, reader=reader, reason=reason, by=by)


def came_with(complaint: Complaint, file: StoredFile) -> bool:
    """Whether a file is among what the body sent: its evidence, or what it put into a message."""
    in_messages = MessageFile.objects.filter(message__complaint=complaint, file=file)
    return complaint.supporting_documents.filter(file=file).exists() or in_messages.exists()


def openable(complaint: Complaint) -> set[int]:
    """The numbers of the files that came with a case and could not be checked."""
    files = StoredFile.objects.of_case(complaint.key).filter(scan_state=ScanState.UNSCANNABLE)
    sent = MessageFile.objects.filter(message__complaint=complaint).values("file")
    relied_on = complaint.supporting_documents.exclude(file=None).values("file")
    came = files.filter(Q(pk__in=sent) | Q(pk__in=relied_on))
    return set(came.values_list("pk", flat=True))


def opened_for(reader: Membership, complaint: Complaint) -> set[int]:
    """The numbers of the files of a case that were opened for this very person."""
    own = UncheckedOpening.objects.filter(reader=reader, stored_file__case_key=complaint.key)
    return set(own.values_list("stored_file_id", flat=True))
