"""Opening an investigation, and who works on it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.access import acting, find_for, requires
from accounts.models import Membership
from accounts.roles import Action
from accounts.services.teams import team_members
from complaints.models import Complaint
from drafting.sending import makes_once
from investigations.forms.opening import LeadForm, MemberForm, OpenForm
from investigations.models import Investigation
from investigations.services import opening, team
from investigations.states import LED
from investigations.views.frame import (
    did,
    investigation_for,
    may_here,
    page,
    told,
    work_is_over,
)


@requires(Action.INVESTIGATION_OPEN)
def open_investigation(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose who leads and who begins; the case is under investigation from then on."""
    complaint = find_for(request, Action.INVESTIGATION_OPEN, Complaint, reference=reference)
    form = OpenForm(request.POST or None, complaint=complaint)
    begun = did(
        form,
        lambda: opening.open_investigation(
            complaint,
            lead_authority=form.cleaned_data["lead"].organisation,
            lead=form.cleaned_data["lead"],
            members=form.cleaned_data["members"],
            by=acting(request),
        ),
    )
    if begun:
        messages.success(request, f"The investigation of {reference} is open.")
        return redirect("investigations:team", reference)
    return page(
        request,
        "investigations/open.html",
        complaint=complaint,
        section="team",
        title="Open the investigation",
        form=form,
    )


@requires(Action.EVIDENCE_READ)
@makes_once
def team_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The people on the case by authority; whoever may changes them here."""
    investigation = investigation_for(request, Action.EVIDENCE_READ, reference)
    may_name = may_here(request, Action.TEAM_CHANGE, investigation, while_=LED)
    changes = may_name and not work_is_over(investigation.complaint)
    form = MemberForm(request.POST or None, investigation=investigation) if changes else None
    if request.method == "POST" and form and added(request, investigation, form):
        return redirect("investigations:team", reference)
    return page(
        request,
        "investigations/team.html",
        complaint=investigation.complaint,
        section="team",
        title="Team",
        investigation=investigation,
        leaderless=investigation.is_leaderless,
        may_name=may_name,
        members=team_members(investigation.complaint).order_by("organisation__name", "user__name"),
        form=form,
    )


def added(request: HttpRequest, investigation: Investigation, form: MemberForm) -> bool:
    """Put the person chosen on the team."""
    joined = did(
        form,
        lambda: team.add_member(
            investigation, membership=form.cleaned_data["membership"], by=acting(request)
        ),
    )
    if joined:
        messages.success(request, f"{joined.membership} is on the team.")
    return joined is not None


@require_POST
@requires(Action.TEAM_CHANGE)
def remove_member(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take one person off the team."""
    investigation = investigation_for(request, Action.TEAM_CHANGE, reference)
    member: Membership = get_object_or_404(team_members(investigation.complaint), pk=pk)
    told(
        request,
        lambda: team.remove_member(investigation, membership=member, by=acting(request)),
        done=f"{member} is off the team and no longer sees this case.",
    )
    return redirect("investigations:team", reference)


@requires(Action.TEAM_CHANGE)
def change_lead(request: HttpRequest, reference: str) -> HttpResponse:
    """Name who leads from now on, of the same authority."""
    investigation = investigation_for(request, Action.TEAM_CHANGE, reference)
    form = LeadForm(request.POST or None, investigation=investigation)
    handed = did(
        form,
        lambda: team.change_lead(investigation, lead=form.cleaned_data["lead"], by=acting(request)),
    )
    if handed:
        messages.success(request, f"{investigation.lead} leads the investigation.")
        return redirect("investigations:team", reference)
    return page(
        request,
        "investigations/form.html",
        complaint=investigation.complaint,
        section="team",
        title="Name the lead investigator",
        form=form,
        submit="Name the lead",
        back="investigations:team",
    )
