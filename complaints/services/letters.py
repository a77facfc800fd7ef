"""Writing to the bodies: the text is kept, and a PDF is made of it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils import timezone

from accounts.models import Membership
from audit import chain
from audit.events import record
from clock.london import london_day
from complaints.events import ComplaintEvent
from complaints.models import Complaint, Letter
from complaints.readers import unread_body
from complaints.services.authorities import receiving_authority
from complaints.services.other_cases import refuse_other_cases
from documents.printed import Anchor, LetterSection
from documents.printed import Letter as PrintedLetter
from documents.services.requests import request_document
from workflow.errors import ActRefusedError

TEMPLATE = "pdf/letter.html"
# A decision is the body's at once, and the public's once it is announced.
MADE_UP = "Fictional example: made-up body, made-up forces, made-up events."
NOT_PUBLIC_YET = "Not public until the authorities announce this decision."
DECISIONS = frozenset({Letter.Kind.ELIGIBLE, Letter.Kind.NOT_ELIGIBLE})


def write_letter(
    complaint: Complaint,
    *,
    kind: Letter.Kind,
    subject: str,
    text: str,
    by: Membership,
    way: str = "",
) -> Letter:
    """Keep a letter as sent now, and have its PDF made. Called inside an act.

    Args: `way` is how it is sent, where nobody at the body can read it here.
    Records: complaint:letter_sent. Raises: ActRefusedError for a letter without text, one that
    names a case of which the body may not know, or one that would reach nobody.
    """
    text = unified(text)
    if not text:
        raise ActRefusedError("Write the letter before you send it.")
    refuse_other_cases(f"{subject}\n{text}", complaint=complaint)
    refuse_unread(complaint, way)
    said: dict[str, Any] = {"kind": kind, "way": way.strip()}
    letter = Letter.objects.create(
        complaint=complaint, subject=subject, text=text, by=by, sent_at=timezone.now(), **said
    )
    letter.document = request_document(
        complaint.key,
        kind=f"letter-{kind}",
        of=f"letter:{letter.pk}",
        title=f"{letter.called}, {complaint.reference}",
        template=TEMPLATE,
        context=as_printed(letter),
        by=by,
        file_name=f"{complaint.reference}-{kind.replace('_', '-')}.pdf",
    )
    letter.save(update_fields=["document"])
    record(ComplaintEvent.LETTER_SENT, subject=complaint, by=by, letter=letter.pk, **said)
    return letter


def refuse_unread(complaint: Complaint, way: str) -> None:
    """A letter that nobody at the body can read here is sent in a way that is kept with it.

    Raises: ActRefusedError.
    """
    if not way.strip() and (body := unread_body(complaint)):
        raise ActRefusedError(
            f"Nobody at {body.name} can read this here. Say how you send it, such as by post."
        )


def as_printed(letter: Letter) -> PrintedLetter:
    """The letter as its PDF shows it, with the head of the case's chain as an anchor."""
    complaint = letter.complaint
    sender = receiving_authority(complaint.regime)
    head = chain.head(complaint.chain)
    return PrintedLetter(
        reference=complaint.reference,
        subject=letter.subject,
        sender=sender.organisation.name,
        sender_lines=(sender.office,),
        recipient=complaint.lead_body.name,
        recipient_lines=(complaint.contact_name,) if complaint.contact_name else (),
        dated_on=london_day(letter.sent_at),
        marks=marks_of(complaint, letter.kind),
        salutation=salutation(complaint),
        sections=tuple(sections(letter.text)),
        signed_by_office=f"For the {sender.office}",
        anchor=Anchor(complaint.chain, head.number, head.sha256) if head else None,
    )


def marks_of(complaint: Complaint, kind: str) -> tuple[str, ...]:
    """What stands above all else in a document to the bodies of a complaint."""
    made_up = (MADE_UP,) if complaint.fictional else ()
    return (*made_up, NOT_PUBLIC_YET) if kind in DECISIONS else made_up


def as_previewed(complaint: Complaint, *, kind: str, subject: str, text: str) -> PrintedLetter:
    """A letter as it would be printed today; what its PDF proves is known once it is sent."""
    sent_at = timezone.now()
    unsent = Letter(complaint=complaint, kind=kind, subject=subject, text=text, sent_at=sent_at)
    return replace(as_printed(unsent), anchor=None)


def salutation(complaint: Complaint) -> str:
    """How the letter begins; the contact person by name where one is known."""
    return f"Dear {complaint.contact_name or complaint.lead_body.name}"


def sections(text: str) -> Iterator[LetterSection]:
    """The text as sections: a list of lines that begin with “- ” closes a section."""
    paragraphs: list[str] = []
    for block in re.split(r"\n\s*\n", text):
        lines = block.split("\n")
        bullets = tuple(line[2:].strip() for line in lines if line.startswith("- "))
        plain = " ".join(line.strip() for line in lines if not line.startswith("- "))
        paragraphs += [plain] if plain else []
        if bullets:
            yield LetterSection(paragraphs=tuple(paragraphs), bullets=bullets)
            paragraphs = []
    if paragraphs:
        yield LetterSection(paragraphs=tuple(paragraphs))


def unified(text: str) -> str:
    """Text with one kind of line end and no blank edges, as it is compared and kept."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
