"""What each authority has signed off, as pages show it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from publication.models import Report, ReportSection
from publication.sections import BuiltSection
from publication.services.sign_off import unsigned


@dataclass(frozen=True)
class Box:
    """One authority's word on one section."""

    who: str
    words: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class SectionRow:
    """One section in the list of a report."""

    key: str
    title: str
    law: str
    given: int
    wanted: int

    @property
    def is_signed(self) -> bool:
        """Whether every authority has signed it off as it reads now."""
        return self.given == self.wanted


def strip(section: ReportSection, text_sha256: str) -> list[Box]:
    """What each authority says of a section as it reads now."""
    standing = {
        one.authority_id: one
        for one in section.sign_offs.filter(voided_at=None).select_related("by__organisation")
    }
    boxes = []
    for part in section.report.complaint.regime.parts_in_order:
        authority = part.organisation
        one = standing.get(authority.pk)
        if one is None:
            boxes.append(Box(authority.short_name, "Not signed off", ""))
        elif one.text_sha256 != text_sha256:
            boxes.append(
                Box(authority.short_name, "Signed off another text", "against", "It has changed.")
            )
        else:
            boxes.append(Box(authority.short_name, "Signed off", "given", one.by.role_labels))
    return boxes


def rows_of(report: Report, sections: Iterable[BuiltSection]) -> list[SectionRow]:
    """Every section of a report, as it was built just now, with its sign-offs counted."""
    lacking = Counter(title for title, _authority in unsigned(report, sections))
    wanted = len(report.complaint.regime.parts_in_order)
    return [
        SectionRow(one.key, one.title, one.law, wanted - lacking[one.title], wanted)
        for one in sections
    ]
