"""The frame of a case's pages: which case, where it stands, and the way to its sections."""

from typing import Any

from django import template
from django.template.context import RequestContext

from complaints.models import Complaint
from desk.sections import groups
from desk.standing import tag_of

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
