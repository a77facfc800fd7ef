"""What a report still lacks before it can be sealed: a table of questions, each with its answer."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Length, Lower, StrIndex

from accounts.models import Membership
from clock.london import london_day, london_today
from complaints.models import Complaint
from complaints.services.other_cases import references_in
from documents.printed import frozen
from investigations.models import EvidenceItem, Finding
from investigations.states import FindingStatus
from publication.built import Recommendations, Recommended, words_of
from publication.hidden import hidden_characters
from publication.live import known_by
from publication.london import instant_of
from publication.models import Release, Report
from publication.notice import Made, press_notice
from publication.sections import BuiltSection, built_sections
from publication.services.sign_off import unsigned
from publication.text import ReportText, report_text
from recommendations.models import Recommendation

PLACEHOLDER = re.compile(
    r"\b(?:TBC|TODO|TKTK|XXX+|lorem ipsum)\b|\[[^\]\n]{0,60}\]|\?\?\?|<<[^>\n]*>>", re.IGNORECASE
)
SHORTEST_TITLE = 12


@dataclass(frozen=True)
class Draft:
    """A report as it would be sealed now: its text, its press notice, and every word of both."""

    report: Report
    sections: tuple[BuiltSection, ...]
    text: ReportText
    made: Made
    words: str
    reader: Membership | None = None


@dataclass(frozen=True)
class Check:
    """One question, and what is lacking; nothing, where it is met."""

    question: str
    lacking: tuple[str, ...]

    @property
    def is_met(self) -> bool:
        """Whether nothing is lacking."""
        return not self.lacking


Ask = Callable[[Draft], Iterable[str]]


def draft_of(report: Report, *, reader: Membership | None = None) -> Draft:
    """The report and its press notice, built from the records as they are now.

    Args: `reader` is who is shown its warnings; they name no case that the reader may not open.
    """
    sections = tuple(built_sections(report))
    text = report_text(report, sections)
    publishes_at = instant_of(report.planned_for) if report.planned_for else None
    made = press_notice(
        report.complaint,
        title=report.title,
        as_at=london_day(publishes_at) if publishes_at else london_today(),
        publishes_at=publishes_at,
        headline=report.notice_headline,
        standfirst=report.notice_standfirst,
        recommended=recommended_by(sections),
        reader=reader,
    )
    words = f"{words_of(text)}\n{words_of(made.notice)}"
    return Draft(report, sections, text, made, words, reader)


def recommended_by(sections: Iterable[BuiltSection]) -> tuple[Recommended, ...]:
    """What the sections of a report recommend to others."""
    parts = (one.content for one in sections)
    return tuple(
        row for part in parts if isinstance(part, Recommendations) for row in part.recommendations
    )


def sha256_of(draft: Draft) -> str:
    """The hash of all that the report and its notice say: what a seal is asked for."""
    said = [frozen(draft.text), frozen(draft.made.notice)]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def checks(draft: Draft) -> list[Check]:
    """Every question of the table, answered."""
    return [Check(question, tuple(ask(draft))) for question, ask in CHECKS]


def lacking(draft: Draft) -> list[str]:
    """All that is lacking, as sentences."""
    return [words for check in checks(draft) for words in check.lacking]


def parts(draft: Draft) -> Iterable[str]:
    """Parts (a) to (d) are there; (c) and (d) may be none. Law: SI 2018/748 reg. 8(1)."""
    for section in draft.text.sections:
        content = section.content
        built = [value for name, value in vars(content).items() if name != "text"]
        may_be_empty = section.key in {"further-action", "recommendations"}
        if not may_be_empty and not content.text.strip() and not any(built):
            yield f"“{section.title}” is empty."
    if not any(one.key == "conclusions" and one.content.findings for one in draft.text.sections):  # type: ignore[union-attr]
        yield "There is no finding. Draft one, and have it agreed."


def signed(draft: Draft) -> Iterable[str]:
    """Each authority has signed off what each section says now."""
    waiting: dict[str, list[str]] = {}
    for title, authority in unsigned(draft.report, draft.sections):
        waiting.setdefault(title, []).append(authority)
    for title, authorities in waiting.items():
        yield f"“{title}”, as it reads now, lacks the sign-off of {', '.join(authorities)}."


def findings_agreed(draft: Draft) -> Iterable[str]:
    """Every finding is agreed."""
    findings = Finding.objects.filter(investigation__complaint=draft.report.complaint)
    for finding in findings.exclude(status=FindingStatus.AGREED):
        yield f"Finding {finding.mark} is not agreed by every authority."


def findings_supported(draft: Draft) -> Iterable[str]:
    """Every finding rests on evidence that was checked for viruses and screened."""
    findings = Finding.objects.filter(investigation__complaint=draft.report.complaint)
    support = EvidenceItem.objects.supporting(OuterRef("pk")).screened()
    for finding in findings.filter(~Exists(support)):
        yield f"No screened evidence supports finding {finding.mark}. Screen or link an item."


def recommendations_addressed(draft: Draft) -> Iterable[str]:
    """Every recommendation says to whom it is made; what a deadline rests on, the table sees to."""
    rows = Recommendation.objects.filter(complaint=draft.report.complaint)
    for row in rows.filter(addressees=None):
        yield f"{row.mark} has no addressee."


def no_placeholder(draft: Draft) -> Iterable[str]:
    """Nothing is left to be filled in."""
    for found in sorted({match[0] for match in PLACEHOLDER.finditer(draft.words)}):
        yield f"“{found}” is a placeholder. Write what belongs there."


def nothing_hidden(draft: Draft) -> Iterable[str]:
    """The text holds no character that its readers can’t see."""
    for name in hidden_characters(draft.words):
        yield f"The text holds a hidden character ({name}). Take it out."


def nothing_excluded(draft: Draft) -> Iterable[str]:
    """No excluded passage is left in the text. Law: SI 2018/748 reg. 8(3)."""
    said = one_line(draft.words)
    for number, exclusion in enumerate(draft.report.exclusions.all(), start=1):
        if one_line(exclusion.passage) in said:
            yield f"Excluded passage {number} is still in the text. Take it out."


def no_other_case(draft: Draft) -> Iterable[str]:
    """No case that is not public is named, by reference or by title.

    What is lacking tells a reader nothing of a case that the reader may not open. The notice's own
    list is the public door's answer for its instant, and is not asked again for today.
    """
    complaint = draft.report.complaint
    words = f"{words_of(draft.text)}\n{words_of(replace(draft.made.notice, live=()))}"
    named = references_in(words) - {complaint.reference}
    others = Complaint.objects.exclude(pk=complaint.pk)
    by_title = (
        others.annotate(
            length=Length("title"), place=StrIndex(Value(one_line(words)), Lower("title"))
        )
        .filter(length__gte=SHORTEST_TITLE, place__gt=0)
        .exclude(title__iexact=complaint.title)
    )
    meant = [*others.filter(reference__in=named), *by_title]
    secret = {one.reference for one in meant} - public_references(meant)
    if draft.reader and secret:
        rows = Complaint.objects.visible_to(draft.reader).filter(reference__in=secret)
        seen = set(rows.values_list("reference", flat=True))
        if secret - seen - named:
            yield "The text has the title of a super-complaint that is not public."
        secret &= seen | named
    for reference in sorted(secret):
        yield f"The text names {reference or 'a draft'}, which is not public."


def public_references(cases: Iterable[Complaint]) -> frozenset[str]:
    """Of these cases, the references of those of which the public knows."""
    cases = list(cases)
    history = Release.objects.filter(imported=True, complaint__in=cases)
    known = known_by(london_today(), cases)
    return known.announced | known.reported | set(history.values_list("reference", flat=True))


def one_line(text: str) -> str:
    """A text as it is compared: in one line and in small letters."""
    return " ".join(text.split()).lower()


CHECKS: tuple[tuple[str, Ask], ...] = (
    ("Report parts (a) to (d) are there", parts),
    ("Each authority has signed off each section", signed),
    ("Every finding is agreed", findings_agreed),
    ("Every finding rests on evidence", findings_supported),
    ("Every recommendation has an addressee", recommendations_addressed),
    ("No placeholder is left", no_placeholder),
    ("Nothing is hidden in the text", nothing_hidden),
    ("No excluded passage is left", nothing_excluded),
    ("No case is named that is not public", no_other_case),
)
