"""Whose approval of a draft stands, and whose is awaited: read, never written, from here."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from django.db.models import QuerySet

from accounts.models import Membership, Organisation
from clock.london import london_today
from complaints.canonical import TITLES, Content, Lines, content_sha256
from complaints.joint_standing import designated_bodies
from complaints.models import Complaint


@dataclass(frozen=True)
class Change:
    """One line in which two versions differ: where it is, what it said, and what it says."""

    part: str
    label: str
    before: str
    now: str


def asked_to_approve(complaint: Complaint) -> QuerySet[Organisation]:
    """The joint bodies designated today; one that is not has no say on submitting."""
    designated = designated_bodies(complaint, on=london_today())
    bodies: QuerySet[Organisation] = complaint.joint_bodies.filter(pk__in=designated)
    return bodies.order_by("name")


def awaited(complaint: Complaint) -> list[Organisation]:
    """The joint bodies without a standing approval of the draft as it is now."""
    asked = list(asked_to_approve(complaint))
    if not asked:
        return []
    standing = complaint.approvals.standing().filter(content_sha256=content_sha256(complaint))
    given = set(standing.values_list("organisation_id", flat=True))
    return [body for body in asked if body.pk not in given]


def is_asked(complaint: Complaint, by: Membership) -> bool:
    """Whether a membership's organisation is one of those that must approve."""
    return asked_to_approve(complaint).filter(pk=by.organisation_id).exists()


def changes(before: Content, now: Content) -> Iterator[Change]:
    """The lines in which two contents differ, part by part."""
    for part in dict.fromkeys(chain(now, before)):
        said, says = by_label(before.get(part, [])), by_label(now.get(part, []))
        for label in dict.fromkeys(chain(says, said)):
            if said.get(label, "") != says.get(label, ""):
                title = TITLES.get(part, part)
                yield Change(title, label, said.get(label, ""), says.get(label, ""))


def by_label(lines: Lines) -> dict[str, str]:
    """The lines of a part by what each is; those of one name are read together."""
    said: dict[str, str] = {}
    for label, text in lines:
        said[label] = f"{said[label]}\n\n{text}" if label in said else text
    return said
