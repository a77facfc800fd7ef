"""Where each organisation stands that was asked to make a complaint jointly."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import Designation, Organisation
from complaints.models import Complaint, JointInvitation, VersionApproval

CO_SUBMITTER = "co-submitter, not designated"


@dataclass(frozen=True)
class Standing:
    """One organisation: the key of its tag, since when, and whether it is designated today.

    `approval` is its latest, whether it stands or not.
    """

    organisation: Organisation
    invitation: JointInvitation
    tag: str
    at: datetime
    designated: bool
    approval: VersionApproval | None = None

    @property
    def has_joined(self) -> bool:
        """Whether it makes the complaint now."""
        return bool(self.invitation.accepted) and self.invitation.is_living

    def is_of(self, organisation: int) -> bool:
        """Whether it is about the organisation of this number."""
        return self.organisation.pk == organisation


def standings(complaint: Complaint, *, on: date, content_sha256: str) -> Iterator[Standing]:
    """Every organisation that was asked, in the order of asking, and how that went.

    Args: `content_sha256` is the hash of the draft as it is now, which an approval is held to.
    """
    designated = designated_bodies(complaint, on=on)
    latest = {one.organisation_id: one for one in complaint.approvals.order_by("approved_at")}
    for one in complaint.invitations.select_related("organisation", "ended_by"):
        tag, at = state_of(one, on)
        approval = latest.get(one.organisation_id) if tag == "joined" else None
        is_designated = one.organisation_id in designated
        if tag == "joined" and is_designated:
            tag, at = approved_or_not(approval, content_sha256, joined_at=at)
        yield Standing(one.organisation, one, tag, at, is_designated, approval)


def approved_or_not(
    approval: VersionApproval | None, content_sha256: str, *, joined_at: datetime
) -> tuple[str, datetime]:
    """Whether a body's latest approval is of the draft as it is now."""
    if approval is None or approval.approved_at < joined_at:
        return "to_approve", joined_at
    stands = approval.voided_at is None and approval.content_sha256 == content_sha256
    return ("approved" if stands else "outdated"), approval.approved_at


def state_of(one: JointInvitation, on: date) -> tuple[str, datetime]:
    """The last step of an invitation, and when it was taken; an expired one was sent then."""
    if one.ended_at and one.ended_by:
        own = one.ended_by.organisation_id == one.organisation_id
        return ("left" if own else "removed"), one.ended_at
    if one.answered_at:
        return ("joined" if one.accepted else "declined"), one.answered_at
    return ("expired" if one.has_expired(on) else "invited"), one.invited_at


def designated_bodies(complaint: Complaint, *, on: date) -> frozenset[int]:
    """The bodies designated in the complaint's regime on a day."""
    standing = Designation.objects.on(on).filter(regime=complaint.regime_id)
    return frozenset(standing.values_list("organisation_id", flat=True))


def makers_beside_the_lead(complaint: Complaint) -> list[str]:
    """The organisations that make it together with the lead body, and which are no such bodies."""
    joined = complaint.joints.select_related("organisation").order_by("organisation__name")
    return [
        one.organisation.name if one.designated else f"{one.organisation.name} ({CO_SUBMITTER})"
        for one in joined
    ]


def makes_it_as_designated(complaint: Complaint, organisation: int) -> bool:
    """Whether an organisation makes it as the designated body that it was on the day."""
    joined = complaint.joints.filter(organisation=organisation, designated=True)
    return complaint.lead_body_id == organisation or joined.exists()
