"""The announcement of a decision of eligibility: what it will say, its seal, approvals, brakes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts.access import acting, find_for, requires
from accounts.access import may as may_do
from accounts.roles import Action
from complaints.models import Complaint
from investigations.views.frame import did, page
from publication.forms.announcing import AnnouncementForm
from publication.models import Release, Withdrawal
from publication.services import announcing
from publication.views.desk import instant_words, standings
from publication.views.found import (
    ANNOUNCEMENT,
    ANNOUNCEMENT_PAGE,
    may,
    reason_page,
    release_for,
)
from workflow.errors import ActRefusedError

ON_THE_PAGE = (
    Action.RELEASE_APPROVE,
    Action.RELEASE_CORRECT,
    Action.RELEASE_HOLD,
    Action.RELEASE_LIFT,
    Action.RELEASE_SUSPEND,
)


@requires(Action.RELEASE_READ)
def announcement(request: HttpRequest, reference: str) -> HttpResponse:
    """One page: before the seal what it will say and the form, after it how it stands."""
    complaint = find_for(request, Action.RELEASE_READ, Complaint, reference=reference)
    sealed = announcing.announcement_of(complaint)
    if sealed is not None and request.method != "POST":
        return sealed_page(request, complaint, sealed)
    try:
        facts = announcing.told_of(complaint)
    except ActRefusedError as refusal:
        return shown(request, complaint, "nothing", refusal=str(refusal))
    form = AnnouncementForm(request.POST or None, initial={"title": complaint.title, "at": "10:00"})
    if facts["eligible"]:
        form.asks_for_no_reason()
    if did(
        form,
        lambda: announcing.seal_announcement(
            complaint,
            title=form.cleaned_data["title"],
            wall_time=form.wall_time,
            because=form.because_typed,
            by=acting(request),
        ),
    ):
        messages.success(request, "The announcement is sealed. Two other people approve it.")
        return redirect(ANNOUNCEMENT_PAGE, reference)
    may_seal = may_do(acting(request), Action.ANNOUNCEMENT_SEAL, complaint)
    return shown(
        request, complaint, "draft", form=form if may_seal else None, facts=as_public(facts)
    )


def sealed_page(request: HttpRequest, complaint: Complaint, sealed: Release) -> HttpResponse:
    """How a sealed announcement stands, who approved it, and what may be done with it."""
    standing = standings([sealed.pk])[sealed.pk]
    allowed = may(request, *ON_THE_PAGE, thing=sealed)
    if sealed.last_editor_id == acting(request).user_id:
        allowed -= {"release_approve"}
    return shown(
        request,
        complaint,
        "sealed",
        release=sealed,
        standing=standing,
        instant=instant_words(sealed),
        facts=as_public(sealed.payload),
        approvals=sealed.approvals.filter(voided_at=None).select_related(
            "by__organisation", "person"
        ),
        holds=sealed.releaseholds.filter(lifted_at=None).select_related("placed_by__organisation"),
        suspensions=sealed.suspensions.filter(lifted_at=None),
        withdrawal=Withdrawal.objects.filter(release=sealed).first(),
        may=allowed,
        may_open=may_do(acting(request), Action.ANNOUNCEMENT_SEAL, complaint),
        now=timezone.now(),
    )


def as_public(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts as the public page takes them."""
    return {"payload": facts}


def shown(request: HttpRequest, complaint: Complaint, name: str, **context: Any) -> HttpResponse:
    """A page of the announcement in the frame of its case."""
    return page(
        request,
        f"publication/announcements/{name}.html",
        complaint=complaint,
        section="release",
        title="Announcement",
        **context,
    )


@requires(Action.ANNOUNCEMENT_SEAL)
def open_seal(request: HttpRequest, reference: str) -> HttpResponse:
    """Open the seal of an announcement, with a reason, so that it can be changed."""
    complaint = find_for(request, Action.ANNOUNCEMENT_SEAL, Complaint, reference=reference)
    found = release_for(request, Action.RELEASE_READ, reference, ANNOUNCEMENT)
    return reason_page(
        request,
        complaint,
        lambda reason, by: announcing.open_announcement(found, reason=reason, by=by),
        title="Open the seal of the announcement",
        submit="Open the seal",
        done="The seal is open. Its approvals are void.",
        back=ANNOUNCEMENT_PAGE,
        warning="The approvals that were given are void with it.",
    )
