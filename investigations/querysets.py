"""Which parts of an investigation a membership may see: those of the cases it may work on."""

from typing import Any, ClassVar, Self, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from accounts.access import ScopedQuerySet, assigned_case_keys
from accounts.models import Membership, RegimeAuthority, Wall
from accounts.roles import Action, Role, Scope
from documents.states import ScanState
from investigations.states import LED, Bearing, EvidenceStatus, Sensitivity

M = TypeVar("M", bound=Model)


class OfCaseQuerySet(ScopedQuerySet[M]):
    """Rows of a case, reached through `complaint_path`, by the scope of the case itself.

    An authority decides the rows of cases of its regime; a designated body has no path to them:
    it sees what was sent to it, and nothing else.
    """

    complaint_path: ClassVar[str]

    def scope_q(self, scope: Scope, membership: Membership) -> Q | None:
        """What a scope means for rows of an investigation."""
        match scope:
            case Scope.ALL:
                return Q()
            case Scope.DECIDED:
                decides = RegimeAuthority.objects.filter(organisation_id=membership.organisation_id)
                regimes = decides.values("regime_id")
                return Q(**{f"{self.complaint_path}__regime_id__in": regimes})
            case Scope.ASSIGNED:
                keys = assigned_case_keys(membership)
                return Q(**{f"{self.case_key_path}__in": keys})
            case _:
                return None

    def of_case(self, complaint: Model) -> Self:
        """The rows of one case."""
        return self.filter(**{self.complaint_path: complaint})


class InvestigationQuerySet(OfCaseQuerySet[Any]):
    """Investigations."""

    read_actions = (Action.EVIDENCE_READ, Action.FINDING_READ)
    complaint_path = "complaint"
    case_key_path = "complaint__key"

    def led(self) -> Self:
        """Those whose lead is there to lead, of cases that still need one."""
        return self.filter(_lead_stands(), complaint__status__in=LED)

    def leaderless(self) -> Self:
        """Those whose lead has left, leads no more or is walled off, of cases that need one."""
        return self.filter(~_lead_stands(), complaint__status__in=LED)


def _lead_stands() -> Q:
    """Whether the one named as lead can act as the lead of the case."""
    standing = Membership.objects.current().with_role(Role.LEAD_INVESTIGATOR)
    walled = Wall.objects.filter(
        user=OuterRef("lead__user"), case_key=OuterRef("complaint__key"), lifted_at=None
    )
    return Q(Exists(standing.filter(pk=OuterRef("lead")))) & ~Q(Exists(walled))


class LineQuerySet(OfCaseQuerySet[Any]):
    """Lines of enquiry."""

    read_actions = (Action.EVIDENCE_READ,)
    complaint_path = "investigation__complaint"
    case_key_path = "investigation__complaint__key"

    def asked(self) -> Self:
        """Those that were not dropped."""
        return self.filter(dropped_at=None)


class EvidenceQuerySet(OfCaseQuerySet[Any]):
    """Evidence items; one that is restricted exists for the people named for it alone."""

    read_actions = (Action.EVIDENCE_READ,)
    complaint_path = "investigation__complaint"
    case_key_path = "investigation__complaint__key"

    def scope_q(self, scope: Scope, membership: Membership) -> Q | None:
        """As for the case; of restricted items, those that name this person."""
        reached = super().scope_q(scope, membership)
        if reached is None:
            return None
        grants = self.model.reading_grants.rel.related_model.objects
        named = grants.filter(user=membership.user_id).values("content_object")
        return reached & (~Q(sensitivity=Sensitivity.RESTRICTED) | Q(pk__in=named))

    def with_words(self, words: str) -> Self:
        """Those whose title or source contains the words as they stand."""
        return self.filter(Q(title__icontains=words) | Q(source__icontains=words))

    def unlinked(self) -> Self:
        """Those still relied on that bear on no finding yet."""
        return self.relied_on().filter(ties=None)

    def relied_on(self) -> Self:
        """Those neither set aside nor superseded."""
        return self.exclude(status__in=[EvidenceStatus.NOT_RELIED_ON, EvidenceStatus.SUPERSEDED])

    def screened(self) -> Self:
        """Those free of viruses that a person looked through: what a report may rely on."""
        return self.filter(status=EvidenceStatus.SCREENED, file__scan_state=ScanState.CLEAN)

    def supporting(self, finding: Model | OuterRef) -> Self:
        """Those relied on, and not infected, that support a finding, or each of an outer query."""
        # One filter: a tie of this finding that supports, never a support of another finding.
        tied = self.filter(ties__finding=finding, ties__bearing=Bearing.SUPPORTS)
        return tied.relied_on().exclude(file__scan_state=ScanState.QUARANTINED)


class FindingQuerySet(OfCaseQuerySet[Any]):
    """Findings."""

    read_actions = (Action.FINDING_READ,)
    complaint_path = "investigation__complaint"
    case_key_path = "investigation__complaint__key"


class AgreementQuerySet(QuerySet[Any]):
    """Agreements of authorities to a finding."""

    def standing(self) -> Self:
        """Those that no later edit has voided."""
        return self.filter(voided_at=None)


class ProgressReportQuerySet(OfCaseQuerySet[Any]):
    """Progress reports, as the investigators see them."""

    read_actions = (Action.COMPLAINT_READ,)
    complaint_path = "investigation__complaint"
    case_key_path = "investigation__complaint__key"
