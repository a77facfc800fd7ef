"""Drafts that several bodies make together, reached by the real verbs."""

from typing import Any

from accounts.models import Membership
from accounts.roles import Role
from complaints.models import Complaint, JointInvitation
from complaints.services import joint
from tests.builders.accounts import a_membership, organisation
from tests.builders.complaints import a_complete_draft
from tests.builders.walked import walked_once
from tests.cast import play

DESIGNATED, NOT_DESIGNATED = "hestia", "rcew"


def an_invitation(
    complaint: Complaint, *, to: str = DESIGNATED, by: Membership | None = None
) -> JointInvitation:
    """An invitation that waits for its answer."""
    return joint.invite(complaint, organisation=organisation(to), by=by or play("submitter"))


def joined(complaint: Complaint, *, member: Membership) -> JointInvitation:
    """The accepted invitation of a member's organisation."""
    sent = an_invitation(complaint, to=member.organisation.slug)
    return joint.accept(sent, by=member)


@walked_once
def a_joint_draft(*, members: tuple[Membership, ...] = (), **facts: Any) -> Complaint:
    """A complete draft of CWJ that the members' organisations have joined; Hestia by default."""
    draft = a_complete_draft(**facts)
    for member in members or (play("other_body_submitter"),):
        joined(draft, member=member)
    return draft


def an_approver(at: str = DESIGNATED) -> Membership:
    """A new approver of a body."""
    return a_membership(Role.BODY_APPROVER, at=at)
