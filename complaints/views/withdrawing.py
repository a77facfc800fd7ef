"""Asking to withdraw, as the body; declining that, as the desk. The withdrawal is in intake."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import acting, find_for, requires
from accounts.roles import Action
from complaints.forms.withdrawing import AskWithdrawalForm, DeclineForm
from complaints.models import Complaint
from complaints.services import withdrawal_requests as services
from drafting.keeping import is_keeping, keep_typed, opened
from drafting.refusals import refusals_in
from drafting.saved import forget
from drafting.sending import makes_once


@requires(Action.COMPLAINT_ASK_WITHDRAWAL)
@makes_once
def ask_to_withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask the authorities to let the super-complaint be withdrawn."""
    complaint = find_for(request, Action.COMPLAINT_ASK_WITHDRAWAL, Complaint, reference=reference)
    form = AskWithdrawalForm(request.POST or None)
    if is_keeping(request):
        return keep_typed(request, form, of=complaint)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            services.ask_to_withdraw(complaint, **form.cleaned_data, by=acting(request))
            forget(form=form, of=complaint, by=acting(request))
            messages.success(request, "Your request is sent. We will write to you.")
            return redirect("complaints:tracker", complaint.reference)
    shown = opened(request, form, of=complaint)
    page = {"complaint": complaint, "form": shown, "nav_current": "portal"}
    return render(request, "complaints/portal/ask_to_withdraw.html", page)


@requires(Action.COMPLAINT_WITHDRAW)
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    """Decline a request to withdraw, with reasons that the body reads."""
    complaint = find_for(request, Action.COMPLAINT_WITHDRAW, Complaint, reference=reference)
    form = DeclineForm(request.POST or None)
    if is_keeping(request):
        return keep_typed(request, form, of=complaint)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            services.decline_withdrawal(complaint, **form.cleaned_data, by=acting(request))
            forget(form=form, of=complaint, by=acting(request))
            messages.success(request, "The request is declined, and the body is told.")
            return redirect("complaints:messages", complaint.reference)
    page = {
        "complaint": complaint,
        "case_title": "Decline the request to withdraw",
        "case_section": "messages",
        "request_standing": services.standing_request(complaint),
        "form": opened(request, form, of=complaint),
    }
    return render(request, "complaints/casework/decline_withdrawal.html", page)
