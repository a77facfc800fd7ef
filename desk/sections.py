"""The sections of a case, in groups: a table, read by the side navigation of each case page."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from accounts.access import scopes
from accounts.models import Membership
from accounts.roles import Action
from complaints.models import Complaint
from complaints.states import CaseStatus
from investigations.models import Investigation

NOT_YET_INVESTIGATED = frozenset(
    {CaseStatus.DRAFT, CaseStatus.SUBMITTED, CaseStatus.ELIGIBLE, CaseStatus.NOT_ELIGIBLE}
)
INVESTIGATION = "Investigation"
# Of a case that others published there is no letter, report or release of ours.
OF_LIVING_CASES = frozenset({"letters", "messages", "report", "release"})


@dataclass(frozen=True)
class Section:
    """One page of a case: its key, words, page, and the action that opens it."""

    key: str
    text: str
    page: str
    action: Action


@dataclass(frozen=True)
class SectionLink:
    """One section as a template draws it."""

    text: str
    href: str
    current: bool


@dataclass(frozen=True)
class SectionGroup:
    """Sections under one heading."""

    title: str
    links: list[SectionLink]


SECTIONS: tuple[tuple[str, tuple[Section, ...]], ...] = (
    (
        "Case",
        (
            Section("overview", "Overview", "desk:overview", Action.COMPLAINT_READ),
            Section("eligibility", "Eligibility", "complaints:eligibility", Action.COMPLAINT_READ),
            Section("letters", "Letters", "complaints:letters", Action.COMPLAINT_READ),
            Section("messages", "Messages", "complaints:messages", Action.COMPLAINT_READ),
            Section("record", "Record", "desk:record", Action.RECORD_READ),
        ),
    ),
    (
        INVESTIGATION,
        (
            Section("team", "Team", "investigations:team", Action.EVIDENCE_READ),
            Section("lines", "Lines of enquiry", "investigations:lines", Action.EVIDENCE_READ),
            Section("evidence", "Evidence", "investigations:evidence", Action.EVIDENCE_READ),
            Section("findings", "Findings", "investigations:findings", Action.FINDING_READ),
            Section(
                "matrix", "Evidence and findings", "investigations:matrix", Action.FINDING_READ
            ),
            Section(
                "progress",
                "Progress reports",
                "investigations:progress_reports",
                Action.EVIDENCE_READ,
            ),
        ),
    ),
    (
        "Report",
        (
            Section(
                "recommendations",
                "Recommendations",
                "recommendations:drafting",
                Action.RECOMMENDATION_READ,
            ),
            Section("report", "Report", "publication:report", Action.REPORT_READ),
            Section("release", "Publication", "publication:release", Action.RELEASE_READ),
            Section("answers", "Answers", "recommendations:answers", Action.OBLIGATION_READ),
        ),
    ),
)


def groups(complaint: Complaint, current: str, membership: Membership | None) -> list[SectionGroup]:
    """The sections whose action the membership's roles know, group by group.

    The pages of an investigation are there once it has been opened.
    """
    drawn = []
    for title, sections in SECTIONS:
        if title == INVESTIGATION and not _investigated(complaint):
            continue
        links = [
            SectionLink(section.text, href, section.key == current)
            for section in sections
            if not (complaint.imported and section.key in OF_LIVING_CASES)
            and scopes(membership, section.action)
            and (href := _address(section, complaint))
        ]
        if links:
            drawn.append(SectionGroup(title, links))
    return drawn


def _investigated(complaint: Complaint) -> bool:
    """Whether an investigation was opened here; a withdrawn case may have ended before or after."""
    if complaint.imported:
        return False
    if complaint.status == CaseStatus.WITHDRAWN:
        return Investigation.objects.filter(complaint=complaint).exists()
    return complaint.status not in NOT_YET_INVESTIGATED


def _address(section: Section, complaint: Complaint) -> str:
    """The page's address, or nothing where its room is not mounted."""
    try:
        return reverse(section.page, args=[complaint.reference])
    except NoReverseMatch:
        return ""
