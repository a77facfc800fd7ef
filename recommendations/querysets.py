"""Which recommendations, obligations and responses a membership may see."""

from typing import Any, ClassVar, TypeVar

from django.db.models import Model, Q

from accounts.access import ScopedQuerySet, assigned_case_keys
from accounts.models import Membership
from accounts.roles import Action, Scope
from recommendations.states import ObligationStatus, RecommendationStatus

M = TypeVar("M", bound=Model)


class OfCaseQuerySet(ScopedQuerySet[M]):
    """Rows of a case; what is addressed to an organisation is its own once it is issued."""

    complaint_path: ClassVar[str]
    addressee_path: ClassVar[str]

    def scope_q(self, scope: Scope, membership: Membership) -> Q | None:
        """What a scope means for rows of recommendations."""
        match scope:
            case Scope.ALL:
                return Q()
            case Scope.OWN_ORGANISATION:
                regimes = membership.organisation.parts.values("regime_id")
                return Q(**{f"{self.complaint_path}__regime_id__in": regimes})
            case Scope.ASSIGNED:
                return Q(**{f"{self.case_key_path}__in": assigned_case_keys(membership)})
            case Scope.ADDRESSED if self.addressee_path:
                return Q(**{self.addressee_path: membership.organisation_id})
            case _:
                return None


class RecommendationQuerySet(OfCaseQuerySet[Any]):
    """Recommendations and the authorities' own actions, as the case team sees them."""

    read_actions = (Action.RECOMMENDATION_READ,)
    complaint_path = "complaint"
    case_key_path = "complaint__key"
    addressee_path = ""

    def issued(self) -> "RecommendationQuerySet":
        """Those that a published report carries."""
        return self.filter(status=RecommendationStatus.ISSUED)


class ObligationQuerySet(OfCaseQuerySet[Any]):
    """Obligations: an addressee sees its own."""

    read_actions = (Action.OBLIGATION_READ,)
    complaint_path = "recommendation__complaint"
    case_key_path = "recommendation__complaint__key"
    addressee_path = "addressee_id"

    def owed(self) -> "ObligationQuerySet":
        """Those still without an answer, of which an answer is known to be awaited."""
        return self.filter(status=ObligationStatus.OPEN, answer_not_known=False)


class ResponseQuerySet(OfCaseQuerySet[Any]):
    """Responses: the addressee sees its own; the case team sees what was submitted."""

    read_actions = (Action.RESPONSE_READ,)
    complaint_path = "obligation__recommendation__complaint"
    case_key_path = "obligation__recommendation__complaint__key"
    addressee_path = "obligation__addressee_id"

    def scope_q(self, scope: Scope, membership: Membership) -> Q | None:
        """As for its obligation; to the case team only from submission on."""
        reached = super().scope_q(scope, membership)
        if reached is None or scope is Scope.ADDRESSED:
            return reached
        return reached & Q(submitted_at__isnull=False)
