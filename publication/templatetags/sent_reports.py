"""The report among the documents that a body was sent, on the pages of its portal."""

from typing import Any

from django import template
from django.template import Context

from complaints.models import Complaint
from publication.london import in_words
from publication.services.copies import release_sent_to, standing_now
from publication.states import Standing

register = template.Library()


@register.inclusion_tag("publication/copies/listed.html", takes_context=True)
def report_sent(context: Context, complaint: Complaint) -> dict[str, Any]:
    """The report with its embargo, from the instant at which it was sent to the reader's body."""
    release = release_sent_to(complaint, context["membership"])
    if release is None:
        return {"release": None}
    return {
        "complaint": complaint,
        "release": release,
        "is_closed": standing_now(release) == Standing.CLOSED,
        "until": in_words(release.release_at) if release.release_at else "",
    }
