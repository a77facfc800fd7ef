"""Opening the investigation of a complaint that was found eligible."""

from collections.abc import Iterable

from accounts.models import Membership, Organisation
from accounts.roles import Action
from complaints.models import Complaint
from complaints.workflow import CASE
from investigations.models import Investigation
from investigations.services.team import check_may_lead, join
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may


@act
def open_investigation(
    complaint: Complaint,
    *,
    lead_authority: Organisation,
    lead: Membership,
    by: Membership,
    members: Iterable[Membership] = (),
) -> Investigation:
    """Begin the joint investigation, led by one authority, with its first team.

    Law: SI 2018/748 reg. 6(5). Which authority leads is the authorities' own choice.
    Records: complaint:investigation_opened, and team:joined for each member.
    Raises: PermissionDenied, TransitionRefusedError unless the complaint is eligible,
    ActRefusedError when the lead does not belong to the lead authority.
    """
    refuse_unless_may(by, Action.INVESTIGATION_OPEN, complaint)
    complaint.refresh_from_db()
    CASE.check("open_investigation", complaint)
    _check_authority(complaint, lead_authority)
    check_may_lead(lead, lead_authority=lead_authority)
    investigation = Investigation.objects.create(
        complaint=complaint, lead_authority=lead_authority, lead=lead, opened_by=by
    )
    for member in dict.fromkeys([lead, *members]):
        join(investigation, member=member, by=by)
    CASE.apply("open_investigation", complaint, by=by, lead_authority=lead_authority.short_name)
    return investigation


def _check_authority(complaint: Complaint, lead_authority: Organisation) -> None:
    """The lead authority is one of those that decide in the regime."""
    if not complaint.regime.authorities.filter(pk=lead_authority.pk).exists():
        raise ActRefusedError(
            f"{lead_authority} does not decide in this regime. Choose one of its authorities."
        )
