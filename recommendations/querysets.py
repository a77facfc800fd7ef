"""Which recommendations, obligations and responses a membership may see."""

from typing import Any, ClassVar, Self

from django.db.models import Case, Exists, OuterRef, Q, Subquery, When

from accounts.models import PLACEHOLDER_DOMAIN, Membership
from accounts.roles import Action, Scope
from investigations.querysets import OfCaseQuerySet
from recommendations.answering import answerers
from recommendations.states import ObligationStatus, RecommendationStatus


class AnsweredQuerySet(OfCaseQuerySet[Any]):
    """Rows of a case of which an addressee sees its own once they are issued."""

    addressee_path: ClassVar[str]

    def scope_q(self, scope: Scope, membership: Membership) -> Q | None:
        """As for the case; of what is addressed to an organisation, its own."""
        if scope is Scope.ADDRESSED:
            return Q(**{self.addressee_path: membership.organisation_id})
        return super().scope_q(scope, membership)


class RecommendationQuerySet(OfCaseQuerySet[Any]):
    """Recommendations and the authorities' own actions, as the case team sees them."""

    read_actions = (Action.RECOMMENDATION_READ,)
    complaint_path = "complaint"
    case_key_path = "complaint__key"

    def issued(self) -> "RecommendationQuerySet":
        """Those that a published report carries."""
        return self.filter(status=RecommendationStatus.ISSUED)


class ObligationQuerySet(AnsweredQuerySet):
    """Obligations: an addressee sees its own."""

    read_actions = (Action.OBLIGATION_READ,)
    complaint_path = "recommendation__complaint"
    case_key_path = "recommendation__complaint__key"
    addressee_path = "addressee_id"

    def owed(self) -> "ObligationQuerySet":
        """Those still without an answer, of which an answer is known to be awaited."""
        return self.filter(status=ObligationStatus.OPEN, answer_not_known=False)

    def not_closed(self) -> "ObligationQuerySet":
        """Those that nobody has closed, answered or not, of which an answer is awaited."""
        return self.filter(answer_not_known=False).exclude(status=ObligationStatus.CLOSED)

    def with_unsent(self) -> Self:
        """Each with the state of the answer that its addressee has written and not submitted."""
        answers = self.model.responses.rel.related_model.objects.filter(obligation=OuterRef("pk"))
        unsent = answers.filter(submitted_at=None).order_by("-number").values("status")
        return self.annotate(unsent_status=Subquery(unsent[:1]))

    def with_who_is_told(self) -> "ObligationQuerySet":
        """Each with whether its addressee could be told: by an account, or at its mailbox.

        Whoever may be addressed has a mailbox, which may be a placeholder of the reference rows:
        what is sent there reaches nobody.
        """
        here = answerers().filter(organisation=OuterRef("addressee"))
        unreached = Q(addressee__mailbox__endswith=PLACEHOLDER_DOMAIN)
        is_told = Case(When(unreached, then=Exists(here)), default=True)
        told: ObligationQuerySet = self.annotate(is_told=is_told)
        return told


class ResponseQuerySet(AnsweredQuerySet):
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
