"""Who works on an investigation: the page's own list, and the grant that makes it true."""

from django.utils import timezone

from accounts.models import Membership, Organisation
from accounts.roles import Action, Role
from accounts.services.teams import add_to_team, remove_from_team
from audit.events import record
from investigations.events import InvestigationEvent
from investigations.models import CustodyEvent, Investigation, TeamMember
from investigations.services import gate
from investigations.services.custody import grant_reading, note_custody
from investigations.states import LED, Sensitivity
from workflow.acts import act
from workflow.errors import ActRefusedError

READER_NAMED = CustodyEvent.Kind.READER_NAMED


@act
def add_member(
    investigation: Investigation, *, membership: Membership, by: Membership
) -> TeamMember:
    """Put a person on the case team; adding somebody who is on it changes nothing.

    Records: team:joined. Raises: PermissionDenied, ActRefusedError.
    """
    gate.check(investigation, Action.TEAM_CHANGE, by=by)
    return join(investigation, member=membership, by=by)


@act
def remove_member(investigation: Investigation, *, membership: Membership, by: Membership) -> None:
    """Take a person off the case team; what they wrote stays.

    Records: team:left. Raises: PermissionDenied, ActRefusedError for the lead, who is replaced and
    not removed.
    """
    gate.check(investigation, Action.TEAM_CHANGE, by=by)
    if membership.pk == investigation.lead_id:
        raise ActRefusedError(
            f"{membership} leads this investigation. Name another lead before removing them."
        )
    remove_from_team(investigation.complaint, member=membership, by=by)
    standing = investigation.team_members.filter(membership=membership, removed_at=None)
    standing.update(removed_at=timezone.now())


@act
def change_lead(investigation: Investigation, *, lead: Membership, by: Membership) -> Investigation:
    """Hand the lead to another lead investigator of the authority that leads, until it is closed.

    Records: investigation:lead_changed. Raises: PermissionDenied, ActRefusedError.
    """
    gate.check(investigation, Action.TEAM_CHANGE, by=by, while_=LED)
    check_may_lead(lead, lead_authority=investigation.lead_authority)
    join(investigation, member=lead, by=by)
    investigation.lead = lead
    investigation.save(update_fields=["lead"])
    for restricted in investigation.evidence.filter(sensitivity=Sensitivity.RESTRICTED):
        grant_reading(restricted, lead)
        note_custody(restricted, READER_NAMED, by=by, note=f"{lead}: leads the investigation")
    record(InvestigationEvent.LEAD_CHANGED, subject=investigation, by=by, membership=lead.pk)
    return investigation


def check_may_lead(lead: Membership, *, lead_authority: Organisation) -> None:
    """Refuse a lead who is not at the authority that leads, or does not lead there.

    Raises: ActRefusedError.
    """
    if lead.organisation_id != lead_authority.pk:
        raise ActRefusedError(
            f"{lead} is not at {lead_authority.short_name}. "
            "Choose a lead investigator of the authority that leads."
        )
    if not lead.has_role(Role.LEAD_INVESTIGATOR):
        raise ActRefusedError(
            f"{lead} is not a lead investigator. Choose somebody who is, or give them the role."
        )


def join(investigation: Investigation, *, member: Membership, by: Membership) -> TeamMember:
    """Grant the case to the person's team, and list them."""
    add_to_team(investigation.complaint, member=member, by=by)
    standing, _is_new = TeamMember.objects.get_or_create(
        investigation=investigation,
        membership=member,
        removed_at=None,
        defaults={"added_by": by},
    )
    return standing
