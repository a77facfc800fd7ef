"""Writing to each other: messages, letters, further evidence, rounds about a missing part."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Action
from audit.events import record
from clock.london import london_today
from complaints.events import ComplaintEvent
from complaints.models import (
    Complaint,
    Letter,
    Message,
    MessageFile,
    PartRequest,
    SupportingDocument,
)
from complaints.parts import BY_NAME
from complaints.services.authorities import refuse_unless_it_receives
from complaints.services.evidence_relied_on import new_piece, refuse_same_bytes, title_from
from complaints.services.letter_templates import refuse_gaps
from complaints.services.letters import unified, write_letter
from complaints.services.other_cases import refuse_other_cases
from complaints.services.several import (
    Added,
    Given,
    each_by_itself,
    refuse_if_all_were,
    stored,
)
from complaints.states import CaseStatus, Origin
from documents.errors import UploadRefusedError
from documents.models import StoredFile
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may

OVER = frozenset({CaseStatus.NOT_ELIGIBLE, CaseStatus.CLOSED, CaseStatus.WITHDRAWN})


@dataclass(frozen=True)
class Sent:
    """A message as it was sent, and why each file that did not go with it was refused."""

    message: Message
    refused: list[str]


def is_open(complaint: Complaint) -> bool:
    """Whether the two sides may still write to each other."""
    over = complaint.status in OVER or complaint.status == CaseStatus.DRAFT
    return not over and complaint.origin != Origin.IMPORT


def makes(complaint: Complaint, by: Membership) -> bool:
    """Whether a membership's organisation makes the complaint, alone or jointly."""
    joint = complaint.joint_bodies.filter(pk=by.organisation_id)
    return complaint.lead_body_id == by.organisation_id or joint.exists()


@act
def send_message(
    complaint: Complaint, *, text: str, by: Membership, uploads: Iterable[Given] = ()
) -> Sent:
    """Write to the other side, with files; it goes without those that are refused.

    Where every file is refused nothing is sent, since the text may speak of them.
    Records: file:received, complaint:body_wrote or complaint:body_written_to.
    Raises: PermissionDenied, ActRefusedError, NoneTakenError.
    """
    refuse_unless_open(complaint, by)
    if not unified(text):
        raise ActRefusedError("Write the message before you send it.")
    from_body = makes(complaint, by)
    if not from_body:
        refuse_other_cases(text, complaint=complaint)
    files = each_by_itself(uploads, lambda upload: unsent(complaint.key, upload, by))
    refuse_if_all_were(files)
    message = Message.objects.create(
        complaint=complaint,
        from_body=from_body,
        text=unified(text),
        sent_at=timezone.now(),
        by=by,
    )
    for file in files.kept:
        MessageFile.objects.create(message=message, file=file)
    event = ComplaintEvent.BODY_WROTE if from_body else ComplaintEvent.BODY_WRITTEN_TO
    record(event, subject=complaint, by=by, message=message.pk)
    return Sent(message, files.refused)


def unsent(case_key: str, given: Given, by: Membership) -> StoredFile:
    """A file for a message; what waited to be sent goes once, however often it is pressed.

    Raises: UploadRefusedError, ActRefusedError.
    """
    file = stored(case_key, given, by)
    if MessageFile.objects.filter(file=file).exists():
        raise UploadRefusedError(f"“{file.original_name}” was sent already.")
    return file


@act
def send_letter(
    complaint: Complaint, *, subject: str, text: str, by: Membership, way: str = ""
) -> Letter:
    """Write to the bodies by letter, besides the letters that a step of the case sends.

    A second click answers the letter that was sent already.
    Args: `way` is how it is sent, where nobody at the body can read it here.
    Records: complaint:letter_sent, complaint:written_by_letter. Raises: PermissionDenied,
    ActRefusedError.
    """
    refuse_unless_open(complaint, by)
    refuse_unless_it_receives(complaint.regime, by)
    if not unified(subject):
        raise ActRefusedError("Write the line above the letter.")
    refuse_gaps(text)
    kind, said = Letter.Kind.GENERAL, {"subject": unified(subject), "text": unified(text)}
    if sent := Letter.objects.filter(complaint=complaint, kind=kind, **said).first():
        return sent
    letter = write_letter(complaint, kind=kind, **said, by=by, way=way)
    record(ComplaintEvent.WRITTEN_BY_LETTER, subject=complaint, by=by, letter=letter.pk)
    return letter


def unread_of(complaint: Complaint) -> tuple[QuerySet[Message], QuerySet[PartRequest]]:
    """What a body wrote and answered that the desk has not marked as read."""
    written: QuerySet[Message] = complaint.messages.filter(from_body=True, read_at=None)
    answered: QuerySet[PartRequest] = complaint.part_requests.filter(read_at=None)
    return written, answered.exclude(answered_at=None)


@act
def mark_as_read(complaint: Complaint, *, by: Membership) -> int:
    """Take what a body wrote off the list of what needs the desk; answer how much it was.

    Records: complaint:correspondence_read. Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_may(by, Action.CORRESPONDENCE_WRITE, complaint)
    refuse_unless_it_receives(complaint.regime, by)
    now = timezone.now()
    marked = sum(rows.update(read_at=now) for rows in unread_of(complaint))
    if marked:
        record(ComplaintEvent.CORRESPONDENCE_READ, subject=complaint, by=by, marked=marked)
    return marked


@act
def add_evidence(
    complaint: Complaint, *, upload: Given, title: str, shows: str, by: Membership
) -> SupportingDocument:
    """Take in evidence that a body sends after it submitted; the same bytes are not added twice.

    Records: file:received, complaint:evidence_added. Raises: PermissionDenied, ActRefusedError,
    UploadRefusedError.
    """
    refuse_unless_open(complaint, by)
    if not makes(complaint, by):
        raise ActRefusedError("Only a body that makes the super-complaint adds to its evidence.")
    return take_in(complaint, upload=upload, title=title, shows=shows, by=by)


def add_several(
    complaint: Complaint,
    *,
    uploads: Sequence[Given],
    by: Membership,
    title: str = "",
    shows: str = "",
) -> Added[SupportingDocument]:
    """Take in several files as further evidence, each an act of its own.

    Args: `title` is of one file alone; several are called by their names.
    Records: file:received, complaint:evidence_added. Raises: PermissionDenied, ActRefusedError.
    """
    facts = {"title": title if len(uploads) == 1 else "", "shows": shows}
    return each_by_itself(
        uploads, lambda upload: add_evidence(complaint, upload=upload, by=by, **facts)
    )


def take_in(
    complaint: Complaint, *, upload: Given, by: Membership, title: str = "", **facts: Any
) -> SupportingDocument:
    """Store further evidence with the day it came. Called inside an act on the complaint."""
    file = stored(complaint.key, upload, by)
    refuse_same_bytes(complaint, file)
    called = title or title_from(file.original_name)
    document = new_piece(complaint, file=file, title=called, added_at=timezone.now(), **facts)
    record(ComplaintEvent.EVIDENCE_ADDED, subject=complaint, by=by, sha256=file.sha256)
    return document


@act
def ask_for_part(
    complaint: Complaint, *, part: str, asked: str, answer_by: date, by: Membership
) -> PartRequest:
    """Ask a body for a part that is missing or unclear, by a day; no clock of law waits for it.

    Records: complaint:part_asked. Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_open(complaint, by)
    refuse_unless_it_receives(complaint.regime, by)
    if complaint.status != CaseStatus.SUBMITTED:
        raise ActRefusedError("A part is asked for until eligibility is decided, not after it.")
    if part not in BY_NAME:
        raise ActRefusedError("Choose the part that you ask for.")
    if not unified(asked):
        raise ActRefusedError("Say what is missing.")
    refuse_other_cases(asked, complaint=complaint)
    if answer_by < london_today():
        raise ActRefusedError("The day to answer by must be today or in the future.")
    asked_for = PartRequest.objects.create(
        complaint=complaint,
        part=part,
        asked=unified(asked),
        answer_by=answer_by,
        asked_at=timezone.now(),
        by=by,
    )
    record(ComplaintEvent.PART_ASKED, subject=complaint, by=by, part=part, answer_by=answer_by)
    return asked_for


@act
def answer_part(
    complaint: Complaint,
    *,
    asked_for: PartRequest,
    answer: str,
    by: Membership,
    uploads: Iterable[Given] = (),
) -> Added[SupportingDocument]:
    """Give what was asked for, once; what was submitted stays as it was, and this beside it.

    Its files are further evidence; it goes without those that are refused, unless all are. No law
    has a limit for it: it is taken after its day too.
    Records: file:received, complaint:evidence_added, complaint:part_answered.
    Raises: PermissionDenied, ActRefusedError, NoneTakenError.
    """
    refuse_unless_open(complaint, by)
    if not makes(complaint, by) or asked_for.complaint_id != complaint.pk:
        raise ActRefusedError("Only a body that makes the super-complaint answers.")
    if not unified(answer):
        raise ActRefusedError("Write the answer before you send it.")
    now = timezone.now()
    unanswered = PartRequest.objects.filter(pk=asked_for.pk, answered_at=None)
    if unanswered.update(answer=unified(answer), answered_at=now, answered_by=by) != 1:
        raise ActRefusedError("This was answered already. Write a message to add to the answer.")
    asked_for.refresh_from_db()
    files = each_by_itself(
        uploads, lambda upload: take_in(complaint, upload=upload, by=by, answers=asked_for)
    )
    refuse_if_all_were(files)
    record(ComplaintEvent.PART_ANSWERED, subject=complaint, by=by, part=asked_for.part)
    return files


def refuse_unless_open(complaint: Complaint, by: Membership) -> None:
    """Let write only who may, and only from receipt to close.

    Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_may(by, Action.CORRESPONDENCE_WRITE, complaint)
    complaint.refresh_from_db()
    if not is_open(complaint):
        raise ActRefusedError("This super-complaint is closed. Nothing can be sent on it any more.")
