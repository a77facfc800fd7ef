"""The frame of a case's pages: which case, where it stands, and the way to its sections."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.context import RequestContext

from complaints.models import Complaint
from complaints.stages import Facts, Stage, public_stage
from complaints.states import CaseStatus
from desk.sections import groups
from desk.standing import facts_of, facts_of_all, tag_of
from desk.told import told_of

register = template.Library()


@register.inclusion_tag("components/identity_bar.html", takes_context=True)
def identity_bar(context: RequestContext, complaint: Complaint) -> dict[str, Any]:
    """Reference, title and stage of a case."""
    return {
        "reference": complaint.reference,
        "title": complaint.title,
        "tag": tag_of(complaint),
        "clock": context.get("clock"),
    }


@register.inclusion_tag("components/side_navigation.html", takes_context=True)
def case_navigation(
    context: RequestContext, complaint: Complaint, current: str = ""
) -> dict[str, Any]:
    """The sections of a case that this membership may open."""
    return {"groups": groups(complaint, current or "", context.get("membership"))}


@register.inclusion_tag("components/stage_list.html")
def stage_line(complaint: Complaint) -> dict[str, Any]:
    """The six stages that a body sees, with what was promised and done at each."""
    now = public_stage(complaint.status, facts_of(complaint))
    reached = list(Stage).index(now) if now else -1
    states = ["done" if place < reached else "" for place in range(len(Stage))]
    if now:
        states[reached] = "now"
    told = told_of(complaint, reached=now)
    lines = zip(Stage, states, strict=True)
    return {
        "stages": [
            {"label": stage.label, "state": state, "promises": told[stage]}
            for stage, state in lines
        ]
    }


@register.simple_tag
def stages_in_words(complaints: Sequence[Complaint]) -> list[tuple[Complaint, str]]:
    """Where super-complaints stand, as their body is told: a stage, or how it ended."""
    facts = facts_of_all(complaints)
    return [(complaint, _in_words(complaint, facts[complaint.key])) for complaint in complaints]


def _in_words(complaint: Complaint, facts: Facts) -> str:
    stage = public_stage(complaint.status, facts)
    return str(stage.label if stage else CaseStatus(complaint.status).label)
