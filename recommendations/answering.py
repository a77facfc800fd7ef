"""Who answers for an addressee here: those who are told of what it owes, and can sign in."""

from django.db.models import QuerySet

from accounts.models import Membership
from accounts.roles import Role

ANSWER_ROLES = (Role.RESPONDER, Role.RESPONSE_APPROVER)


def answerers() -> QuerySet[Membership, Membership]:
    """Responders and approvers who can sign in today, of any addressee."""
    return Membership.objects.current().filter(roles__overlap=list(ANSWER_ROLES))
