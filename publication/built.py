"""The sections of a report as frozen facts, built from records: what is signed, sealed, printed."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from clock.london import long_date
from complaints.models import Complaint
from investigations.models import EvidenceItem, Finding, Investigation, LineOfEnquiry
from investigations.states import Bearing
from publication.models import Report
from recommendations.models import OwnAction, Recommendation
from recommendations.services.correcting import as_it_will_read
from recommendations.states import DeadlineKind


@dataclass(frozen=True)
class Line:
    """One line of enquiry: what was asked, and how."""

    number: int
    question: str
    method: str


@dataclass(frozen=True)
class StepsTaken:
    """What was done to investigate. Law: SI 2018/748 reg. 8(1)(a)."""

    text: str
    lead_authority: str
    lines: tuple[Line, ...]
    evidence_items: int


@dataclass(frozen=True)
class Concluded:
    """One finding: its title, conclusion and reasons."""

    mark: str
    title: str
    conclusion: str
    reasons: str


@dataclass(frozen=True)
class Dissent:
    """One authority's opinion on a matter in dispute."""

    authority: str
    matter: str
    text: str


@dataclass(frozen=True)
class Conclusions:
    """What was concluded, and why. Law: SI 2018/748 reg. 8(1)(b)."""

    text: str
    findings: tuple[Concluded, ...]
    opinions: tuple[Dissent, ...]


@dataclass(frozen=True)
class Own:
    """What one of the authorities will do itself."""

    number: str
    authority: str
    text: str


@dataclass(frozen=True)
class FurtherAction:
    """What the authorities will do themselves. Law: SI 2018/748 reg. 8(1)(c)."""

    text: str
    actions: tuple[Own, ...]


@dataclass(frozen=True)
class Recommended:
    """One recommendation, to whom, for whom, and by when an answer is wanted."""

    mark: str
    wording: str
    applies_to: str
    addressees: tuple[str, ...]
    answer_by: str


@dataclass(frozen=True)
class Recommendations:
    """What is recommended to others. Law: SI 2018/748 reg. 8(1)(d)."""

    text: str
    recommendations: tuple[Recommended, ...]


Built = StepsTaken | Conclusions | FurtherAction | Recommendations


def steps_taken(report: Report, text: str) -> StepsTaken:
    """What was done: who led, the lines of enquiry, and how much evidence supports the findings."""
    investigation = Investigation.objects.filter(complaint=report.complaint).first()
    lines = LineOfEnquiry.objects.filter(investigation=investigation).asked()
    evidence = EvidenceItem.objects.filter(investigation=investigation).screened()
    relied_on = evidence.filter(ties__bearing=Bearing.SUPPORTS).distinct()
    return StepsTaken(
        text=text,
        lead_authority=investigation.lead_authority.name if investigation else "",
        lines=tuple(Line(one.number, one.question, one.method) for one in lines),
        evidence_items=relied_on.count(),
    )


def conclusions(report: Report, text: str) -> Conclusions:
    """The findings in their order, then every opinion on what is in dispute."""
    findings = Finding.objects.filter(investigation__complaint=report.complaint)
    opinions = report.opinions.select_related("authority")
    return Conclusions(
        text=text,
        findings=tuple(
            Concluded(one.mark, one.title, one.conclusion, one.reasons) for one in findings
        ),
        opinions=tuple(Dissent(one.authority.name, one.matter, one.text) for one in opinions),
    )


def further_action(report: Report, text: str) -> FurtherAction:
    """The authorities' own actions in their order."""
    actions = OwnAction.objects.filter(complaint=report.complaint).select_related("authority")
    return FurtherAction(
        text=text,
        actions=tuple(Own(one.number, one.authority.name, one.text) for one in actions),
    )


def recommendations(report: Report, text: str) -> Recommendations:
    """The recommendations in their order, with addressees and deadlines in words."""
    return Recommendations(text=text, recommendations=recommended_in(report.complaint))


def recommended_in(complaint: Complaint) -> tuple[Recommended, ...]:
    """The recommendations of a case in their order, as they are printed."""
    rows = Recommendation.objects.filter(complaint=complaint)
    beside = ("corrections", "addressees__organisation", "addressees__group")
    return tuple(recommended(one) for one in rows.prefetch_related(*beside))


def recommended(row: Recommendation) -> Recommended:
    """One recommendation as it is printed."""
    wording, applies_to = as_it_will_read(row)
    return Recommended(
        mark=row.mark,
        wording=wording,
        applies_to=applies_to,
        addressees=tuple(sorted(str(one) for one in row.addressees.all())),
        answer_by=answer_by(row),
    )


def answer_by(row: Recommendation) -> str:
    """By when an answer is wanted, with where that comes from."""
    basis = _(row.get_deadline_basis_display()).lower()
    match row.deadline_kind:
        case DeadlineKind.DATE if row.deadline_on:
            day = long_date(row.deadline_on)
            return _("By %(day)s (%(basis)s)") % {"day": day, "basis": basis}
        case DeadlineKind.PERIOD:
            within = _("Within %(days)s days beginning with the day of publication (%(basis)s)")
            return within % {"days": row.deadline_calendar_days, "basis": basis}
        case DeadlineKind.CONDITION:
            return f"{row.deadline_condition} ({basis})"
        case _:
            return ""


def words_of(built: Any) -> str:
    """Every word that a built part says, one piece to a line, for reading it through."""
    if isinstance(built, str):
        return built
    if isinstance(built, tuple):
        return "\n".join(words_of(one) for one in built)
    if hasattr(built, "__dataclass_fields__"):
        return "\n".join(words_of(getattr(built, name)) for name in built.__dataclass_fields__)
    return ""
