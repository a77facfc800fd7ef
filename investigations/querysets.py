"""Which parts of an investigation a membership may see: those of the cases it may work on."""

from typing import Any, ClassVar, Self, TypeVar

from django.db.models import Model, Q

from accounts.access import ScopedQuerySet, assigned_case_keys
from accounts.models import Membership
from accounts.roles import Action, Scope

M = TypeVar("M", bound=Model)


class OfCaseQuerySet(ScopedQuerySet[M]):
    """Rows of a case, reached through `complaint_path`, by the scope of the case itself.

    An authority's own are the rows of cases in whose regime it decides; a designated body has
    no path to them: it sees what was sent to it, and nothing else.
    """

    complaint_path: ClassVar[str]

    def scope_q(self, scope: Scope, membership: Membership) -> Q | None:
        """What a scope means for rows of an investigation."""
        match scope:
            case Scope.ALL:
                return Q()
            case Scope.OWN_ORGANISATION:
                regimes = membership.organisation.parts.values("regime_id")
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


class EvidenceQuerySet(OfCaseQuerySet[Any]):
    """Evidence items."""

    read_actions = (Action.EVIDENCE_READ,)
    complaint_path = "investigation__complaint"
    case_key_path = "investigation__complaint__key"


class FindingQuerySet(OfCaseQuerySet[Any]):
    """Findings."""

    read_actions = (Action.FINDING_READ,)
    complaint_path = "investigation__complaint"
    case_key_path = "investigation__complaint__key"


class ProgressReportQuerySet(OfCaseQuerySet[Any]):
    """Progress reports, as the investigators see them."""

    read_actions = (Action.COMPLAINT_READ,)
    complaint_path = "investigation__complaint"
    case_key_path = "investigation__complaint__key"
