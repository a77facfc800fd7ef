"""Clocks on pages of the rooms below: the body's tracker, the confirmation, the intake list."""

from collections.abc import Iterable
from typing import Any

from django import template

from complaints.models import Complaint
from deadlines.answers import working_of_answer
from deadlines.models import Deadline
from deadlines.receipts import ACKNOWLEDGE
from deadlines.receipts import acknowledge_by as worked_out
from deadlines.strip import ClockLine, lines, london_today
from recommendations.models import Obligation

register = template.Library()

# What a body was promised; other clocks are the authorities' own.
PROMISED = (ACKNOWLEDGE, "progress-report")


@register.inclusion_tag("deadlines/acknowledge_by.html")
def acknowledge_by(complaint: Complaint) -> dict[str, Any]:
    """By when receipt is acknowledged, and how that was worked out."""
    return {"deadline": worked_out(complaint.key), "is_known": not complaint.imported}


@register.inclusion_tag("deadlines/answer_working.html")
def answer_working(obligation: Obligation) -> dict[str, Any]:
    """How the date by which an addressee answers was worked out."""
    return {"working": working_of_answer(obligation)}


@register.simple_tag
def promised(complaint: Complaint) -> list[ClockLine]:
    """The clocks of what a body was promised, in words."""
    clocks = Deadline.objects.of_case(complaint.key).filter(rule_code__in=PROMISED)
    return lines(clocks, today=london_today())


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
    return [(complaint, drawn.get(complaint.key)) for complaint in rows]
