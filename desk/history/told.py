"""What the public page of a past case says: facts in our words, and what is not known."""

from typing import Any

from desk.history.facts import PastCase, PastRecommendation

# How a source calls a case that is eligible and that the public has not been told of.
AWAITING = "eligible, awaiting publication"
ANSWERS_NOT_KNOWN = "Whether each addressee answered is not known to us."


def told(past: PastCase) -> dict[str, Any]:
    """The page's content, frozen with its release."""
    return {
        "subject": past.subject,
        "bodies": list(past.submitted_by),
        "received": str(past.received),
        "decided": f"by {past.eligibility_known_by.day} {past.eligibility_known_by:%B %Y}",
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
    days = [str(event.date) for event in past.events if event.kind == AWAITING]
    return max(days, default="")


def _recommendation(one: PastRecommendation) -> dict[str, Any]:
    number = {"stated": "", "inferred": " (number inferred)"}.get(one.number_status, "")
    return {
        "mark": f"Recommendation {one.number}{number}" if one.number else "Number not known",
        "addressees": list(one.addressees),
        "wording": one.summary,
        "deadline": one.deadline_text,
        "answers": ANSWERS_NOT_KNOWN,
    }


def note(past: PastCase) -> str:
    """Where the facts come from, and what is not known."""
    sentences = ["Facts from public sources, in our words."]
    if past.not_designated:
        sentences.append(f"With: {'; '.join(past.not_designated)}.")
    if past.published:
        sentences.append(f"Published on {past.published.day} {past.published:%B %Y}.")
    sentences += [f"{past.count_note}.", f"Sources: {past.source}."]
    return " ".join(sentences)
