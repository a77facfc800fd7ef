"""Which complaints a membership may see and act on, and the named filters of lists."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from accounts.access import ScopedQuerySet, assigned_case_keys
from accounts.models import Membership, RegimeAuthority
from accounts.roles import Action, Scope
from complaints.states import CaseStatus, Origin


class ComplaintQuerySet(ScopedQuerySet[Any]):
    """Complaints to read; every page and list starts from `visible_to`."""

    read_actions = (Action.COMPLAINT_READ, Action.COMPLAINT_TRACK)
    case_key_path = "key"

    def scope_q(self, scope: Scope, membership: Membership) -> Q | None:
        """What a scope means for complaints.

        An organisation's own are those that it makes. An authority decides those of its regime;
        of these, a body's unfinished draft is nobody's business. Of those that several bodies
        make, one leads. A deleted draft is nobody's; `deleted_of` finds it to restore it.
        """
        match scope:
            case Scope.ALL:
                return Q()
            case Scope.OWN_ORGANISATION:
                return self._made_by(membership)
            case Scope.DECIDED:
                return _decided_by(membership)
            case Scope.LED:
                return Q(lead_body_id=membership.organisation_id, deleted_at=None)
            case Scope.ASSIGNED:
                return Q(key__in=Subquery(assigned_case_keys(membership)))
            case _:
                return None

    def _made_by(self, membership: Membership) -> Q:
        """Complaints that this organisation makes, alone or jointly; an invitation is none yet."""
        joined = self.model.joint_bodies.through.objects.filter(
            organisation_id=membership.organisation_id
        )
        leads = Q(lead_body_id=membership.organisation_id)
        return (leads | Q(pk__in=joined.values("complaint_id"))) & Q(deleted_at=None)

    def deleted_of(self, membership: Membership, *, since: datetime) -> "ComplaintQuerySet":
        """The drafts led by a membership's organisation that were deleted since an instant."""
        led = self.outside_walls(membership).filter(lead_body_id=membership.organisation_id)
        return led.filter(deleted_at__gt=since).order_by("-deleted_at")

    def submitted(self) -> "ComplaintQuerySet":
        """All that have left the draft."""
        return self.exclude(status=CaseStatus.DRAFT)

    def live(self) -> "ComplaintQuerySet":
        """Neither finished nor unfinished: under assessment, investigation or report."""
        return self.filter(
            status__in=[
                CaseStatus.SUBMITTED,
                CaseStatus.ELIGIBLE,
                CaseStatus.INVESTIGATING,
                CaseStatus.REPORTING,
                CaseStatus.SEALED,
            ]
        )

    def of_which_to_consider(self) -> "ComplaintQuerySet":
        """Live, ours to consider, and without a sealed report: what others made is history."""
        return self.live().exclude(status=CaseStatus.SEALED).exclude(origin=Origin.IMPORT)

    def awaiting_acknowledgement(self) -> "ComplaintQuerySet":
        """Received, and not yet acknowledged. Law: SI 2018/748 reg. 5."""
        return self.live().filter(acknowledgement=None).exclude(origin=Origin.IMPORT)

    def asked_to_confirm(self) -> "ComplaintQuerySet":
        """Registered from a letter, and the body has not said whether it is its own."""
        return self.filter(
            confirmation__isnull=False,
            confirmation__confirmed_at=None,
            confirmation__disowned_at=None,
        )


def _decided_by(membership: Membership) -> Q:
    """Complaints of the regimes in which this organisation decides, once they have begun."""
    decides = RegimeAuthority.objects.filter(
        regime=OuterRef("regime"), organisation_id=membership.organisation_id
    )
    begun = ~Q(status=CaseStatus.DRAFT) | Q(origin=Origin.LETTER)
    return Q(Exists(decides)) & begun


class ConversationQuerySet(ScopedQuerySet[Any]):
    """Conversations before a submission: the body's own, and the receiving authority's."""

    read_actions = (Action.CONTACT_WRITE,)

    def scope_q(self, scope: Scope, membership: Membership) -> Q | None:
        """What a scope means for conversations."""
        match scope:
            case Scope.ALL:
                return Q()
            case Scope.OWN_ORGANISATION:
                return Q(body_id=membership.organisation_id)
            case Scope.DECIDED:
                receives = RegimeAuthority.objects.filter(
                    organisation_id=membership.organisation_id, receives_and_publishes=True
                )
                return Q(regime__in=receives.values("regime"))
            case _:
                return None

    def outside_walls(self, membership: Membership) -> "ConversationQuerySet":
        """All of them: a wall stands before a case, and this is none."""
        return self


class JointInvitationQuerySet(ScopedQuerySet[Any]):
    """Invitations to make a complaint jointly: those one's organisation sent, or was sent."""

    read_actions = (Action.INVITATION_ANSWER, Action.COMPLAINT_INVITE)
    case_key_path = "complaint__key"

    def scope_q(self, scope: Scope, membership: Membership) -> Q | None:
        """What a scope means for invitations."""
        match scope:
            case Scope.ALL:
                return Q()
            case Scope.OWN_ORGANISATION:
                return Q(organisation_id=membership.organisation_id, complaint__deleted_at=None)
            case Scope.LED:
                led = Q(complaint__lead_body_id=membership.organisation_id)
                return led & Q(complaint__deleted_at=None)
            case _:
                return None

    def living(self) -> "JointInvitationQuerySet":
        """Those that wait for an answer, or were accepted and have not ended."""
        return self.filter(ended_at=None).exclude(accepted=False)

    def waiting(self) -> "JointInvitationQuerySet":
        """Those without an answer: a complaint that was submitted is joined no more."""
        unanswered = self.filter(ended_at=None, accepted=None)
        return unanswered.filter(complaint__status=CaseStatus.DRAFT)

    def answerable(self, on: date) -> "JointInvitationQuerySet":
        """Of those that wait, the ones that have not expired."""
        first = on - timedelta(days=settings.JOINT_INVITATION_DAYS)
        return self.waiting().filter(invited_at__date__gte=first)


class VersionApprovalQuerySet(models.QuerySet[Any]):
    """Approvals of a draft; they are read through the draft that they are of."""

    def standing(self) -> "VersionApprovalQuerySet":
        """Those that no change has voided."""
        return self.filter(voided_at=None)


class SupportingDocumentQuerySet(models.QuerySet[Any]):
    """The evidence of a complaint that its own pages read."""

    def listed(self) -> Self:
        """As a list shows it, with the file and the feature of each."""
        return self.select_related("file", "feature")

    def not_described(self) -> Self:
        """Of which nobody says what it shows."""
        return self.filter(shows="")

    def with_questions_open(self) -> Self:
        """With a question that has no answer: `SupportingDocument.unanswered` of one row."""
        return self.filter(Q(shows="") | Q(seen_by="") | Q(has_personal_data=None))


class MessageFileQuerySet(models.QuerySet[Any]):
    """The files of messages."""

    def with_the_same(self) -> Self:
        """Each with the evidence of its case that has the same bytes, or when they came first."""
        case = OuterRef("message__complaint")
        evidence = apps.get_model("complaints.SupportingDocument")._default_manager.filter(
            complaint=case, file_sha256=OuterRef("file__sha256")
        )
        earlier = self.model._default_manager.filter(
            message__complaint=case, file__sha256=OuterRef("file__sha256"), pk__lt=OuterRef("pk")
        )
        return self.select_related("file").annotate(
            same_evidence=Subquery(evidence.values("number")[:1]),
            sent_first_at=Subquery(earlier.order_by("pk").values("message__sent_at")[:1]),
        )
