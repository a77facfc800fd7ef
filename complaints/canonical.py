"""The whole of what a draft says, in one form: what an approval is bound to and compared with.

Every word that is submitted is in it, and nothing else: who makes the complaint, each part, and
each file by its hash. Two drafts have the same hash if and only if they say the same.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from django.db import models

from complaints.models import Complaint, Feature, SupportingDocument
from complaints.parts import BY_NAME
from documents.models import StoredFile

# A part's lines: what each is, and what it says.
Lines = list[list[str]]
Content = dict[str, Lines]

MAKERS = "makers"
TITLES = {MAKERS: "Who makes it"} | {name: part.title for name, part in BY_NAME.items()}


def content_of(complaint: Complaint) -> Content:
    """What a draft says as it is stored now, part by part, whatever is in memory."""
    whole = Complaint.objects.select_related("regime", "lead_body", "alternate_contact")
    stored = whole.prefetch_related("features").get(pk=complaint.pk)
    return {name: [list(line) for line in lines(stored)] for name, lines in PARTS.items()}


def canonical(content: Content) -> str:
    """The one way in which a content is written down; its hash is taken of this."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_of(written: str) -> str:
    """The hash of a content that is written down."""
    return hashlib.sha256(written.encode()).hexdigest()


def content_sha256(complaint: Complaint) -> str:
    """The hash of what a draft says now."""
    return sha256_of(canonical(content_of(complaint)))


Said = Iterator[tuple[str, str]]


def makers(complaint: Complaint) -> Said:
    """The scheme, the body that leads, and those that make it with it."""
    yield "Scheme", complaint.regime.name
    yield "Led by", complaint.lead_body.name
    joint = complaint.joint_bodies.order_by("name").values_list("name", flat=True)
    yield "Together with", "\n".join(joint)


def title(complaint: Complaint) -> Said:
    """The title."""
    yield "In words", complaint.title


def contact(complaint: Complaint) -> Said:
    """The contact person, and whom to ask instead."""
    yield "Name", complaint.contact_name
    yield "E-mail address", complaint.contact_email
    yield "Telephone number", complaint.contact_phone
    alternate = getattr(complaint, "alternate_contact", None)
    yield "If they are away", f"{alternate.name} {alternate.email}".rstrip() if alternate else ""


def features(complaint: Complaint) -> Said:
    """Each feature of policing, and its detail."""
    for one in complaint.features.all():
        yield f"Feature {one.number}", one.statement
        yield f"Detail of feature {one.number}", one.detail


def forces(complaint: Complaint) -> Said:
    """Which forces it concerns."""
    yield "Forces concerned", complaint.get_forces_concerned_display()
    named = complaint.forces.order_by("name").values_list("name", flat=True)
    yield "Named", "\n".join(named)


def harm(complaint: Complaint) -> Said:
    """The reasoned case, and the harm of each feature."""
    yield "The harm", complaint.harm
    for one in complaint.features.all():
        yield f"Who is harmed by feature {one.number}", one.harmed
        yield f"How widely by feature {one.number}", one.harm_scale
        yield f"Kind of harm by feature {one.number}", one.harm_nature


def earlier(complaint: Complaint) -> Said:
    """Earlier complaints considered."""
    yield "Considered", complaint.earlier_considered


def evidence(complaint: Complaint) -> Said:
    """The evidence in words, then each file or link with all that is said of it, and its hash."""
    yield "In words", complaint.evidence_relied_on
    for document in complaint.supporting_documents.listed():
        kind = "Link" if document.link else "File"
        yield f"{kind} “{document.where}”", "\n".join(facts_of(document))


# What of a row is no content of the draft.
NO_CONTENT = {
    "id",
    "complaint",
    "file_sha256",  # The file says it.
    "feature_taken_out",  # Of what was before; the feature itself says what is now.
    "version",
    "added_at",
    "original_letter",
}


def facts_of(document: SupportingDocument) -> Iterator[str]:
    """Every column of a document in words, so that none that is added later is left out."""
    fields = [*document._meta.concrete_fields, *document._meta.many_to_many]
    for field in sorted(fields, key=lambda field: field.name == "file"):
        if field.name in NO_CONTENT:
            continue
        if text := in_words(document, field.name):
            yield f"{str(field.verbose_name).capitalize()}: {text}"


def in_words(row: models.Model, name: str) -> str:
    """One column: a file by its hash, features by their numbers, a choice by its label."""
    shown: Callable[[], str] | None = getattr(row, f"get_{name}_display", None)
    if shown is not None:
        return str(shown())
    value: Any = getattr(row, name)
    several = list(value.all()) if isinstance(value, models.Manager) else [value]
    return ", ".join(sorted(one_in_words(one) for one in several if one not in (None, "")))


def one_in_words(value: Any) -> str:
    """One value that may be a row."""
    if isinstance(value, StoredFile):
        return f"SHA-256 {value.sha256}, {value.size_bytes} bytes"
    if isinstance(value, Feature):
        return str(value.number)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


PARTS: dict[str, Callable[[Complaint], Said]] = {
    MAKERS: makers,
    "title": title,
    "contact": contact,
    "features": features,
    "forces": forces,
    "harm": harm,
    "evidence": evidence,
    "earlier": earlier,
}
