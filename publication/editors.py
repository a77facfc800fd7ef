"""Who wrote the last words that a report prints, wherever in the case they were written."""

from accounts.models import User
from audit.models import AuditEntry
from investigations.events import InvestigationEvent as I
from publication.events import PublicationEvent as P
from publication.models import Report
from recommendations.events import RecommendationEvent as R

# What changes a word of the report or its press notice. A report is built from records, so an edit
# of a record is one of the report; an agreement, a sign-off or a step changes no word.
EDITS = (
    I.FINDING_CHANGED,
    I.FINDING_DRAFTED,
    I.FINDING_DROPPED,
    I.LINE_ADDED,
    P.OPINION_GIVEN,
    P.RELEASE_CORRECTED,
    P.REPORT_BEGUN,
    P.SECTION_CHANGED,
    R.ACTION_CHANGED,
    R.ACTION_DRAFTED,
    R.ACTION_DROPPED,
    R.RECOMMENDATION_CHANGED,
    R.RECOMMENDATION_CORRECTED,
    R.RECOMMENDATION_DRAFTED,
    R.RECOMMENDATION_DROPPED,
)


def last_editor_of(report: Report) -> User:
    """The person who wrote last, as the record has it: that person does not approve the release."""
    edits = AuditEntry.objects.filter(chain=report.chain, event__in=EDITS, by_user__isnull=False)
    last = edits.select_related("by_user").order_by("-number").first()
    return last.by_user if last and last.by_user else report.last_edited_by.user
