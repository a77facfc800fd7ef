"""What the facts must be before a step that the state allows: each answers what is missing."""

from complaints.approving import awaited
from complaints.models import Complaint
from complaints.parts import missing_parts
from documents.models import UploadInPieces


def stands_against_submitting(complaint: Complaint) -> str:
    """What a draft lacks before it can be submitted: parts, files, approvals of joint bodies."""
    return " ".join(filter(None, [lacks_a_part(complaint), lacks_an_approval(complaint)]))


def lacks_an_approval(complaint: Complaint) -> str:
    """Which bodies that make it together have not approved it as it stands."""
    waiting = [body.short_name for body in awaited(complaint)]
    return f"{in_a_row(waiting)} must approve this version first." if waiting else ""


def lacks_a_part(complaint: Complaint) -> str:
    """What a draft lacks before it can be submitted. Law: SI 2018/748 reg. 4."""
    return " ".join([part.missing for part in missing_parts(complaint)] + still_coming(complaint))


def still_coming(complaint: Complaint) -> list[str]:
    """A sentence where files are on their way, which a submitted draft could not take in."""
    names = UploadInPieces.objects.coming_to(complaint.key).values_list("original_name", flat=True)
    if not names:
        return []
    shown = in_a_row([f"“{name}”" for name in names])
    return [f"{shown} must arrive first. Wait for it, or cancel it under the evidence."]


def lacks_agreement_that_it_is_eligible(complaint: Complaint) -> str:
    """What stands against accepting it. Law: SI 2018/748 reg. 6(1)."""
    return lacks_agreement(complaint, eligible=True)


def lacks_agreement_that_it_is_not(complaint: Complaint) -> str:
    """What stands against declining it. Law: SI 2018/748 reg. 6(1)."""
    return lacks_agreement(complaint, eligible=False)


def lacks_agreement(complaint: Complaint, *, eligible: bool) -> str:
    """Whose view is missing or differs, or that all hold the opposite."""
    if lacks := lacks_agreement_of_views(complaint):
        return lacks
    opposite = complaint.eligibility_views.exclude(eligible=eligible).exists()
    return "The authorities’ recorded view is the opposite." if opposite else ""


def lacks_agreement_of_views(complaint: Complaint) -> str:
    """Whose view is still missing, or differs, of all the authorities of the regime."""
    views = {view.authority_id: view for view in complaint.eligibility_views.all()}
    authorities = [part.organisation for part in complaint.regime.parts_in_order]
    silent = [one.short_name for one in authorities if one.pk not in views]
    if silent:
        verb = "must each record a view" if len(silent) > 1 else "must record a view"
        return f"{in_a_row(silent)} {verb} of eligibility first."
    if views_differ(complaint):
        return (
            "The authorities’ views differ. It stays open until each records the same view, the "
            "same ground and, where it repeats one, the same super-complaint."
        )
    return ""


def views_differ(complaint: Complaint) -> bool:
    """Whether the views recorded so far do not all say the same, on the same ground and case."""
    views = complaint.eligibility_views.all()
    said = {(view.eligible, view.ground, view.repeats_id) for view in views}
    return len(said) > 1


def in_a_row(names: list[str]) -> str:
    """Names as a sentence lists them."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
