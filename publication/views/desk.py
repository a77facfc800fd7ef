"""The publication desk: what is to be published, what is, and one release with its brakes."""

from dataclasses import dataclass
from datetime import UTC

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import acting, find_for, requires, scopes
from accounts.entrance import fresh_sign_in_required
from accounts.roles import Action
from clock.london import LONDON
from complaints.models import Complaint
from investigations.views.frame import did, framed, page
from publication.clock import at_this_clock
from publication.forms.release import AnnouncementApprovalForm, ApprovalForm, InstantForm
from publication.live import lists_others
from publication.london import in_words
from publication.models import Release, ReleaseStanding, Report, Sealing, Sending, Withdrawal
from publication.services import release as verbs
from publication.states import EDITIONS, ReleaseKind, ReportStatus, Standing
from publication.views.found import (
    ANNOUNCEMENT,
    PAGE_OF,
    RELEASE_PAGE,
    REPORT,
    may,
    release_for,
)

# What an approver confirms, and the page that shows what is approved.
APPROVALS: dict[str, tuple[type[ApprovalForm], str]] = {
    REPORT: (ApprovalForm, "publication/approve.html"),
    ANNOUNCEMENT: (AnnouncementApprovalForm, "publication/announcements/approve.html"),
}
ON_THE_DESK = (
    Action.RELEASE_PREPARE,
    Action.RELEASE_APPROVE,
    Action.RELEASE_HOLD,
    Action.RELEASE_LIFT,
    Action.RELEASE_SUSPEND,
    Action.RELEASE_CORRECT,
    Action.RELEASE_SEND_TO_BODY,
)


@dataclass(frozen=True)
class Ready:
    """One thing that a release needs, and how it stands."""

    question: str
    met: bool
    words: str


@requires(Action.RELEASE_READ)
def desk(request: HttpRequest) -> HttpResponse:
    """Every release that this membership may see, the next to be public first."""
    of_ours = Q(kind__in=EDITIONS) | Q(kind=ReleaseKind.ANNOUNCEMENT, imported=False)
    rows = Release.objects.visible_to(acting(request)).standing().filter(of_ours)
    rows = rows.order_by("-release_at", "pk")[:200]
    states = standings([row.pk for row in rows])
    listed = [(row, states[row.pk].state) for row in rows]
    waiting = Report.objects.visible_to(acting(request)).filter(status=ReportStatus.IN_SIGN_OFF)
    shown = {
        "coming": [row for row, state in reversed(listed) if state == Standing.CLOSED],
        "public": [(row, state) for row, state in listed if state != Standing.CLOSED],
        "waiting": waiting.select_related("complaint")[:50],
    }
    return render(request, "publication/desk.html", shown)


def standings(release_ids: list[int]) -> dict[int, ReleaseStanding]:
    """What the public door would answer now, for each release."""
    with at_this_clock():
        return ReleaseStanding.objects.in_bulk(release_ids)


@requires(Action.RELEASE_READ)
def release(request: HttpRequest, reference: str) -> HttpResponse:
    """One release: what it needs, who approved it, when it is public, and the brakes."""
    complaint = find_for(request, Action.RELEASE_READ, Complaint, reference=reference)
    sealed = Release.objects.standing().filter(complaint=complaint, kind__in=EDITIONS)
    found = sealed.order_by("-edition_number").first()
    if found is None:
        return page(
            request,
            "publication/no_release.html",
            complaint=complaint,
            section="release",
            title="Publication",
            sealing=sealing_of(complaint),
            decided=hasattr(complaint, "eligibility_decision"),
        )
    standing = standings([found.pk])[found.pk]
    sending = Sending.objects.filter(release=found).first()
    return page(
        request,
        "publication/release.html",
        complaint=complaint,
        section="release",
        title="Publication",
        release=found,
        standing=standing,
        needs=needs(found, standing, sending),
        approvals=found.approvals.filter(voided_at=None).select_related(
            "by__organisation", "person"
        ),
        holds=found.releaseholds.filter(lifted_at=None),
        suspensions=found.suspensions.filter(lifted_at=None),
        withdrawal=Withdrawal.objects.filter(release=found).first(),
        sending=sending,
        unsendable=verbs.keeps_from_sending(found) if sending and not sending.sent_at else "",
        files=found.files.all(),
        copies=found.copies.select_related("reader__user", "reader__organisation"),
        may=may(request, *ON_THE_DESK, thing=found),
        may_read_responses=bool(scopes(acting(request), Action.RESPONSE_READ)),
        now=timezone.now(),
    )


def sealing_of(complaint: Complaint) -> Sealing | None:
    """The seal that is being made of this case’s report, if one is."""
    under_way: Sealing | None = (
        Sealing.objects.under_way().filter(report__complaint=complaint).first()
    )
    return under_way


def needs(found: Release, standing: ReleaseStanding, sending: Sending | None) -> list[Ready]:
    """What the release needs to be public at its instant."""
    given = found.approvals.filter(voided_at=None).count()
    differs = lists_others(found)
    return [
        Ready("The report is sealed", standing.sealed, f"root hash {found.root_sha256[:12]}…"),
        Ready("Its instant is set", found.release_at is not None, instant_words(found)),
        Ready(
            "How the body is sent it is known",
            sending is not None,
            sending.way if sending else "not said",
        ),
        Ready(
            "Two people approve it",
            standing.approved,
            f"{given} of {found.approvals_needed} for this seal and instant",
        ),
        Ready("No hold is open", not standing.held, "held" if standing.held else "none"),
        Ready(
            "The press notice lists what is announced by then",
            not differs,
            differs or "no difference from its seal",
        ),
    ]


def instant_words(found: Release) -> str:
    """The instant with its weekday, London’s zone on that day, and UTC."""
    if found.release_at is None:
        return "not set"
    return f"{in_words(found.release_at)}, that is {found.release_at.astimezone(UTC):%H:%M} UTC"


@requires(Action.RELEASE_PREPARE)
def prepare(request: HttpRequest, reference: str) -> HttpResponse:
    """Set the instant, and how the body is sent the report."""
    found = release_for(request, Action.RELEASE_PREPARE, reference)
    form = InstantForm(request.POST or None, initial=instant_as_it_stands(found))
    if form.is_bound and form.is_valid() and form.was_overtaken(verbs.standing_of(found)):
        return instants_of_two(request, found, form)
    if did(
        form,
        lambda: verbs.prepare(
            found,
            wall_time=form.wall_time,
            way=form.cleaned_data["way"],
            seen=form.cleaned_data["seen"] or None,
            by=acting(request),
        ),
    ):
        messages.success(request, "The time of publication is set. Two people approve it.")
        return redirect(RELEASE_PAGE, reference)
    approved = found.approvals.filter(voided_at=None).exists()
    return page(
        request,
        "publication/form.html",
        complaint=found.complaint,
        section="release",
        title="Time of publication",
        form=form,
        submit="Set the time",
        warning="Another time voids the approvals that were given." if approved else "",
        cancel=RELEASE_PAGE,
    )


def instants_of_two(request: HttpRequest, found: Release, yours: InstantForm) -> HttpResponse:
    """What a colleague set meanwhile beside what one typed; nothing is lost."""
    start = {**yours.cleaned_data, "seen": verbs.standing_of(found)}
    typed, sending = yours.cleaned_data, Sending.objects.filter(release=found).first()
    theirs = in_words(found.release_at) if found.release_at else ""
    day = f"{typed['at']}, {typed['on'].day} {typed['on']:%B %Y}"
    context = {
        "form": InstantForm(initial=start),
        "differences": [
            {"label": "Time of publication", "theirs": theirs, "yours": day},
            {
                "label": "How the report is sent to the body",
                "theirs": sending.way if sending else "",
                "yours": typed["way"],
            },
        ],
        **framed(found.complaint, section="release", title="Time of publication"),
    }
    return render(request, "drafting/conflict.html", context, status=409)


def instant_as_it_stands(found: Release) -> dict[str, object]:
    """The form's start: the instant as it is, or ten o'clock."""
    sending = Sending.objects.filter(release=found).first()
    way = sending.way if sending else ""
    start: dict[str, object] = {"at": "10:00", "way": way, "seen": verbs.standing_of(found)}
    if found.release_at:
        there = found.release_at.astimezone(LONDON)
        start |= {"on": there.date(), "at": f"{there:%H:%M}"}
    return start


@requires(Action.RELEASE_APPROVE)
@fresh_sign_in_required
def approve(request: HttpRequest, reference: str, what: str = REPORT) -> HttpResponse:
    """Approve this seal for this instant: an interruption, after a fresh sign-in."""
    found = release_for(request, Action.RELEASE_APPROVE, reference, what)
    release_at = found.release_at.isoformat() if found.release_at else ""
    confirmed, template = APPROVALS[what]
    form = confirmed(
        request.POST or None, initial={"root_sha256": found.root_sha256, "release_at": release_at}
    )
    if did(
        form,
        lambda: verbs.approve(
            found,
            root_sha256=form.cleaned_data["root_sha256"],
            release_at=form.cleaned_data["release_at"],
            by=acting(request),
        ),
    ):
        messages.success(request, "You have approved the release.")
        return redirect(PAGE_OF[what], reference)
    return page(
        request,
        template,
        complaint=found.complaint,
        section="release",
        title="Approve the release",
        form=form,
        release=found,
        files=found.files.all(),
    )
