"""The report among the documents that a body was sent, on the pages of its portal."""

from typing import Any

from django import template

from complaints.models import Complaint
from publication.london import in_words
from publication.services.copies import sent_release, standing_now
from publication.states import Standing

register = template.Library()


@register.inclusion_tag("publication/copies/listed.html")
def report_sent(complaint: Complaint) -> dict[str, Any]:
    """The report with its embargo, from the instant at which it was sent to the body."""
    release = sent_release(complaint)
    if release is None:
        return {"release": None}
    return {
        "complaint": complaint,
        "release": release,
        "is_closed": standing_now(release) == Standing.CLOSED,
        "until": in_words(release.release_at) if release.release_at else "",
    }
