"""Making a complaint jointly: the lead body invites, the other answers, either may end it."""

from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Membership, Organisation
from accounts.roles import Action
from audit.events import record
from clock.london import london_day, london_today
from complaints.events import ComplaintEvent as Event
from complaints.models import Complaint, DraftPart, JointBody, JointInvitation
from complaints.services.drafts import changed
from complaints.services.letters import unified
from complaints.services.presence import forget_visits
from complaints.services.submission import name_joint_bodies
from complaints.services.voiding import void, void_of_another_content
from complaints.states import CaseStatus
from documents.models import UploadInPieces
from documents.services.pieces import cancel
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may

PART = "joint"
MAY_JOIN = (Organisation.Kind.DESIGNATED_BODY, Organisation.Kind.OTHER)


def may_be_invited(complaint: Complaint) -> QuerySet[Organisation]:
    """The organisations that the lead body may invite: none twice, and no authority or force.

    One that is not designated may join too, as a co-submitter without a say on submitting.
    """
    living = complaint.invitations.living().values("organisation")
    there = Organisation.objects.filter(kind__in=MAY_JOIN).not_ended_by(london_today())
    others: QuerySet[Organisation] = there.exclude(Q(pk=complaint.lead_body_id) | Q(pk__in=living))
    return others


@act
def invite(complaint: Complaint, *, organisation: Organisation, by: Membership) -> JointInvitation:
    """Invite an organisation to make a draft together; until it accepts, it reads the title alone.

    Law: Police Reform Act 2002 s.29A(1) lets a designated body complain; no provision was found on
    several that complain together.
    Records: complaint:joint_invited. Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_may(by, Action.COMPLAINT_INVITE, complaint)
    refuse_unless_a_draft(complaint)
    if not may_be_invited(complaint).filter(pk=organisation.pk).exists():
        raise ActRefusedError(f"{organisation.name} is invited already, or cannot be invited.")
    complaint.parts.filter(name=PART).delete()
    invited = JointInvitation.objects.create(
        complaint=complaint, organisation=organisation, invited_at=timezone.now(), invited_by=by
    )
    announce(Event.JOINT_INVITED, invited, by)
    return invited


@act
def send_again(invitation: JointInvitation, *, by: Membership) -> JointInvitation:
    """Send an unanswered invitation once more: its days begin anew. Twice on a day is once.

    Records: complaint:joint_invited. Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_may(by, Action.COMPLAINT_INVITE, invitation.complaint)
    refuse_unless_a_draft(invitation.complaint)
    invitation.refresh_from_db()
    if invitation.ended_at or invitation.answered_at:
        raise ActRefusedError("This invitation was answered or taken back. Send a new one.")
    now = timezone.now()
    if london_day(invitation.invited_at) == london_day(now):
        return invitation
    invitation.invited_at, invitation.invited_by = now, by
    invitation.save(update_fields=["invited_at", "invited_by"])
    announce(Event.JOINT_INVITED, invitation, by)
    return invitation


@act
def make_it_alone(complaint: Complaint, *, by: Membership) -> DraftPart:
    """Answer that no other body makes it too, which may be changed by inviting one.

    Records: complaint:draft_changed. Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_may(by, Action.COMPLAINT_INVITE, complaint)
    refuse_unless_a_draft(complaint)
    if complaint.invitations.living().exists():
        raise ActRefusedError("An organisation is invited or has joined. Remove it first.")
    answered = {"finished": True, "saved_at": timezone.now(), "saved_by": by}
    part, _is_new = complaint.parts.update_or_create(name=PART, defaults=answered)
    changed(complaint, by, part=PART)
    return part


@act
def accept(invitation: JointInvitation, *, by: Membership) -> JointInvitation:
    """Join a draft: from now on one's own people read and edit it. Accepting twice is once.

    Records: complaint:joint_accepted. Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_may(by, Action.INVITATION_ANSWER, invitation)
    invitation.refresh_from_db()
    if invitation.accepted and invitation.is_living:
        return invitation
    answer(invitation, accepted=True, by=by)
    name_joint_bodies(invitation.complaint, [invitation.organisation])
    void_of_another_content(invitation.complaint, by=by)
    announce(Event.JOINT_ACCEPTED, invitation, by)
    return invitation


@act
def decline(invitation: JointInvitation, *, by: Membership) -> JointInvitation:
    """Say no to an invitation; the lead body is told, and may invite again.

    Records: complaint:joint_declined. Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_may(by, Action.INVITATION_ANSWER, invitation)
    invitation.refresh_from_db()
    answer(invitation, accepted=False, by=by)
    announce(Event.JOINT_DECLINED, invitation, by)
    return invitation


@act
def leave(invitation: JointInvitation, *, reason: str, by: Membership) -> JointInvitation:
    """Leave a draft that one joined; what was written stays in it, and is not seen any more.

    Records: complaint:joint_left. Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_may(by, Action.INVITATION_ANSWER, invitation)
    invitation.refresh_from_db()
    if not invitation.accepted:
        raise ActRefusedError("Your organisation has not joined this draft.")
    end(invitation, reason, by)
    announce(Event.JOINT_LEFT, invitation, by, reason=invitation.ended_because)
    return invitation


@act
def remove(invitation: JointInvitation, *, reason: str, by: Membership) -> JointInvitation:
    """Take an invitation back, or remove the body that accepted it; that body is told why.

    Records: complaint:joint_removed. Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_may(by, Action.COMPLAINT_INVITE, invitation.complaint)
    invitation.refresh_from_db()
    end(invitation, reason, by)
    announce(Event.JOINT_REMOVED, invitation, by, reason=invitation.ended_because)
    return invitation


def answer(invitation: JointInvitation, *, accepted: bool, by: Membership) -> None:
    """Write down the answer to an invitation that waits for one. Raises: ActRefusedError."""
    if not JointInvitation.objects.waiting().filter(pk=invitation.pk).exists():
        raise ActRefusedError("This invitation is no longer open.")
    if invitation.has_expired(london_today()):
        lead = invitation.complaint.lead_body.name
        raise ActRefusedError(f"This invitation has expired. Ask {lead} to send it again.")
    invitation.accepted = accepted
    invitation.answered_at, invitation.answered_by = timezone.now(), by
    invitation.save(update_fields=["accepted", "answered_at", "answered_by"])


def end(invitation: JointInvitation, reason: str, by: Membership) -> None:
    """Write down that a body is invited or joined no more, and why. Raises: ActRefusedError."""
    refuse_unless_a_draft(invitation.complaint)
    if not invitation.is_living:
        raise ActRefusedError("This organisation is not invited any more.")
    if not unified(reason):
        raise ActRefusedError("Give a reason. The other organisation reads it.")
    invitation.ended_at, invitation.ended_by = timezone.now(), by
    invitation.ended_because = unified(reason)
    invitation.save(update_fields=["ended_at", "ended_by", "ended_because"])
    drop(invitation.complaint, invitation.organisation, by=by)


def drop(complaint: Complaint, body: Organisation, *, by: Membership) -> None:
    """Let a body make a draft no more: its files on the way stop, and no approval outlasts it."""
    JointBody.objects.filter(complaint=complaint, organisation=body).delete()
    forget_visits(complaint, by__organisation=body)
    coming = UploadInPieces.objects.coming_to(complaint.key)
    for upload in coming.filter(begun_by__organisation=body):
        transaction.on_commit(partial(cancel, upload))
    for approval in complaint.approvals.standing().filter(organisation=body):
        void(approval, by=by)
    void_of_another_content(complaint, by=by)


def refuse_unless_a_draft(complaint: Complaint) -> None:
    """Who makes a complaint is settled when it is submitted. Raises: ActRefusedError."""
    complaint.refresh_from_db()
    if complaint.status != CaseStatus.DRAFT:
        raise ActRefusedError(
            "This super-complaint was submitted, so who makes it can’t be changed any more. "
            "Write to the authority that received it."
        )


def announce(event: Event, invitation: JointInvitation, by: Membership, reason: str = "") -> None:
    """Announce a step of an invitation, with the organisation that it is about."""
    told = {"organisation": invitation.organisation.slug, "reason": reason}
    record(event, subject=invitation, by=by, private=None, **told)
