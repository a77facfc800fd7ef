"""What needs me: the open work of each room, asked afresh, never stored.

A row of `SOURCES` is one kind of work: who does it (an action of the matrix), and the query that
finds it. A kind that the roles of a membership do not know costs no query, and those of cases cost
one together.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone

from accounts.access import scopes
from accounts.models import Membership, RegimeAuthority
from accounts.roles import Action
from accounts.statements import statement
from complaints.models import (
    Complaint,
    ContactMessage,
    ContactNote,
    Conversation,
    EligibilityView,
    Message,
    PartRequest,
    WithdrawalRequest,
)
from complaints.states import CaseStatus
from complaints.workflow import BEFORE_SEALED
from deadlines.rules import ACKNOWLEDGE_RECEIPT
from desk.after_opening import AFTER_OPENING, instants
from desk.work import Source, Subject, Work, oldest_first
from investigations.models import Finding, Investigation
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


def pending(membership: Membership) -> Iterator[Work]:
    """All that waits for this membership."""
    open_to = [place for place, one in enumerate(SOURCES) if scopes(membership, one.action)]
    yield from _of_cases([place for place in open_to if not SOURCES[place].about], membership)
    for source in (SOURCES[place] for place in open_to):
        if source.about:
            for row in source.rows(membership)[:SHOWN_OF_EACH]:
                kind = getattr(row, "kind", "")
                yield _work(source, kind, source.about(row), *source.more_arguments(row))


def _of_cases(places: list[int], membership: Membership) -> Iterator[Work]:
    """The work of cases, all kinds of it in one query."""
    found = statement(of_cases, membership, *places).found(**instants()) if places else []
    for place, number, kind, key, reference, title, fictional in found:
        source, about = SOURCES[place], Subject(title, reference, key, fictional)
        yield _work(source, kind, about, *([number] if source.number else []))


def of_cases(membership: Membership, *places: int) -> QuerySet[Any, Any]:
    """The query for the cases of several sources: its place, a number, a kind, and the case."""
    found = []
    for source, place in ((SOURCES[place], place) for place in places):
        number = F(source.number) if source.number else Value(0)
        kind = F(source.kind) if source.kind else Value("")
        told = [f"{source.case}{name}" for name in ("key", "reference", "title", "fictional")]
        rows = source.rows(membership).annotate(
            source_place=Value(place), source_number=number, source_kind=kind
        )
        asked = rows.values_list("source_place", "source_number", "source_kind", *told)
        found.append(asked[:SHOWN_OF_EACH])
    of_all: QuerySet[Any, Any] = found[0].union(*found[1:], all=True)
    return of_all


def _work(source: Source, kind: str, about: Complaint | Subject, *more: Any) -> Work:
    return Work(
        verb=source.verb,
        reference=about.reference,
        title=about.title,
        case_key=about.key,
        page=source.page_of.get(kind, source.page),
        arguments=(*([about.reference] if about.reference else []), *more),
        fictional=about.fictional,
        clock=source.clock,
    )


def to_acknowledge(membership: Membership) -> QuerySet[Complaint, Any]:
    """Received and not acknowledged. Law: SI 2018/748 reg. 5."""
    rows = Complaint.objects.for_action(membership, Action.COMPLAINT_ACKNOWLEDGE)
    return oldest_first(rows.awaiting_acknowledgement())


def to_read(membership: Membership) -> QuerySet[Complaint, Any]:
    """A body wrote a message that the desk has not marked as read."""
    written = Message.objects.filter(complaint=OuterRef("pk"), from_body=True, read_at=None)
    return oldest_first(of_the_desk(membership).filter(Exists(written)))


def to_take_in(membership: Membership) -> QuerySet[Complaint, Any]:
    """A body answered for a missing part, and the desk has not marked that as read."""
    asked = PartRequest.objects.filter(complaint=OuterRef("pk"), read_at=None)
    return oldest_first(of_the_desk(membership).filter(Exists(asked.exclude(answered_at=None))))


def to_let_go(membership: Membership) -> QuerySet[Complaint, Any]:
    """A body asks to withdraw, and nobody has decided on it."""
    asked = WithdrawalRequest.objects.filter(complaint=OuterRef("pk"), declined_at=None)
    rows = Complaint.objects.for_action(membership, Action.COMPLAINT_WITHDRAW)
    return oldest_first(rows.filter(Exists(asked), status__in=BEFORE_SEALED))


def to_settle(membership: Membership) -> QuerySet[Complaint, Any]:
    """A body says that what was registered in its name is not its own."""
    disowned = of_the_desk(membership).filter(confirmation__disowned_at__isnull=False)
    return oldest_first(disowned.filter(status__in=BEFORE_SEALED))


def of_the_desk(membership: Membership) -> QuerySet[Complaint, Any]:
    """The cases whose letters come to this membership's desk."""
    rows = Complaint.objects.for_action(membership, Action.COMPLAINT_ACKNOWLEDGE)
    return rows.filter(received_by(membership))


class StandsIn(Func):
    """Whether a value stands in an array: `value = ANY(array)`."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def received_by(membership: Membership) -> Q:
    """Complaints of the regimes in which this membership's organisation receives and publishes."""
    received = RegimeAuthority.objects.filter(
        organisation=membership.organisation_id, receives_and_publishes=True
    )
    # Looked up once, and not joined: joined, every case would be read before the first is found.
    return Q(StandsIn(F("regime"), ArraySubquery(received.order_by().values("regime"))))


def to_answer(membership: Membership) -> QuerySet[Conversation, Any]:
    """Conversations in which the body wrote last, and no note was kept since."""
    latest = ContactMessage.objects.filter(conversation=OuterRef("pk")).order_by("-sent_at", "-pk")
    noted = ContactNote.objects.filter(
        conversation=OuterRef("pk"), noted_at__gte=OuterRef("written_at")
    )
    rows = Conversation.objects.visible_to(membership).exclude(body=membership.organisation_id)
    last = rows.annotate(
        from_body=Subquery(latest.values("from_body")[:1]),
        written_at=Subquery(latest.values("sent_at")[:1]),
    )
    unanswered = last.filter(~Exists(noted), from_body=True)
    waiting: QuerySet[Conversation, Any] = unanswered.order_by(F("written_at"), F("pk"))
    return waiting


def to_view(membership: Membership) -> QuerySet[Complaint, Any]:
    """Submitted, and my authority has not recorded its view of eligibility."""
    rows = Complaint.objects.for_action(membership, Action.ELIGIBILITY_RECORD_VIEW)
    mine = Q(eligibility_views__authority=membership.organisation_id)
    return oldest_first(rows.filter(status=CaseStatus.SUBMITTED).exclude(mine))


def to_decide(membership: Membership) -> QuerySet[Complaint, Any]:
    """Every authority has recorded the same view, and the one that receives tells the body."""
    rows = Complaint.objects.for_action(membership, Action.ELIGIBILITY_DECIDE)
    viewed = EligibilityView.objects.filter(complaint=OuterRef(OuterRef("pk")))
    authorities = RegimeAuthority.objects.filter(regime=OuterRef("regime"))
    silent = authorities.exclude(organisation__in=viewed.values("authority"))
    # Of two views that differ one is the greater; a ground that repeats a case always names it.
    greater = EligibilityView.objects.filter(
        Q(eligible__gt=OuterRef("eligible"))
        | Q(ground__gt=OuterRef("ground"))
        | Q(repeats__gt=OuterRef("repeats")),
        complaint=OuterRef("complaint"),
    )
    differing = EligibilityView.objects.filter(Exists(greater), complaint=OuterRef("pk"))
    waiting = rows.filter(received_by(membership), status=CaseStatus.SUBMITTED)
    return oldest_first(waiting.filter(~Exists(silent), ~Exists(differing)))


def to_open(membership: Membership) -> QuerySet[Complaint, Any]:
    """Eligible, and not yet under investigation."""
    rows = Complaint.objects.for_action(membership, Action.INVESTIGATION_OPEN)
    return oldest_first(rows.filter(status=CaseStatus.ELIGIBLE))


def to_name_a_lead(membership: Membership) -> QuerySet[Investigation, Any]:
    """Investigations whose lead has left or can lead no more."""
    rows = Investigation.objects.for_action(membership, Action.TEAM_CHANGE)
    return rows.leaderless().order_by("pk")


def to_agree(membership: Membership) -> QuerySet[Finding, Any]:
    """Proposed findings to which my authority has no standing agreement."""
    rows = Finding.objects.for_action(membership, Action.FINDING_AGREE)
    agreed = rows.filter(
        agreements__authority=membership.organisation_id, agreements__voided_at=None
    )
    return (
        rows.filter(status=FindingStatus.PROPOSED)
        .exclude(pk__in=agreed.values("pk"))
        .order_by("pk")
    )


def to_sign_off(membership: Membership) -> QuerySet[Report, Any]:
    """Reports in sign-off of which a section lacks my authority's standing sign-off."""
    signed = SectionSignOff.objects.filter(
        section=OuterRef("pk"), authority=membership.organisation_id, voided_at=None
    )
    lacking = ReportSection.objects.filter(~Exists(signed), report=OuterRef("pk"))
    rows = Report.objects.for_action(membership, Action.REPORT_SIGN_OFF)
    return rows.filter(Exists(lacking), status=ReportStatus.IN_SIGN_OFF).order_by("pk")


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


SOURCES = (
    Source(
        "Acknowledge super-complaint",
        Action.COMPLAINT_ACKNOWLEDGE,
        "complaints:acknowledge",
        to_acknowledge,
        clock=ACKNOWLEDGE_RECEIPT.code,
    ),
    Source(
        "Answer a body before its submission",
        Action.COMPLAINT_ACKNOWLEDGE,
        "complaints:conversation",
        to_answer,
        about=lambda row: Subject(row.subject),
        more_arguments=lambda row: (row.pk,),
    ),
    Source(
        "Decide on a request to withdraw",
        Action.COMPLAINT_WITHDRAW,
        "complaints:messages",
        to_let_go,
    ),
    Source(
        "Read why the body says that it is not its own",
        Action.COMPLAINT_ACKNOWLEDGE,
        "desk:overview",
        to_settle,
    ),
    Source(
        "Read the answer about a missing part",
        Action.COMPLAINT_ACKNOWLEDGE,
        "complaints:messages",
        to_take_in,
    ),
    Source(
        "Read a message of the body",
        Action.COMPLAINT_ACKNOWLEDGE,
        "complaints:messages",
        to_read,
    ),
    Source(
        "Record your authority’s view of eligibility",
        Action.ELIGIBILITY_RECORD_VIEW,
        "complaints:eligibility",
        to_view,
    ),
    Source(
        "Record the eligibility decision",
        Action.ELIGIBILITY_DECIDE,
        "complaints:eligibility",
        to_decide,
    ),
    Source(
        "Open the investigation",
        Action.INVESTIGATION_OPEN,
        "investigations:open",
        to_open,
    ),
    Source(
        "Name a lead",
        Action.TEAM_CHANGE,
        "investigations:change_lead",
        to_name_a_lead,
        case="complaint__",
    ),
    Source(
        "Agree finding",
        Action.FINDING_AGREE,
        "investigations:finding",
        to_agree,
        case="investigation__complaint__",
        number="number",
    ),
    Source(
        "Sign off the report",
        Action.REPORT_SIGN_OFF,
        "publication:report",
        to_sign_off,
        case="complaint__",
    ),
    Source(
        "Approve the release",
        Action.RELEASE_APPROVE,
        "publication:approve",
        to_approve,
        about=lambda row: row.complaint,
        page_of={ReleaseKind.ANNOUNCEMENT: "publication:approve_announcement"},
    ),
    *AFTER_OPENING,
)
