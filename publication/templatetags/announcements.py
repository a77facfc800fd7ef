"""Where the announcement of a decision stands, on the pages of other rooms."""

from typing import Any

from django import template
from django.template import Context

from accounts.access import scopes
from accounts.roles import Action
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


@register.inclusion_tag("publication/announcements/line.html", takes_context=True)
def announcement_line(context: Context, complaint: Complaint, *, decided: bool) -> dict[str, Any]:
    """One sentence for the case team, with the way to the announcement for whoever reads it."""
    if not decided or complaint.imported:
        return {"words": ""}
    opens = bool(scopes(context["membership"], Action.RELEASE_READ))
    return {"complaint": complaint, "words": announced_in_words(complaint), "opens": opens}


def announced_in_words(complaint: Complaint) -> str:
    """Whether and when the decision is, was or will be public."""
    sealed = announcement_of(complaint)
    if sealed is None or sealed.release_at is None:
        return "The decision is not announced to the public."
    said = {Standing.CLOSED: "is sealed, for", Standing.OPEN: "is public since"}
    how = said.get(Standing(standing_now(sealed)), "was public from")
    return f"The announcement {how} {in_words(sealed.release_at)}."
