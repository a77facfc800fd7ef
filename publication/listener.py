"""Ends sign-offs with the text they were given to: the records that sections are built from change.

Those records stand in rooms below this one, which can't say so: their events do.
"""

from audit.events import Happening
from documents.events import DocumentEvent
from investigations.events import InvestigationEvent
from publication.events import PublicationEvent
from publication.services.sign_off import void_overtaken
from recommendations.events import RecommendationEvent

# After each of these a section may read otherwise than when it was signed off.
REWRITES = frozenset(
    {
        DocumentEvent.FILE_CHECKED,
        DocumentEvent.FILE_QUARANTINED,
        InvestigationEvent.EVIDENCE_LINKED,
        InvestigationEvent.EVIDENCE_NOT_RELIED_ON,
        InvestigationEvent.EVIDENCE_SCREENED,
        InvestigationEvent.EVIDENCE_SUPERSEDED,
        InvestigationEvent.EVIDENCE_UNLINKED,
        InvestigationEvent.FINDING_CHANGED,
        InvestigationEvent.FINDING_DRAFTED,
        InvestigationEvent.FINDING_DROPPED,
        InvestigationEvent.LINE_ADDED,
        InvestigationEvent.LINE_CHANGED,
        InvestigationEvent.LINE_DROPPED,
        PublicationEvent.OPINION_GIVEN,
        # What changed by no act of the case, such as an authority's name, is seen at these.
        PublicationEvent.REPORT_PROPOSED,
        PublicationEvent.REPORT_UNSEALED,
        RecommendationEvent.ACTION_CHANGED,
        RecommendationEvent.ACTION_DRAFTED,
        RecommendationEvent.ACTION_DROPPED,
        RecommendationEvent.RECOMMENDATION_CHANGED,
        RecommendationEvent.RECOMMENDATION_CORRECTED,
        RecommendationEvent.RECOMMENDATION_DRAFTED,
        RecommendationEvent.RECOMMENDATION_DROPPED,
    }
)


def on_event(happening: Happening) -> None:
    """Void the sign-offs of a case that fit what their section says no more."""
    if happening.event in REWRITES:
        void_overtaken(happening.entry.chain, by=happening.by)
