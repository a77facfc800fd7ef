"""The whole report as frozen facts: what page, PDF and data are made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format

from complaints.law import Provision, cited
from complaints.models import Complaint
from complaints.states import Precision
from publication.built import Built
from publication.models import Report
from publication.sections import BuiltSection


@dataclass(frozen=True)
class SectionText:
    """One section as it is printed."""

    key: str
    title: str
    law: str
    template: str
    content: Built


@dataclass(frozen=True)
class ReportText:
    """A report with all that it says."""

    reference: str
    title: str
    edition_number: int
    correction_note: str
    bodies: tuple[str, ...]
    received: str
    features: tuple[str, ...]
    authorities: tuple[str, ...]
    law: str
    sections: tuple[SectionText, ...]
    something_excluded: bool
    excluded_under: str
    fictional: bool


def report_text(report: Report, sections: Sequence[BuiltSection]) -> ReportText:
    """The report with its sections, as they were built from the records just now."""
    complaint = report.complaint
    return ReportText(
        reference=complaint.reference,
        title=report.title,
        edition_number=report.edition_number,
        correction_note=report.correction_note,
        bodies=bodies_of(complaint),
        received=received_words(complaint),
        features=tuple(complaint.features.values_list("statement", flat=True)),
        authorities=authorities_of(complaint),
        law=complaint.regime.law,
        sections=tuple(
            SectionText(one.key, one.title, one.law, one.template, one.content) for one in sections
        ),
        something_excluded=report.exclusions.exists(),
        excluded_under=cited(Provision.EXCLUSION, complaint.regime).full,
        fictional=complaint.fictional,
    )


def bodies_of(complaint: Complaint) -> tuple[str, ...]:
    """Who made the complaint, the lead body first."""
    joint = complaint.joint_bodies.values_list("name", flat=True)
    return (complaint.lead_body.name, *joint)


def authorities_of(complaint: Complaint) -> tuple[str, ...]:
    """The authorities that decide, in the regime's order."""
    return tuple(part.organisation.name for part in complaint.regime.parts_in_order)


def received_words(complaint: Complaint) -> str:
    """When it was received, as exactly as that is known; nothing where it is not."""
    if complaint.received_on is None or complaint.received_precision == Precision.UNKNOWN:
        return ""
    month_only = complaint.received_precision == Precision.MONTH
    return date_format(complaint.received_on, "F Y" if month_only else "j F Y")
