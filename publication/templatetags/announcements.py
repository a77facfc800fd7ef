"""Where the announcement of a decision stands, on the pages of other rooms."""

from typing import Any

from django import template

from complaints.models import Complaint
from publication.london import in_words
from publication.published import released_at
from publication.services.announcing import announcement_of
from publication.services.copies import standing_now
from publication.states import Standing

register = template.Library()

NOT_SAID = "The decision on your super-complaint is not public until the authorities announce it."
UNTIL = "The decision on your super-complaint is not public until {instant}."


@register.inclusion_tag("publication/announcements/kept_back.html")
def decision_kept_back(complaint: Complaint) -> dict[str, str]:
    """What the body is told: until when the decision that it holds is not public."""
    if not hasattr(complaint, "eligibility_decision") or complaint.imported:
        return {"words": ""}
    sealed = announcement_of(complaint)
    if sealed is None:
        return {"words": "" if released_at(complaint.key) else NOT_SAID}
    if standing_now(sealed) != Standing.CLOSED or sealed.release_at is None:
        return {"words": ""}
    return {"words": UNTIL.format(instant=in_words(sealed.release_at))}


@register.inclusion_tag("publication/announcements/line.html")
def announcement_line(complaint: Complaint, *, decided: bool) -> dict[str, Any]:
    """One sentence for the case team, with the way to the announcement."""
    if not decided or complaint.imported:
        return {"words": ""}
    sealed = announcement_of(complaint)
    if sealed is None or sealed.release_at is None:
        return {"complaint": complaint, "words": "The decision is not announced to the public."}
    state = standing_now(sealed)
    said = {Standing.CLOSED: "is sealed, for", Standing.OPEN: "is public since"}
    words = f"The announcement {said.get(Standing(state), 'was public from')} "
    return {"complaint": complaint, "words": f"{words}{in_words(sealed.release_at)}."}
