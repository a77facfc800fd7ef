"""Who can read here what is sent to the bodies: those who are told of it, and can sign in."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from accounts.models import Membership, Organisation
from accounts.roles import Role
from complaints.models import Complaint

BODY_ROLES = (Role.SUBMITTER, Role.BODY_APPROVER)


def readers() -> QuerySet[Membership, Membership]:
    """Submitters and approvers who can sign in today, of any body."""
    return Membership.objects.current().filter(roles__overlap=list(BODY_ROLES))


def readers_at(bodies: Iterable[Any]) -> QuerySet[Membership, Membership]:
    """Those of some bodies who are told of what is sent to these."""
    return readers().filter(organisation__in=bodies).select_related("user").distinct()


def unread_body(complaint: Complaint) -> Organisation | None:
    """The body to which our letters go, where nobody there can read them here."""
    return None if readers_at([complaint.lead_body_id]).exists() else complaint.lead_body
