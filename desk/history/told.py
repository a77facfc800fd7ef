"""What the public page of a past case says: facts in our words, and what is not known."""

from typing import Any

from django.utils.translation import gettext as _

from clock.london import long_date
from desk.history.facts import PastCase, PastRecommendation

# How a source calls a case that is eligible and that the public has not been told of.
AWAITING = "eligible, awaiting publication"


def told(past: PastCase) -> dict[str, Any]:
    """The page's content, frozen with its release."""
    return {
        "subject": past.subject,
        "bodies": list(past.submitted_by),
        "received": str(past.received),
        "decided": _("by %(day)s") % {"day": long_date(past.eligibility_known_by)},
        "features": list(past.features),
        "summary": past.finding,
        "stage": "Report published" if past.published else "Investigating",
        "recommendations": [_recommendation(one) for one in past.recommendations],
        "actions": [{"owner": one.owner, "text": one.summary} for one in past.actions],
        "events": [
            {"date": str(event.date), "by": event.by, "what": event.summary}
            for event in past.events
        ],
        "note": note(past),
        "awaiting_announcement_on": awaiting_announcement_on(past),
    }


def awaiting_announcement_on(past: PastCase) -> str:
    """A day on which it was known to be eligible and known not to be announced yet, or nothing."""
    days = [event.date.on for event in past.events if event.kind == AWAITING and event.date.on]
    return long_date(max(days, default=None))


def _recommendation(one: PastRecommendation) -> dict[str, Any]:
    return {
        "mark": _mark(one) % {"number": one.number},
        "addressees": list(one.addressees),
        "wording": one.summary,
        "deadline": _deadline(one),
        "wording_note": "" if one.known_in_full else _("Its wording is not known to us in full."),
        "answers": _("Whether each addressee answered is not known to us."),
    }


def _deadline(one: PastRecommendation) -> str:
    """When it was to be done: as it was said, with the day that we computed from it."""
    if not one.deadline:
        return one.deadline_text
    said = {"deadline": one.deadline_text, "day": long_date(one.deadline)}
    return _("%(deadline)s: %(day)s") % said


def _mark(one: PastRecommendation) -> str:
    if not one.number:
        return _("Number not known")
    if one.number_status == "inferred":
        return _("Recommendation %(number)s (number inferred)")
    return _("Recommendation %(number)s")


def note(past: PastCase) -> str:
    """Where the facts come from, and what is not known."""
    sentences = [_("Facts from public sources, in our words.")]
    if past.not_designated:
        sentences.append(_("With: %(bodies)s.") % {"bodies": "; ".join(past.not_designated)})
    if past.published:
        sentences.append(_("Published on %(day)s.") % {"day": long_date(past.published)})
    if past.count_note:
        sentences.append(_("On the recommendations: %(note)s.") % {"note": past.count_note})
    sentences += [_("Sources: %(source)s.") % {"source": past.source}]
    return " ".join(sentences)
