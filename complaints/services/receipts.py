"""The receipt: what a body can hold against the service, made from the entry of receipt itself."""

from accounts.models import Membership
from audit.models import AuditEntry
from clock.london import london_day
from complaints.joint_standing import makers_beside_the_lead
from complaints.models import Complaint, Letter
from complaints.services import letter_texts, letters
from complaints.services.authorities import receiving_authority
from documents.printed import Anchor, AttachedFile, Deadline, GivenLink, Receipt
from documents.services.requests import request_document
from workflow.acts import act

TEMPLATE = "pdf/receipt.html"
REGISTERED = "Registered from a letter or an e-mail. You are asked to confirm that it is yours."


@act
def issue_receipt(
    complaint: Complaint, *, entry: AuditEntry, acknowledge_by: Deadline, by: Membership
) -> Letter:
    """Make the receipt of a complaint: its files with their hashes, and the entry of receipt.

    The listener of deadlines calls it, since the receipt states when receipt is acknowledged by
    and this room stands below the one that counts. Once; asking again answers the first.
    """
    if made := complaint.letters.filter(kind=Letter.Kind.RECEIPT).first():
        return made
    document = request_document(
        complaint.key,
        kind="receipt",
        of=f"complaint:{complaint.pk}",
        title=f"Receipt, {complaint.reference}",
        template=TEMPLATE,
        context=as_printed(complaint, entry, acknowledge_by, by),
        by=by,
        file_name=f"{complaint.reference}-receipt.pdf",
    )
    return Letter.objects.create(
        complaint=complaint,
        kind=Letter.Kind.RECEIPT,
        subject=letter_texts.subject(Letter.Kind.RECEIPT, complaint),
        text=f"Received and given the reference {complaint.reference}.",
        document=document,
        by=by,
        sent_at=entry.at,
    )


def as_printed(
    complaint: Complaint, entry: AuditEntry, acknowledge_by: Deadline, by: Membership
) -> Receipt:
    """The receipt as its PDF shows it."""
    pieces = list(complaint.supporting_documents.listed())
    return Receipt(
        reference=complaint.reference,
        title=complaint.title,
        body_name=complaint.lead_body.name,
        submitted_by_office=by.record_label,
        received_at=entry.at,
        received_by=receiving_authority(complaint.regime).organisation.name,
        acknowledge_by=acknowledge_by,
        files=tuple(
            AttachedFile(each.file.original_name, each.file.size_bytes, each.file.sha256)
            for each in pieces
            if each.file
        ),
        links=tuple(GivenLink(each.title, each.link) for each in pieces if each.link),
        anchor=Anchor(entry.chain, entry.number, entry.sha256),
        made_at=entry.at,
        joint_bodies=tuple(makers_beside_the_lead(complaint)),
        marks=letters.marks_of(complaint, Letter.Kind.RECEIPT),
        notes=(REGISTERED,) if hasattr(complaint, "confirmation") else (),
        came_on=None if complaint.received_on == london_day(entry.at) else complaint.received_on,
    )
