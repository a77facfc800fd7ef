"""Correcting the wording of recommendations, for a new edition of a report that is public."""

import hashlib
from typing import Any

from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Action
from audit.chain import canonical
from audit.events import record
from complaints.models import Complaint
from investigations.services import gate
from recommendations.events import RecommendationEvent as Event
from recommendations.models import Recommendation, RecommendationCorrection
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may


@act
def correct_recommendation(
    recommendation: Recommendation,
    *,
    wording: str,
    applies_to: str,
    reason: str,
    version: int,
    by: Membership,
) -> RecommendationCorrection:
    """Correct how a recommendation will read in the edition that is being written.

    Its number, addressees and deadline, what is owed and what was answered stay as they are. Its
    addressees read the new words once the edition is public.
    Records: recommendation:corrected. Raises: PermissionDenied, VersionConflictError,
    ActRefusedError without a reason, or where no correction of the report is under way.
    """
    refuse_unless_may(by, Action.RECOMMENDATION_DRAFT, recommendation.complaint)
    edition = gate.edition_corrected(recommendation.complaint_id)
    if edition is None:
        raise ActRefusedError("Begin a correction of the report first, on its publication page.")
    if not reason.strip():
        raise ActRefusedError("Say why the wording is corrected.")
    fresh = gate.opened_at(recommendation, version)
    before = hash_of(*as_it_will_read(fresh))
    said = {"wording": wording, "applies_to": applies_to, "reason": reason.strip()}
    corrected, _is_new = RecommendationCorrection.objects.update_or_create(
        recommendation=fresh,
        edition=edition,
        defaults={**said, "by": by, "corrected_at": timezone.now()},
    )
    facts: dict[str, Any] = {
        "number": fresh.number,
        "edition": edition,
        "reason": corrected.reason,
        "before": before,
        "after": hash_of(wording, applies_to),
    }
    record(Event.RECOMMENDATION_CORRECTED, subject=fresh, by=by, **facts)
    return corrected


def put_in_force(complaint: Complaint, *, edition: int) -> None:
    """Let addressees read the corrected words of an edition that is public now.

    Called after the instant by the service, as often as it likes.
    Records: recommendation:correction_in_force, once for each.
    """
    waiting = RecommendationCorrection.objects.filter(
        recommendation__complaint=complaint, edition__lte=edition, in_force_at=None
    )
    for correction in waiting.select_related("recommendation").order_by("edition"):
        row = correction.recommendation
        row.wording, row.applies_to = correction.wording, correction.applies_to
        row.save(update_fields=["wording", "applies_to"])
        correction.in_force_at = timezone.now()
        correction.save(update_fields=["in_force_at"])
        record(
            Event.RECOMMENDATION_CORRECTION_IN_FORCE,
            subject=row,
            by=None,
            number=row.number,
            edition=correction.edition,
        )


def pending(recommendation: Recommendation) -> RecommendationCorrection | None:
    """The correction of a recommendation that waits for its edition to be public, if one does."""
    waiting = [one for one in recommendation.corrections.all() if one.in_force_at is None]
    return max(waiting, key=lambda one: one.edition, default=None)


def as_it_will_read(recommendation: Recommendation) -> tuple[str, str]:
    """A recommendation’s wording and whom it applies to, as the report being written has them."""
    said = pending(recommendation) or recommendation
    return said.wording, said.applies_to


def hash_of(wording: str, applies_to: str) -> str:
    """The hash by which the record tells one wording from another."""
    return hashlib.sha256(canonical([wording, applies_to])).hexdigest()
