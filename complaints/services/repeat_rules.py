"""What the repeat rules bind: a view of eligibility, and what its authority holds of earlier ones.

Law: SI 2018/748 reg. 6(3), which knows no exception, and reg. 6(4), which knows one: a material
change since the earlier complaint was made.
"""

from accounts.models import Organisation
from complaints.law import GROUNDS, cited
from complaints.models import Comparison, Complaint, EligibilityView
from complaints.repeats import standing_of
from complaints.states import Ground
from workflow.errors import ActRefusedError

REPEATS = frozenset({Ground.REPEATS_LIVE, Ground.REPEATS_CONCLUDED})


def refuse_an_unfit_repeat(complaint: Complaint, *, ground: str, repeats: Complaint | None) -> None:
    """A ground of repetition names the case that is repeated, standing as the rule says.

    Raises: ActRefusedError.
    """
    if ground not in REPEATS:
        return
    if repeats is None:
        raise ActRefusedError("Choose the super-complaint that it repeats.")
    if repeats.pk == complaint.pk:
        raise ActRefusedError("A super-complaint does not repeat itself. Choose the earlier one.")
    standing = standing_of(repeats)
    if standing.ground != ground:
        raise ActRefusedError(
            f"{repeats.reference} stands as “{standing.words}”, and this ground is of one "
            f"{'under investigation' if ground == Ground.REPEATS_LIVE else 'already investigated'}"
            ". Choose the other ground, or another super-complaint."
        )


def refuse_a_view_against_comparisons(
    complaint: Complaint,
    authority: Organisation,
    *,
    eligible: bool,
    ground: str,
    repeats: Complaint | None,
) -> None:
    """A view says nothing else than what its authority holds of earlier complaints.

    Raises: ActRefusedError.
    """
    view = EligibilityView(eligible=eligible, ground=ground, repeats=repeats)
    for one in complaint.comparisons.filter(authority=authority).select_related("earlier"):
        if said := contradiction(one, view):
            raise ActRefusedError(f"{said} Change that comparison first, or this view.")


def refuse_a_comparison_against_the_view(comparison: Comparison) -> None:
    """What an authority holds of an earlier complaint agrees with the view that it has recorded.

    Raises: ActRefusedError.
    """
    views = comparison.complaint.eligibility_views.filter(authority=comparison.authority)
    view = views.select_related("repeats").first()
    if view and (said := contradiction(comparison, view)):
        raise ActRefusedError(f"{said} Change your authority’s view first, or this comparison.")


def contradiction(comparison: Comparison, view: EligibilityView) -> str:
    """Where a comparison and a view of one authority exclude each other, in words."""
    earlier, ground = comparison.earlier, ground_of(comparison)
    held = f"Your authority’s comparison with {earlier.reference} says: {comparison.in_words}."
    if view.eligible and ground:
        law = cited(GROUNDS[ground], comparison.complaint.regime)
        return f"{held} It is then not eligible ({law})."
    names_it = view.ground in REPEATS and view.repeats_id == earlier.pk
    if not view.eligible and names_it and is_no_repeat(comparison):
        return f"{held} It is then no ground against it."
    return ""


def ground_of(comparison: Comparison) -> Ground | None:
    """The ground on which a comparison makes a complaint not eligible, if it does."""
    if not comparison.same_substance:
        return None
    ground = standing_of(comparison.earlier).ground
    if ground == Ground.REPEATS_CONCLUDED and comparison.materially_changed is not False:
        return None
    return ground


def is_no_repeat(comparison: Comparison) -> bool:
    """Whether the comparison says that no repeat rule bites."""
    return not comparison.same_substance or comparison.materially_changed is True
