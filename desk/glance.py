"""One case at a glance, and the list of what needs me, as pages show them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from accounts.models import Membership
from accounts.statements import statement
from audit.models import AuditEntry
from clock.london import london_today, long_date
from complaints.events import ComplaintEvent
from complaints.law import cited
from complaints.models import Complaint
from complaints.states import CaseStatus
from complaints.workflow import CASE
from deadlines.models import Deadline
from deadlines.strip import ClockLine, lines
from desk.rows import received
from desk.subjects import subjects_of
from desk.timeline import Happened, in_words
from desk.work import Work
from documents.events import DocumentEvent
from publication.london import in_words as london_instant
from publication.models import Release
from publication.published import released_at
from publication.states import EDITIONS

LATEST = 10
COMING = 5
# What the service does by itself with files stays in the record and off the overview.
OF_MACHINES = [str(event) for event in DocumentEvent]
GROUPS = ("Overdue", "Today", "This week", "Later", "No date")
WEEK_DAYS = 7

# Where each step of the case's table is taken, and how its link reads.
STEPS = {
    "accept": ("Record views and the eligibility decision", "complaints:eligibility"),
    "open_investigation": ("Open the investigation", "investigations:open"),
    "begin_report": ("Begin the report", "publication:report"),
    "seal": ("Prepare the seal", "publication:report"),
    "close": ("Close the case", "publication:close"),
    "withdraw": ("Record a withdrawal", "complaints:withdraw"),
}


@dataclass(frozen=True)
class Step:
    """A step that may be taken now, and where."""

    words: str
    href: str
    law: str


@dataclass(frozen=True)
class Listed:
    """One thing to do, with its date."""

    verb: str
    reference: str
    title: str
    href: str
    due_on: date | None
    fictional: bool


def today(work: Iterable[Work], by: Membership) -> dict[str, Any]:
    """What needs me, in groups by urgency; where nothing does, the next dates of my cases."""
    found = list(work)
    due: dict[tuple[str, str], date] = {}
    timed = {one.case_key for one in found if one.clock}
    clocks = Deadline.objects.unmet().filter(case_key__in=timed)
    for clock in clocks.exclude(due_on=None).order_by("-due_on") if timed else ():
        if clock.due_on:
            due[clock.case_key, clock.rule_code] = clock.due_on
    now = london_today()
    listed = sorted(_listed(found, due), key=lambda one: (one.due_on or date.max, one.reference))
    grouped = groupby(listed, key=lambda one: _group(one.due_on, now))
    return {
        "today": now,
        "groups": [{"title": title, "work": list(rows)} for title, rows in grouped],
        "coming": [] if found else _coming(by, now),
        "cases_href": reverse("desk:cases"),
        "nav_current": "today",
    }


def _listed(found: list[Work], due: dict[tuple[str, str], date]) -> Iterator[Listed]:
    for one in found:
        yield Listed(
            one.verb,
            one.reference,
            one.title,
            address_of(one.page, one.arguments),
            due.get((one.case_key, one.clock)),
            one.fictional,
        )


@lru_cache(maxsize=4096)
def address_of(page: str, arguments: tuple[Any, ...]) -> str:
    """The address of a page, worked out once: a list of a hundred asks for a hundred."""
    return reverse(page, args=arguments)


def _coming(by: Membership, now: date) -> list[ClockLine]:
    """The next dates in the cases that this membership may read."""
    return lines(statement(coming, by).found(), today=now)


def coming(by: Membership) -> QuerySet[Deadline, Any]:
    """The query for the next dates."""
    running = Deadline.objects.visible_to(by).unmet().marked().exclude(due_on=None)
    return running.order_by("due_on", "pk")[:COMING]


def _group(due_on: date | None, now: date) -> str:
    if due_on is None:
        return GROUPS[4]
    left = (due_on - now).days
    if left < 0:
        return GROUPS[0]
    if left == 0:
        return GROUPS[1]
    return GROUPS[2] if left < WEEK_DAYS else GROUPS[3]


def overview(complaint: Complaint, by: Membership) -> dict[str, Any]:
    """One case: its next steps, clocks, summary and the last things that happened."""
    clocks = Deadline.objects.of_case(complaint.key)
    latest = list(history_of(complaint)[: LATEST + 1])
    return {
        "complaint": complaint,
        "fictional": complaint.fictional,
        "case_title": "Overview",
        "case_section": "overview",
        "steps": [*_steps(complaint, by), *_of_the_past(complaint)],
        "clocks": lines(clocks, today=london_today()),
        "summary": [
            *_closed(complaint),
            *_confirmation(complaint),
            *_publication(complaint, by),
            *_summary(complaint),
        ],
        "happened": happened(latest[:LATEST], complaint, by),
        "more_happened": len(latest) > LATEST,
    }


def history_of(complaint: Complaint) -> QuerySet[AuditEntry, Any]:
    """What people did in a case, the latest first."""
    entries = AuditEntry.objects.filter(chain=complaint.key).exclude(event__in=OF_MACHINES)
    return entries.order_by("-number")


def happened(entries: Sequence[AuditEntry], complaint: Complaint, by: Membership) -> list[Happened]:
    """Entries of a case in words, with what each is about as far as this membership reads it."""
    return in_words(entries, subjects_of(entries, complaint, by))


def _steps(complaint: Complaint, by: Membership) -> Iterator[Step]:
    for row in CASE.open_to(complaint, by):
        if row.name not in STEPS or (row.name == "close" and not released_at(complaint.key)):
            continue
        words, page = STEPS[row.name]
        law = str(cited(row.law, complaint.regime))
        try:
            yield Step(words, reverse(page, args=[complaint.reference]), law)
        except NoReverseMatch:
            continue  # The room is not mounted.


def _of_the_past(complaint: Complaint) -> Iterator[Step]:
    """What the service makes of facts that others left."""
    if complaint.imported:
        href = reverse("publication:past_notice", args=[complaint.reference])
        yield Step("See the press notice made from these facts", href, "")


def _closed(complaint: Complaint) -> Iterator[dict[str, str]]:
    """Why a case was closed, as the record keeps it."""
    if complaint.status == CaseStatus.CLOSED:
        closed = AuditEntry.objects.filter(chain=complaint.key, event=ComplaintEvent.CLOSED)
        for entry in closed.order_by("-number")[:1]:
            yield {"key": "Closed because", "value": str(entry.detail.get("reason", ""))}


def _confirmation(complaint: Complaint) -> Iterator[dict[str, Any]]:
    """What the body has said of a letter that was registered in its name."""
    asked = getattr(complaint, "confirmation", None)
    if asked is None:
        return
    told = f"Not yet. It was asked on {long_date(asked.asked_at)}, and the clocks run meanwhile."
    if asked.confirmed_at:
        told = f"Confirmed on {long_date(asked.confirmed_at)}"
    elif asked.disowned_at:
        told = f"It said on {long_date(asked.disowned_at)} that it is not its own: {asked.reason}"
    yield {"key": "Confirmed by the body", "value": told, "verbatim": True}


def _publication(complaint: Complaint, by: Membership) -> Iterator[dict[str, str]]:
    """When a sealed report is public, or that no time is set; for those who read releases."""
    if complaint.status not in {CaseStatus.SEALED, CaseStatus.CLOSED} or complaint.imported:
        return
    rows = Release.objects.visible_to(by).standing().filter(complaint=complaint)
    release = rows.filter(kind__in=EDITIONS).order_by("-edition_number").first()
    if release is None:
        return
    at = release.release_at
    yield {
        "key": "Publication",
        "value": london_instant(at) if at else "No time is set yet",
        "href": reverse("publication:release", args=[complaint.reference]),
        "change": "See",
    }


def _summary(complaint: Complaint) -> list[dict[str, Any]]:
    bodies = [complaint.lead_body, *complaint.joint_bodies.all()]
    days = complaint.days_since_receipt(london_today())
    return [
        {"key": "Title", "value": complaint.title},
        {"key": "Made by", "value": ", ".join(str(body) for body in bodies)},
        {"key": "Received", "value": received(complaint)},
        {"key": "Days since receipt", "value": "" if days is None else f"{days:,}"},
        {"key": "Scheme", "value": complaint.regime.name},
        {
            "key": "Features of policing",
            "value": "\n".join(feature.statement for feature in complaint.features.all()),
            "verbatim": True,
        },
    ]
