"""The open work of a case from the opening of its investigation to its last answer.

A part of `desk.pending.SOURCES`, where work before that stands. A query that turns on the clock
leaves the instant open, so that it is put together once as all others are.
"""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Membership, RegimeAuthority
from accounts.roles import Action
from accounts.statements import given
from clock.london import london_today
from complaints.models import Complaint
from complaints.states import CaseStatus
from deadlines.models import Deadline
from deadlines.rules import PROGRESS_REPORT
from deadlines.services.clocks import RESPONSE
from desk.work import Source, oldest_first
from documents.states import ScanState
from investigations.models import EvidenceItem, Finding
from investigations.states import EvidenceStatus, FindingStatus
from publication.models import (
    AfterWork,
    Release,
    ReleaseApproval,
    ReleaseHold,
    Report,
    ReportSection,
    Sealing,
    SectionSignOff,
    Sending,
    Suspension,
    Withdrawal,
)
from publication.models.brakes import Brake
from publication.states import EDITIONS, ReleaseKind, ReportStatus
from recommendations.models import Obligation, Response
from recommendations.states import ObligationStatus, ResponseStatus

# A progress report is work of this week.
WEEK = timedelta(days=7)
WRITTEN_WHILE = (CaseStatus.REPORTING, CaseStatus.SEALED, CaseStatus.CLOSED)


def instants() -> dict[str, date | datetime]:
    """What the queries of this page are given at each asking: today, soon and now."""
    today = london_today()
    return {"today": today, "soon": today + WEEK, "now": timezone.now()}


def running_out(rule_code: str, *, before: str) -> Exists:
    """That a clock of a rule runs in a case, with its last day before one of the `instants`."""
    clocks = Deadline.objects.unmet().filter(case_key=OuterRef("key"), rule_code=rule_code)
    return Exists(clocks.filter(due_on__lt=given(before)))


def to_report_progress(membership: Membership) -> QuerySet[Complaint, Any]:
    """The body is owed a report on progress within a week, or since. Law: SI 2018/748 reg. 7."""
    rows = Complaint.objects.for_action(membership, Action.PROGRESS_REPORT_SEND)
    return oldest_first(rows.filter(running_out(PROGRESS_REPORT.code, before="soon")))


def to_screen(membership: Membership) -> QuerySet[Complaint, Any]:
    """Evidence has come in, its file opens, and nobody has looked through it."""
    items = EvidenceItem.objects.for_action(membership, Action.EVIDENCE_REGISTER)
    waiting = items.filter(
        investigation__complaint=OuterRef("pk"),
        status=EvidenceStatus.RECEIVED,
        file__scan_state=ScanState.CLEAN,
    )
    rows = Complaint.objects.for_action(membership, Action.EVIDENCE_REGISTER)
    return oldest_first(rows.filter(Exists(waiting), status=CaseStatus.INVESTIGATING))


def to_begin_report(membership: Membership) -> QuerySet[Complaint, Any]:
    """Every finding is agreed, and the case is still under investigation."""
    findings = Finding.objects.filter(investigation__complaint=OuterRef("pk"))
    open_ones = findings.exclude(status=FindingStatus.AGREED)
    rows = Complaint.objects.for_action(membership, Action.REPORT_DRAFT)
    ready = rows.filter(Exists(findings), ~Exists(open_ones), status=CaseStatus.INVESTIGATING)
    return oldest_first(ready)


def to_hand_in(membership: Membership) -> QuerySet[Report, Any]:
    """Reports with their drafters: begun, sent back, opened again, or being corrected."""
    rows = Report.objects.for_action(membership, Action.REPORT_DRAFT)
    drafted = rows.filter(status=ReportStatus.DRAFTING, complaint__status__in=WRITTEN_WHILE)
    return drafted.order_by("pk")


def to_seal(membership: Membership) -> QuerySet[Report, Any]:
    """Reports of which each authority has signed off each section, and no seal is being made."""
    signed = SectionSignOff.objects.filter(
        section=OuterRef(OuterRef("pk")), authority=OuterRef("organisation"), voided_at=None
    )
    silent = RegimeAuthority.objects.filter(
        ~Exists(signed), regime=OuterRef("report__complaint__regime")
    )
    lacking = ReportSection.objects.filter(Exists(silent), report=OuterRef("pk"))
    being_made = Sealing.objects.under_way().filter(report=OuterRef("pk"))
    rows = Report.objects.for_action(membership, Action.REPORT_SEAL)
    ready = rows.filter(~Exists(lacking), ~Exists(being_made), status=ReportStatus.IN_SIGN_OFF)
    return ready.order_by("pk")


def sealed_editions(membership: Membership, action: Action) -> QuerySet[Any, Any]:
    """Sealed reports that a membership may do something with, with how many approved each."""
    standing = ReleaseApproval.objects.filter(release=OuterRef("pk"), voided_at=None)
    counted = standing.order_by().values("release").annotate(number=Count("pk"))
    rows = Release.objects.for_action(membership, action).standing()
    ours: QuerySet[Any, Any] = rows.filter(kind__in=sorted(EDITIONS), imported=False)
    ours = ours.annotate(approved_by=Coalesce(Subquery(counted.values("number")), 0))
    return ours


def to_set_the_time(membership: Membership) -> QuerySet[Release, Any]:
    """Sealed reports without an instant, or whose instant passed before two had approved."""
    rows = sealed_editions(membership, Action.RELEASE_PREPARE)
    missed = Q(release_at__lte=given("now"), approved_by__lt=F("approvals_needed"))
    return rows.filter(Q(release_at=None) | missed).order_by("pk")


def to_send(membership: Membership) -> QuerySet[Release, Any]:
    """Approved reports that the body has not been sent, and that nothing keeps from it."""
    rows = sealed_editions(membership, Action.RELEASE_SEND_TO_BODY)
    unsent = Sending.objects.filter(release=OuterRef("pk"), sent_at=None)
    brakes = [
        ~Exists(brake.objects.filter(release=OuterRef("pk"), lifted_at=None))
        for brake in (ReleaseHold, Suspension)
    ]
    approved = rows.filter(Exists(unsent), *brakes, approved_by__gte=F("approvals_needed"))
    return approved.order_by("pk")


def to_lift(membership: Membership, brakes: type[Brake]) -> QuerySet[Any, Any]:
    """Holds or suspensions that somebody else has asked to have lifted."""
    rows = Release.objects.for_action(membership, Action.RELEASE_LIFT)
    placed: Any = brakes
    asked = placed.objects.filter(lifted_at=None, lift_asked_by__isnull=False, release__in=rows)
    waiting: QuerySet[Any, Any] = asked.exclude(lift_asked_by__user=membership.user_id)
    return waiting.order_by("pk")


def to_confirm(membership: Membership) -> QuerySet[Withdrawal, Any]:
    """Withdrawals of what is public that somebody else has asked for."""
    rows = Release.objects.for_action(membership, Action.RELEASE_CORRECT)
    asked = Withdrawal.objects.filter(withdrawn_at=None, release__in=rows)
    return asked.exclude(asked_by__user=membership.user_id).order_by("pk")


def to_publish_answers(membership: Membership) -> QuerySet[Complaint, Any]:
    """An addressee has answered, and the public can’t read it yet."""
    submitted = Response.objects.filter(
        obligation__recommendation__complaint=OuterRef("pk"), status=ResponseStatus.SUBMITTED
    )
    rows = Complaint.objects.for_action(membership, Action.RESPONSE_PUBLISH)
    return oldest_first(rows.filter(Exists(submitted)))


def to_close_obligations(membership: Membership) -> QuerySet[Complaint, Any]:
    """An addressee’s answer is public, and nobody has said that it is enough."""
    submitted = Response.objects.filter(obligation=OuterRef("pk"), status=ResponseStatus.SUBMITTED)
    answered = Obligation.objects.filter(
        ~Exists(submitted),
        recommendation__complaint=OuterRef("pk"),
        status=ObligationStatus.ANSWERED,
    )
    rows = Complaint.objects.for_action(membership, Action.OBLIGATION_CLOSE)
    return oldest_first(rows.filter(Exists(answered)))


def to_chase(membership: Membership) -> QuerySet[Complaint, Any]:
    """An addressee’s answer is late."""
    rows = Complaint.objects.for_action(membership, Action.OBLIGATION_CLOSE)
    return oldest_first(rows.filter(running_out(RESPONSE, before="today")))


def to_close(membership: Membership) -> QuerySet[Complaint, Any]:
    """The report is public, nothing of it is being corrected, and nothing is owed any more."""
    down = Suspension.objects.filter(release=OuterRef("release"), lifted_at=None)
    gone = Withdrawal.objects.filter(release=OuterRef("release"))
    public = AfterWork.objects.filter(
        ~Exists(down),
        ~Exists(gone),
        release__complaint=OuterRef("key"),
        release__kind__in=sorted(EDITIONS),
    )
    unsealed = Report.objects.filter(complaint=OuterRef("key")).exclude(status=ReportStatus.SEALED)
    owed = Obligation.objects.filter(recommendation__complaint=OuterRef("pk")).not_closed()
    rows = Complaint.objects.for_action(membership, Action.COMPLAINT_CLOSE)
    done = rows.filter(Exists(public), ~Exists(unsealed), ~Exists(owed), status=CaseStatus.SEALED)
    return oldest_first(done)


AFTER_OPENING = (
    Source(
        "Send a progress report",
        Action.PROGRESS_REPORT_SEND,
        "investigations:progress_reports",
        to_report_progress,
        clock=PROGRESS_REPORT.code,
    ),
    Source(
        "Screen evidence",
        Action.EVIDENCE_REGISTER,
        "investigations:evidence",
        to_screen,
    ),
    Source(
        "Begin the report",
        Action.REPORT_DRAFT,
        "publication:report",
        to_begin_report,
    ),
    Source(
        "Finish the report and hand it in for sign-off",
        Action.REPORT_DRAFT,
        "publication:report",
        to_hand_in,
        case="complaint__",
    ),
    Source(
        "Seal the report",
        Action.REPORT_SEAL,
        "publication:report",
        to_seal,
        case="complaint__",
    ),
    Source(
        "Set the time of publication",
        Action.RELEASE_PREPARE,
        "publication:prepare",
        to_set_the_time,
        case="complaint__",
    ),
    Source(
        "Send the report to the body",
        Action.RELEASE_SEND_TO_BODY,
        "publication:release",
        to_send,
        case="complaint__",
    ),
    Source(
        "Lift the hold, as the second person",
        Action.RELEASE_LIFT,
        "publication:release",
        partial(to_lift, brakes=ReleaseHold),
        case="release__complaint__",
        page_of={ReleaseKind.ANNOUNCEMENT: "publication:announcement"},
        kind="release__kind",
    ),
    Source(
        "Lift the suspension, as the second person",
        Action.RELEASE_LIFT,
        "publication:release",
        partial(to_lift, brakes=Suspension),
        case="release__complaint__",
        page_of={ReleaseKind.ANNOUNCEMENT: "publication:announcement"},
        kind="release__kind",
    ),
    Source(
        "Confirm the withdrawal, as the second person",
        Action.RELEASE_CORRECT,
        "publication:withdraw",
        to_confirm,
        case="release__complaint__",
        page_of={ReleaseKind.ANNOUNCEMENT: "publication:withdraw_announcement"},
        kind="release__kind",
    ),
    Source(
        "Publish an addressee’s answer",
        Action.RESPONSE_PUBLISH,
        "publication:responses",
        to_publish_answers,
    ),
    Source(
        "Close what was answered",
        Action.OBLIGATION_CLOSE,
        "recommendations:answers",
        to_close_obligations,
    ),
    Source(
        "See which answer is late",
        Action.OBLIGATION_CLOSE,
        "recommendations:answers",
        to_chase,
        clock=RESPONSE,
    ),
    Source(
        "Close the case",
        Action.COMPLAINT_CLOSE,
        "publication:close",
        to_close,
    ),
)
