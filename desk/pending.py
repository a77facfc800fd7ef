"""What needs me: the open work of each room, asked afresh, never stored.

A row of `SOURCES` is one kind of work: who does it (an action of the matrix), and the query that
finds it. A kind that the roles of a membership do not know costs no query.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.access import scopes
from accounts.models import Membership, RegimeAuthority
from accounts.roles import Action
from complaints.models import Complaint, EligibilityView
from complaints.states import CaseStatus
from investigations.models import Finding
from investigations.states import FindingStatus
from publication.models import (
    Release,
    ReleaseApproval,
    Report,
    ReportSection,
    SectionSignOff,
)
from publication.states import ReleaseKind, ReportStatus

SHOWN_OF_EACH = 50


@dataclass(frozen=True)
class Work:
    """One thing to do: the verb, the case, and the page where it is done."""

    verb: str
    reference: str
    title: str
    case_key: str
    page: str
    arguments: tuple[Any, ...]
    fictional: bool
    has_clock: bool


@dataclass(frozen=True)
class Source:
    """One kind of work: its action, its query, and how a row of it reads."""

    verb: str
    action: Action
    page: str
    rows: Callable[[Membership], QuerySet[Any, Any]]
    complaint: Callable[[Any], Complaint]
    more_arguments: Callable[[Any], tuple[Any, ...]] = lambda _row: ()
    has_clock: bool = False
    # Where the rows of one kind have another page.
    page_of: Mapping[str, str] = field(default_factory=dict)


def pending(membership: Membership) -> Iterator[Work]:
    """All that waits for this membership, source by source."""
    for source in SOURCES:
        if scopes(membership, source.action):
            for row in source.rows(membership)[:SHOWN_OF_EACH]:
                complaint = source.complaint(row)
                yield Work(
                    verb=source.verb,
                    reference=complaint.reference,
                    title=complaint.title,
                    case_key=complaint.key,
                    page=source.page_of.get(getattr(row, "kind", ""), source.page),
                    arguments=(complaint.reference, *source.more_arguments(row)),
                    fictional=complaint.fictional,
                    has_clock=source.has_clock,
                )


def told_oldest_first(rows: QuerySet[Complaint, Any]) -> QuerySet[Complaint, Any]:
    """What a line of work says of a complaint, the longest waiting first, in an index's order."""
    told = rows.only("key", "reference", "title", "fictional")
    return told.order_by(F("received_on").asc(nulls_first=True), "pk")


def to_acknowledge(membership: Membership) -> QuerySet[Complaint, Any]:
    """Received and not acknowledged. Law: SI 2018/748 reg. 5."""
    rows = Complaint.objects.for_action(membership, Action.COMPLAINT_ACKNOWLEDGE)
    return told_oldest_first(rows.awaiting_acknowledgement())


def to_view(membership: Membership) -> QuerySet[Complaint, Any]:
    """Submitted, and my authority has not recorded its view of eligibility."""
    rows = Complaint.objects.for_action(membership, Action.ELIGIBILITY_RECORD_VIEW)
    mine = Q(eligibility_views__authority=membership.organisation_id)
    return told_oldest_first(rows.filter(status=CaseStatus.SUBMITTED).exclude(mine))


def to_decide(membership: Membership) -> QuerySet[Complaint, Any]:
    """Every authority of the regime has recorded its view, and the decision is open."""
    rows = Complaint.objects.for_action(membership, Action.ELIGIBILITY_DECIDE)
    viewed = EligibilityView.objects.filter(complaint=OuterRef(OuterRef("pk")))
    authorities = RegimeAuthority.objects.filter(regime=OuterRef("regime"))
    silent = authorities.exclude(organisation__in=viewed.values("authority"))
    return told_oldest_first(rows.filter(~Exists(silent), status=CaseStatus.SUBMITTED))


def to_open(membership: Membership) -> QuerySet[Complaint, Any]:
    """Eligible, and not yet under investigation."""
    rows = Complaint.objects.for_action(membership, Action.INVESTIGATION_OPEN)
    return told_oldest_first(rows.filter(status=CaseStatus.ELIGIBLE))


def to_agree(membership: Membership) -> QuerySet[Finding, Any]:
    """Proposed findings to which my authority has no standing agreement."""
    rows = Finding.objects.for_action(membership, Action.FINDING_AGREE)
    agreed = rows.filter(
        agreements__authority=membership.organisation_id, agreements__voided_at=None
    )
    return (
        rows.filter(status=FindingStatus.PROPOSED)
        .exclude(pk__in=agreed.values("pk"))
        .select_related("investigation__complaint")
        .order_by("pk")
    )


def to_sign_off(membership: Membership) -> QuerySet[Report, Any]:
    """Reports in sign-off of which a section lacks my authority's standing sign-off."""
    signed = SectionSignOff.objects.filter(
        section=OuterRef("pk"), authority=membership.organisation_id, voided_at=None
    )
    lacking = ReportSection.objects.filter(~Exists(signed), report=OuterRef("pk"))
    rows = Report.objects.for_action(membership, Action.REPORT_SIGN_OFF)
    return (
        rows.filter(Exists(lacking), status=ReportStatus.IN_SIGN_OFF)
        .select_related("complaint")
        .order_by("pk")
    )


def to_approve(membership: Membership) -> QuerySet[Release, Any]:
    """Sealed releases with an instant ahead that I may approve and have not."""
    given = ReleaseApproval.objects.filter(
        release=OuterRef("pk"), person=membership.user_id, voided_at=None
    )
    rows = Release.objects.for_action(membership, Action.RELEASE_APPROVE).standing()
    ahead = rows.filter(~Exists(given), release_at__gt=timezone.now(), approvals_needed__gt=0)
    return (
        ahead.exclude(last_editor=membership.user_id)
        .select_related("complaint")
        .order_by("release_at")
    )


def _itself(row: Complaint) -> Complaint:
    return row


SOURCES = (
    Source(
        "Acknowledge super-complaint",
        Action.COMPLAINT_ACKNOWLEDGE,
        "complaints:acknowledge",
        to_acknowledge,
        _itself,
        has_clock=True,
    ),
    Source(
        "Record your authority’s view of eligibility",
        Action.ELIGIBILITY_RECORD_VIEW,
        "complaints:eligibility",
        to_view,
        _itself,
    ),
    Source(
        "Record the eligibility decision",
        Action.ELIGIBILITY_DECIDE,
        "complaints:eligibility",
        to_decide,
        _itself,
    ),
    Source(
        "Open the investigation",
        Action.INVESTIGATION_OPEN,
        "investigations:open",
        to_open,
        _itself,
    ),
    Source(
        "Agree finding",
        Action.FINDING_AGREE,
        "investigations:finding",
        to_agree,
        lambda row: row.investigation.complaint,
        lambda row: (row.number,),
    ),
    Source(
        "Sign off the report",
        Action.REPORT_SIGN_OFF,
        "publication:report",
        to_sign_off,
        lambda row: row.complaint,
    ),
    Source(
        "Approve the release",
        Action.RELEASE_APPROVE,
        "publication:approve",
        to_approve,
        lambda row: row.complaint,
        page_of={ReleaseKind.ANNOUNCEMENT: "publication:approve_announcement"},
    ),
)
