"""Making a draft together: the lead body's page, and what an invited organisation answers."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.access import acting, find_for, may, requires, scopes
from accounts.roles import Action
from clock.london import london_today, long_date
from complaints.canonical import content_sha256
from complaints.forms.joint import EndingForm, InviteForm
from complaints.joint_standing import designated_bodies, standings
from complaints.models import Complaint, JointInvitation
from complaints.services import joint as services
from complaints.services.authorities import receiving_authority
from complaints.views.drafts import find_draft
from drafting.refusals import refusals_in
from drafting.sending import makes_once
from workflow.errors import ActRefusedError


@requires(Action.COMPLAINT_DRAFT)
def joint(request: HttpRequest, key: str) -> HttpResponse:
    """Who makes the draft together, and how far each is."""
    return joint_page(request, complaint := find_draft(request, key), invite_form(complaint))


@require_POST
@requires(Action.COMPLAINT_INVITE)
@makes_once
def invite(request: HttpRequest, key: str) -> HttpResponse:
    """Invite one organisation."""
    complaint = draft_led(request, key)
    form = invite_form(complaint, request)
    if form.is_valid():
        with refusals_in(form, "organisation"):
            sent = services.invite(complaint, **form.cleaned_data, by=acting(request))
            messages.success(request, f"{sent.organisation.name} is invited.")
            return redirect("complaints:joint", complaint.key)
    return joint_page(request, complaint, form)


@require_POST
@requires(Action.COMPLAINT_INVITE)
def send_again(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Send an unanswered invitation once more."""
    complaint = draft_led(request, key)
    found = get_object_or_404(complaint.invitations.living(), pk=pk)
    try:
        sent = services.send_again(found, by=acting(request))
        day = long_date(sent.last_day)
        messages.success(request, f"{sent.organisation.name} can accept until {day}.")
    except ActRefusedError as refused:
        messages.error(request, str(refused))
    return redirect("complaints:joint", complaint.key)


@require_POST
@requires(Action.COMPLAINT_INVITE)
def alone(request: HttpRequest, key: str) -> HttpResponse:
    """Answer that no other body makes it."""
    complaint = draft_led(request, key)
    form = invite_form(complaint)
    try:
        services.make_it_alone(complaint, by=acting(request))
    except ActRefusedError as refused:
        messages.error(request, str(refused))
        return joint_page(request, complaint, form)
    return redirect("complaints:draft", complaint.key)


@requires(Action.COMPLAINT_INVITE)
def remove(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take an invitation back, or remove a body that accepted one, with a reason."""
    complaint = draft_led(request, key)
    found = get_object_or_404(complaint.invitations.living(), pk=pk)
    form = EndingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            services.remove(found, **form.cleaned_data, by=acting(request))
            messages.success(request, f"{found.organisation.name} is told, with your reason.")
            return redirect("complaints:joint", complaint.key)
    page = {"complaint": complaint, "invitation": found, "form": form, "nav_current": "portal"}
    return render(request, "complaints/portal/remove_body.html", page)


@requires(Action.INVITATION_ANSWER)
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """What one's organisation is invited to, and the answer; afterwards, how it ended."""
    found = sent_to(request, pk)
    if request.method == "POST":
        try:
            services.accept(found, by=acting(request))
        except ActRefusedError as refused:
            messages.error(request, str(refused))
            return redirect("complaints:joint_invitation", pk)
        return redirect("complaints:draft", found.complaint.key)
    waiting = JointInvitation.objects.waiting().filter(pk=pk).exists()
    expired = waiting and found.has_expired(london_today())
    page = {
        "invitation": found,
        "complaint": found.complaint,
        "open": waiting and not expired,
        "expired": expired,
        "designated": found.organisation_id
        in designated_bodies(found.complaint, on=london_today()),
        "nav_current": "portal",
    }
    return render(request, "complaints/portal/invitation.html", page)


@require_POST
@requires(Action.INVITATION_ANSWER)
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no to an invitation."""
    found = sent_to(request, pk)
    try:
        services.decline(found, by=acting(request))
    except ActRefusedError as refused:
        messages.error(request, str(refused))
        return redirect("complaints:joint_invitation", pk)
    messages.success(request, f"Declined. {found.complaint.lead_body.name} is told.")
    return redirect("complaints:portal")


@requires(Action.INVITATION_ANSWER)
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a draft that one's organisation joined, with a reason."""
    found = sent_to(request, pk)
    complaint = find_draft(request, found.complaint.key)
    form = EndingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            services.leave(found, **form.cleaned_data, by=acting(request))
            messages.success(request, f"You have left. {complaint.lead_body.name} is told.")
            return redirect("complaints:portal")
    page = {"complaint": complaint, "invitation": found, "form": form, "nav_current": "portal"}
    return render(request, "complaints/portal/leave_draft.html", page)


def sent_to(request: HttpRequest, pk: int) -> JointInvitation:
    """An invitation sent to one's own organisation. Raises: Http404, PermissionDenied."""
    beside = ("complaint__lead_body", "complaint__regime", "organisation")
    return find_for(request, Action.INVITATION_ANSWER, JointInvitation, *beside, pk=pk)


def draft_led(request: HttpRequest, key: str) -> Complaint:
    """A draft that one's own body leads. Raises: Http404, PermissionDenied."""
    complaint = find_for(request, Action.COMPLAINT_INVITE, Complaint, key=key)
    if complaint.reference:
        raise Http404
    return complaint


def invite_form(complaint: Complaint, request: HttpRequest | None = None) -> InviteForm:
    """The form of an invitation, with the organisations that may be invited."""
    return InviteForm(
        request.POST if request else None,
        organisations=services.may_be_invited(complaint),
        designated=designated_bodies(complaint, on=london_today()),
    )


def joint_page(request: HttpRequest, complaint: Complaint, form: InviteForm) -> HttpResponse:
    """The page of the bodies that make a draft together."""
    sha256 = content_sha256(complaint)
    asked = list(standings(complaint, on=london_today(), content_sha256=sha256))
    own = acting(request).organisation_id
    page = {
        "complaint": complaint,
        "standings": asked,
        "own": next((one for one in asked if one.has_joined and one.is_of(own)), None),
        "knows_approving": bool(scopes(acting(request), Action.COMPLAINT_APPROVE)),
        "may_invite": may(acting(request), Action.COMPLAINT_INVITE, complaint),
        "may_say_alone": not any(one.invitation.is_living for one in asked),
        "whom_to_ask": receiving_authority(complaint.regime).organisation,
        "days": settings.JOINT_INVITATION_DAYS,
        "today": london_today(),
        "form": form,
        "nav_current": "portal",
    }
    return render(request, "complaints/portal/joint.html", page)
