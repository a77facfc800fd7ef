"""The evidence of a draft, piece by piece: a file or a link is added, described and taken out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files import File
from django.db.models import Max

from accounts.models import Membership
from complaints.links import checked_link
from complaints.models import Complaint, Feature, SupportingDocument
from complaints.services.drafts import changed, refuse_unless_draft
from complaints.services.several import Added, each_by_itself
from complaints.services.voiding import changes_content
from documents.errors import UploadRefusedError
from documents.models import StoredFile
from documents.naming import clean_name, ending_of
from documents.services.uploads import receive_upload
from drafting.versions import advance
from workflow.errors import ActRefusedError

# What one draft may hold. No provision limits it: the limit is this service's own.
MOST_PIECES = 200
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Description:
    """What a body says of one piece of evidence; an empty answer may be given later."""

    title: str
    shows: str = ""
    feature: Feature | None = None
    seen_by: str = ""
    seen_by_named: str = ""
    has_personal_data: bool | None = None


def attach_several(
    complaint: Complaint, *, uploads: Iterable["File[bytes]"], by: Membership
) -> Added[SupportingDocument]:
    """Add several files, each an act of its own: one that is refused does not lose the others.

    Records: file:received, complaint:draft_changed. Raises: PermissionDenied, ActRefusedError.
    """
    return each_by_itself(uploads, lambda upload: attach(complaint, upload=upload, by=by))


@changes_content
def attach(
    complaint: Complaint,
    *,
    upload: "File[bytes]",
    by: Membership,
    title: str = "",
    shows: str = "",
) -> SupportingDocument:
    """Add a file that the body relies on; the same bytes are not added twice.

    Args: without a title, the file's name is its title.
    Records: file:received, complaint:draft_changed. Raises: UploadRefusedError.
    """
    refuse_unless_draft(complaint, by)
    refuse_one_too_many(complaint, f"“{clean_name(upload.name or '')}”")
    stored = receive_upload(complaint.key, upload=upload, by=by)
    return put_in(complaint, stored, Description(title, shows), by)


@changes_content
def attach_stored(
    complaint: Complaint, *, stored: StoredFile, by: Membership, title: str = "", shows: str = ""
) -> SupportingDocument:
    """Add a file of the case that is stored already; the same bytes are not added twice.

    Records: complaint:draft_changed. Raises: UploadRefusedError, ActRefusedError.
    """
    refuse_unless_draft(complaint, by)
    refuse_one_too_many(complaint, f"“{stored.original_name}”")
    if stored.case_key != complaint.key:
        raise ActRefusedError("This file belongs to another super-complaint.")
    return put_in(complaint, stored, Description(title, shows), by)


@changes_content
def add_link(
    complaint: Complaint, *, link: str, title: str, by: Membership, shows: str = ""
) -> SupportingDocument:
    """Add a link to what the body relies on; it is never fetched, and not added twice.

    Records: complaint:draft_changed. Raises: ActRefusedError.
    """
    refuse_unless_draft(complaint, by)
    refuse_one_too_many(complaint, "The link")
    checked = checked_link(link)
    if same := complaint.supporting_documents.filter(link=checked).first():
        raise ActRefusedError(f"This link is {standing(same)}. It was not added again.")
    document = new_piece(complaint, link=checked, title=title, shows=shows)
    changed(complaint, by, part="evidence", linked=str(document.number))
    return document


@changes_content
def describe(
    complaint: Complaint,
    *,
    document: SupportingDocument,
    said: Description,
    version: int,
    by: Membership,
) -> SupportingDocument:
    """Say of one piece of evidence what it shows, what it supports, and who may see it.

    Records: complaint:draft_changed. Raises: VersionConflictError, ActRefusedError.
    """
    refuse_unless_draft(complaint, by)
    if document.complaint_id != complaint.pk or (
        said.feature and said.feature.complaint_id != complaint.pk
    ):
        raise ActRefusedError("This belongs to another super-complaint.")
    advance(document, version=version)
    facts = vars(said) | {"feature_taken_out": ""}
    for name, value in facts.items():
        setattr(document, name, value)
    document.save(update_fields=list(facts))
    changed(complaint, by, part="evidence", described=str(document.number))
    return document


@changes_content
def detach(complaint: Complaint, *, document: SupportingDocument, by: Membership) -> None:
    """Take a piece out of a draft. A file's bytes stay stored, since the record names them.

    Records: complaint:draft_changed.
    """
    refuse_unless_draft(complaint, by)
    found = complaint.supporting_documents.filter(pk=document.pk).first()
    if found is None:
        return
    found.delete()
    changed(complaint, by, part="evidence", detached=found.file_sha256 or str(found.number))


def put_in(
    complaint: Complaint, stored: StoredFile, said: Description, by: Membership
) -> SupportingDocument:
    """Make a stored file the next piece of evidence. Raises: UploadRefusedError."""
    refuse_same_bytes(complaint, stored)
    title = said.title or title_from(stored.original_name)
    document = new_piece(complaint, file=stored, title=title, shows=said.shows)
    changed(complaint, by, part="evidence", attached=stored.sha256)
    return document


def new_piece(complaint: Complaint, **facts: Any) -> SupportingDocument:
    """Store a file or a link under the next number. Called inside an act on the complaint."""
    pieces = complaint.supporting_documents
    last = pieces.aggregate(number=Max("number"))["number"] or 0
    file: StoredFile | None = facts.get("file")
    sha256 = file.sha256 if file else ""
    made: SupportingDocument = pieces.create(number=last + 1, file_sha256=sha256, **facts)
    return made


def refuse_same_bytes(complaint: Complaint, stored: StoredFile) -> None:
    """Name the piece of evidence that has the same bytes. Raises: UploadRefusedError."""
    if same := complaint.supporting_documents.filter(file_sha256=stored.sha256).first():
        raise UploadRefusedError(
            f"“{stored.original_name}” is {standing(same)}. It was not added again."
        )


def refuse_one_too_many(complaint: Complaint, called: str) -> None:
    """Refuse what is over the limit; under the act's lock nobody adds another beside it.

    Raises: UploadRefusedError.
    """
    if complaint.supporting_documents.count() >= MOST_PIECES:
        raise UploadRefusedError(
            f"{called} was not added: a super-complaint can have {MOST_PIECES} pieces of evidence, "
            "and this one has them. Remove one first, or join several files into one."
        )


def standing(document: SupportingDocument) -> str:
    """How a refusal names the piece that is there already."""
    return f"already here as “{document.title}” (evidence {document.number})"


def title_from(name: str) -> str:
    """A file's name without its ending, as its first title."""
    ending = ending_of(name)
    return (name[: len(name) - len(ending)].strip() or name)[:LONGEST_TITLE]
