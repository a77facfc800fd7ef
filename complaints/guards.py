"""What the facts must be before a step that the state allows: each answers what is missing."""

from complaints.models import Complaint
from complaints.parts import missing_parts


def lacks_a_part(complaint: Complaint) -> str:
    """What a draft lacks before it can be submitted. Law: SI 2018/748 reg. 4."""
    return " ".join(part.missing for part in missing_parts(complaint))


def lacks_agreement_that_it_is_eligible(complaint: Complaint) -> str:
    """What stands against accepting it. Law: SI 2018/748 reg. 6(1)."""
    return lacks_agreement(complaint, eligible=True)


def lacks_agreement_that_it_is_not(complaint: Complaint) -> str:
    """What stands against declining it. Law: SI 2018/748 reg. 6(1)."""
    return lacks_agreement(complaint, eligible=False)


def lacks_agreement(complaint: Complaint, *, eligible: bool) -> str:
    """Whose view is still missing, or differs, of all the authorities of the regime."""
    views = {view.authority_id: view for view in complaint.eligibility_views.all()}
    authorities = [
        part.organisation for part in complaint.regime.parts.select_related("organisation")
    ]
    silent = [one.short_name for one in authorities if one.pk not in views]
    if silent:
        return f"{' and '.join(silent)} must record a view of eligibility first."
    held = {(views[one.pk].eligible, views[one.pk].ground) for one in authorities}
    if len(held) > 1:
        return (
            "The authorities’ views differ. It stays open until each records the same view and "
            "the same ground."
        )
    if {view for view, _ground in held} != {eligible}:
        return "The authorities’ recorded view is the opposite."
    return ""
