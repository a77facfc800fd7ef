"""The last two pages before a super-complaint is received: the interruption and the declaration."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import acting, find_for, may, requires
from accounts.models import Membership
from accounts.roles import Action, Role
from clock.london import london_today
from complaints.forms.declaring import DeclarationForm
from complaints.models import Complaint
from complaints.parts import missing_parts
from complaints.services import submission
from complaints.services.authorities import deciding_authorities, receiving_authority
from complaints.views.approving import awaited_of
from drafting.refusals import refusals_in


@requires(Action.COMPLAINT_DRAFT)
def before_submitting(request: HttpRequest, key: str) -> HttpResponse:
    """What submitting means, once, before the declaration; who can't submit learns why there."""
    complaint = find_for(request, Action.COMPLAINT_DRAFT, Complaint, key=key)
    stands = standing(complaint, acting(request))
    in_the_way = stands["not_designated"] or stands["missing"] or stands["awaited"]
    if complaint.reference or in_the_way or not stands["may_submit"]:
        return redirect("complaints:submit", key)
    page = {
        "complaint": complaint,
        "readers": [part.organisation for part in deciding_authorities(complaint.regime)],
        "receiver": receiving_authority(complaint.regime).organisation,
        "together_with": complaint.joint_bodies.order_by("name"),
        "unanswered": complaint.invitations.answerable(london_today()).select_related(
            "organisation"
        ),
        "nav_current": "portal",
    }
    return render(request, "complaints/portal/before_submitting.html", page)


@requires(Action.COMPLAINT_DRAFT)
def submit(request: HttpRequest, key: str) -> HttpResponse:
    """The declaration, and the step that can't be taken back."""
    complaint = find_for(request, Action.COMPLAINT_DRAFT, Complaint, key=key)
    if complaint.reference:
        return redirect("complaints:submitted", complaint.reference)
    by = acting(request)
    form = DeclarationForm(request.POST or None, body=complaint.lead_body, by=by)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            found = find_for(request, Action.COMPLAINT_SUBMIT, Complaint, key=key)
            sent = submission.submit(found, signatory=form.signatory(), by=by)
            return redirect("complaints:submitted", sent.reference)
    page = {"complaint": complaint, "form": form, "nav_current": "portal"}
    return render(request, "complaints/portal/submit.html", page | standing(complaint, by))


def standing(complaint: Complaint, by: Membership) -> dict[str, Any]:
    """What still stands between this person and the submission."""
    return {
        "may_submit": may(by, Action.COMPLAINT_SUBMIT, complaint),
        "leads": complaint.lead_body_id == by.organisation_id,
        "not_designated": not designated_today(complaint),
        "receiver": receiving_authority(complaint.regime),
        "approvers": approvers(by),
        "missing": missing_parts(complaint),
        **awaited_of(complaint, by),
    }


def designated_today(complaint: Complaint) -> bool:
    """Whether the body could submit it today. Law: Police Reform Act 2002 s.29A(1)."""
    regime, body = complaint.regime, complaint.lead_body
    return submission.is_designated(regime, body, on=london_today())


def approvers(by: Membership) -> list[Membership]:
    """Who at one's own organisation may submit."""
    own = Membership.objects.current().filter(organisation=by.organisation_id)
    return list(own.with_role(Role.BODY_APPROVER).select_related("user"))
