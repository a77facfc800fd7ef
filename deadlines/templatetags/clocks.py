"""Clocks on pages of the rooms below: the body's tracker, the confirmation, the intake list."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template

from accounts.models import Membership
from clock.london import london_today
from complaints.models import Complaint
from deadlines.answers import working_of_answer
from deadlines.models import Deadline
from deadlines.promises import PROMISES, Promise, promises_of
from deadlines.receipts import ACKNOWLEDGE
from deadlines.receipts import acknowledge_by as worked_out
from deadlines.strip import ClockLine, lines
from recommendations.models import Obligation

register = template.Library()

RUNNING_SHOWN = 25


@register.inclusion_tag("deadlines/acknowledge_by.html")
def acknowledge_by(complaint: Complaint) -> dict[str, Any]:
    """By when receipt is acknowledged, and how that was worked out."""
    return {"deadline": worked_out(complaint.key), "is_known": not complaint.imported}


@register.inclusion_tag("deadlines/clock_strip.html")
def clock_strip(complaint: Complaint) -> dict[str, Any]:
    """The clock of acknowledgement: which day today is, and each day counted or left out."""
    clock = Deadline.objects.of_case(complaint.key).filter(rule_code=ACKNOWLEDGE).first()
    return {
        "line": lines([clock], today=london_today())[0] if clock else None,
        "deadline": worked_out(complaint.key),
    }


@register.inclusion_tag("deadlines/answer_working.html")
def answer_working(obligation: Obligation) -> dict[str, Any]:
    """How the date by which an addressee answers was worked out."""
    return {"working": working_of_answer(obligation)}


@register.simple_tag
def promised(complaint: Complaint) -> list[Promise]:
    """What a body was promised, whether it was kept, and how its days were worked out."""
    today = london_today()
    return [one for code in PROMISES for one in promises_of(complaint.key, code, today=today)]


@register.simple_tag
def acknowledgement_clocks(
    waiting: Iterable[Complaint],
) -> list[tuple[Complaint, ClockLine | None]]:
    """Each complaint with its clock of acknowledgement, in one query for all."""
    rows = list(waiting)
    clocks = Deadline.objects.filter(
        rule_code=ACKNOWLEDGE, case_key__in=[complaint.key for complaint in rows]
    )
    found = {clock.case_key: clock for clock in clocks}
    drawn = {key: lines([clock], today=london_today())[0] for key, clock in found.items()}
    paired = [(complaint, drawn.get(complaint.key)) for complaint in rows]
    return sorted(paired, key=lambda pair: (pair[1] and pair[1].due_on) or date.max)


@register.inclusion_tag("deadlines/running.html")
def running_clocks(by: Membership) -> dict[str, Any]:
    """The clocks of every case that a membership may read, the most urgent first."""
    running = Deadline.objects.visible_to(by).unmet().by_urgency()
    rows = list(running[: RUNNING_SHOWN + 1])
    shown = lines(rows[:RUNNING_SHOWN], today=london_today())
    return {"lines": shown, "more": len(rows) > RUNNING_SHOWN}
