"""Where each organisation stands that was asked to make a complaint jointly."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import Designation, Organisation
from complaints.models import Complaint, JointInvitation


@dataclass(frozen=True)
class Standing:
    """One organisation: the key of its tag, since when, and whether it is designated today."""

    organisation: Organisation
    invitation: JointInvitation
    tag: str
    at: datetime
    designated: bool

    def is_of(self, organisation: int) -> bool:
        """Whether it is about the organisation of this number."""
        return self.organisation.pk == organisation


def standings(complaint: Complaint, *, on: date) -> Iterator[Standing]:
    """Every organisation that was asked, in the order of asking, and how that went."""
    designated = designated_bodies(complaint, on=on)
    for one in complaint.invitations.select_related("organisation", "ended_by"):
        tag, at = state_of(one)
        is_designated = one.organisation_id in designated
        yield Standing(one.organisation, one, tag, at, designated=is_designated)


def state_of(one: JointInvitation) -> tuple[str, datetime]:
    """The last step of an invitation, and when it was taken."""
    if one.ended_at and one.ended_by:
        own = one.ended_by.organisation_id == one.organisation_id
        return ("left" if own else "removed"), one.ended_at
    if one.answered_at:
        return ("joined" if one.accepted else "declined"), one.answered_at
    return "invited", one.invited_at


def designated_bodies(complaint: Complaint, *, on: date) -> frozenset[int]:
    """The bodies designated in the complaint's regime on a day."""
    standing = Designation.objects.on(on).filter(regime=complaint.regime_id)
    return frozenset(standing.values_list("organisation_id", flat=True))
