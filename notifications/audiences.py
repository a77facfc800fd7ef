"""Who is meant: the people behind a name such as “the body” or “the case team”.

Each audience answers with memberships. Whoever stands behind a wall is left out of every one, and
nobody is told of a case that they could not open.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import CaseTeam, Membership, Organisation, RegimeAuthority, Wall
from accounts.roles import Role
from complaints.models import Complaint, Conversation, JointInvitation, VersionApproval
from complaints.readers import BODY_ROLES, readers_at
from complaints.services.authorities import receiving_authority
from documents.models import StoredFile
from recommendations.answering import answerers
from recommendations.models import Obligation

People = QuerySet[Membership, Membership]
Audience = Callable[[str, str], People]


def body(case_key: str, _subject: str) -> People:
    """Submitters and approvers of the bodies that make the complaint."""
    complaint = case_of(case_key)
    joint = complaint.joint_bodies.values("pk")
    at = Membership.objects.filter(organisation__in=[complaint.lead_body_id])
    return _of_roles(at | Membership.objects.filter(organisation__in=joint), BODY_ROLES)


def receipt_bodies(case_key: str, subject: str) -> People:
    """Those of the bodies that make it; the one that leads a registered letter is asked instead."""
    registered = Complaint.objects.filter(key=case_key, confirmation__isnull=False)
    return body(case_key, subject).exclude(organisation__in=registered.values("lead_body"))


def designated_makers(case_key: str, _subject: str) -> People:
    """The same of those bodies that were designated on the day: the report is sent to them."""
    complaint = case_of(case_key)
    joined = complaint.joints.filter(designated=True).values("organisation")
    at = Membership.objects.filter(
        Q(organisation=complaint.lead_body_id) | Q(organisation__in=joined)
    )
    return _of_roles(at, BODY_ROLES)


def invited(_case_key: str, subject: str) -> People:
    """Submitters and approvers of the organisation that an invitation to join is meant for."""
    asked = JointInvitation.objects.filter(pk=int(subject.partition(":")[2]))
    at = Membership.objects.filter(organisation__in=asked.values("organisation"))
    return _of_roles(at, BODY_ROLES)


def approver_body(_case_key: str, subject: str) -> People:
    """Submitters and approvers of the body that gave an approval."""
    given = VersionApproval.objects.filter(pk=int(subject.partition(":")[2]))
    at = Membership.objects.filter(organisation__in=given.values("organisation"))
    return _of_roles(at, BODY_ROLES)


def lead_body(case_key: str, _subject: str) -> People:
    """Submitters and approvers of the body that leads the complaint."""
    return readers_at([case_of(case_key).lead_body_id])


def intake(case_key: str, _subject: str) -> People:
    """Intake officers of the authority that receives complaints of the regime."""
    receives = receiving_authority(case_of(case_key).regime).organisation_id
    return _of_roles(Membership.objects.filter(organisation=receives), (Role.INTAKE_OFFICER,))


def conversation_desk(_case_key: str, subject: str) -> People:
    """Intake officers of the authority with which a body talks before it submits."""
    of = Conversation.objects.select_related("regime").filter(pk=int(subject.partition(":")[2]))
    receives = [receiving_authority(one.regime).organisation_id for one in of]
    return _of_roles(Membership.objects.filter(organisation__in=receives), (Role.INTAKE_OFFICER,))


def conversation_body(_case_key: str, subject: str) -> People:
    """Submitters and approvers of the body that talks before it submits."""
    of = Conversation.objects.filter(pk=int(subject.partition(":")[2]))
    return _of_roles(Membership.objects.filter(organisation__in=of.values("body")), BODY_ROLES)


def deciders(case_key: str, _subject: str) -> People:
    """Decision-makers of every authority of the regime."""
    authorities = case_of(case_key).regime.parts.values("organisation")
    at = Membership.objects.filter(organisation__in=authorities)
    return _of_roles(at, (Role.DECISION_MAKER,))


def receiving_deciders(case_key: str, _subject: str) -> People:
    """Decision-makers of the authority that receives and publishes."""
    receives = receiving_authority(case_of(case_key).regime).organisation_id
    return _of_roles(Membership.objects.filter(organisation=receives), (Role.DECISION_MAKER,))


def leads(case_key: str, subject: str) -> People:
    """Lead investigators on the case team, or who receives and decides, while it has none."""
    on_team = _of_roles(_team(case_key), (Role.LEAD_INVESTIGATOR,))
    if outside_walls(on_team, case_key).exists():
        return on_team
    return receiving_deciders(case_key, subject)


def team(case_key: str, _subject: str) -> People:
    """Lead investigators and investigators on the case team."""
    return _of_roles(_team(case_key), (Role.LEAD_INVESTIGATOR, Role.INVESTIGATOR))


def addressee(_case_key: str, subject: str) -> People:
    """Responders and approvers of the organisation that owes the answer."""
    obligation = obligation_of(subject)
    return people_of(obligation.addressee) if obligation else Membership.objects.none()


def obligation_of(subject: str) -> Obligation | None:
    """What an addressee owes, by its label in the record."""
    beside = ("addressee", "recommendation__complaint__regime")
    owed: QuerySet[Obligation, Obligation] = Obligation.objects.select_related(*beside)
    return owed.filter(pk=int(subject.partition(":")[2])).first()


def people_of(organisation: Organisation) -> People:
    """Those who answer for an addressee, or approve its answers."""
    return answerers().filter(organisation=organisation).select_related("user").distinct()


def sender(_case_key: str, subject: str) -> People:
    """Whoever sent a file, at the organisation for which they sent it."""
    files = StoredFile.objects.filter(pk=int(subject.partition(":")[2]))
    return _standing(Membership.objects.filter(pk__in=files.values("uploaded_by")))


def administrators(_case_key: str, _subject: str) -> People:
    """Administrators."""
    return _of_roles(Membership.objects.all(), (Role.ADMINISTRATOR,))


def deciding_authorities() -> People:
    """Those who decide for an authority of any regime."""
    deciding = RegimeAuthority.objects.values("organisation")
    people = Membership.objects.filter(organisation__in=deciding)
    return _of_roles(people, (Role.DECISION_MAKER,))


def outside_walls(people: People, case_key: str) -> People:
    """Those between whom and the case no wall stands."""
    walled = Wall.objects.filter(case_key=case_key, lifted_at=None)
    return people.exclude(user__in=walled.values("user"))


def case_of(case_key: str) -> Complaint:
    """The case of a chain of the record, with its scheme."""
    complaint: Complaint = Complaint.objects.select_related("regime").get(key=case_key)
    return complaint


def _team(case_key: str) -> QuerySet[Membership, Membership]:
    """The memberships of a case's team: the person and their organisation must both fit."""
    teams: QuerySet[CaseTeam, Any] = CaseTeam.objects.filter(case_key=case_key)
    on: QuerySet[Membership, Membership] = Membership.objects.none()
    for one in teams:
        on = on | Membership.objects.filter(
            organisation=one.organisation_id, user__groups=one.group_id
        )
    return on


def _of_roles(people: QuerySet[Membership, Membership], roles: tuple[Role, ...]) -> People:
    return _standing(people.filter(roles__overlap=list(roles))).distinct()


def _standing(people: QuerySet[Membership, Membership]) -> People:
    """Those who are still there to be written to."""
    return people.filter(ended_at=None, user__is_active=True).select_related("user")
