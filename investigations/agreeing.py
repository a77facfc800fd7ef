"""What each authority says to a finding, as pages and the report's readiness show it."""

from dataclasses import dataclass

from investigations.models import Finding, FindingAgreement
from investigations.states import FindingStatus


@dataclass(frozen=True)
class Box:
    """One authority's box of the agreement strip."""

    who: str
    words: str
    state: str = ""
    note: str = ""


def strip(finding: Finding) -> list[Box]:
    """One box for each authority of the regime, in the regime's order."""
    standing = finding.agreements.standing().select_related("by__user")
    given = {agreement.authority_id: agreement for agreement in standing}
    parts = finding.investigation.complaint.regime.parts_in_order
    waiting = "Not asked yet" if finding.status == FindingStatus.DRAFT else "Has not agreed yet"
    return [
        _agreed(part.organisation.short_name, given[part.organisation_id])
        if part.organisation_id in given
        else Box(part.organisation.short_name, waiting)
        for part in parts
    ]


def _agreed(who: str, agreement: FindingAgreement) -> Box:
    """The box of an authority that agreed: on which day, and by whom."""
    on = agreement.agreed_at
    note = f"{on.day} {on:%B %Y}, {agreement.by.user.name}"
    return Box(who, "Agrees to this text", "given", note)
