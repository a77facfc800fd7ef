"""Intake: what was submitted and awaits acknowledgement, letters to register, withdrawal."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import acting, find_for, requires, scopes
from accounts.roles import Action
from complaints.forms.casework import LetterForm, RegisterForm, WithdrawalForm
from complaints.models import Complaint, Letter
from complaints.services import letter_texts, submission
from complaints.services.acknowledgement import acknowledge as acknowledge_receipt
from complaints.services.withdrawal import withdraw as withdraw_complaint
from complaints.views.composing import composed, is_previewed, preview_of, tell_sent
from complaints.views.overtaken import sent_by_a_colleague
from drafting.keeping import is_keeping, keep_typed, opened
from drafting.refusals import refusals_in
from drafting.saved import forget
from drafting.sending import makes_once


@requires(Action.COMPLAINT_ACKNOWLEDGE)
def intake(request: HttpRequest) -> HttpResponse:
    """Submitted, not yet acknowledged; the longest waiting first."""
    by = acting(request)
    waiting = Complaint.objects.for_action(by, Action.COMPLAINT_ACKNOWLEDGE)
    page = {
        "waiting": waiting.awaiting_acknowledgement()
        .select_related("lead_body")
        .order_by("received_on"),
        "may_register": bool(scopes(by, Action.COMPLAINT_REGISTER)),
        "nav_current": "intake",
    }
    return render(request, "complaints/casework/intake.html", page)


@requires(Action.COMPLAINT_REGISTER)
@makes_once
def register(request: HttpRequest) -> HttpResponse:
    """Enter a super-complaint that came by letter or e-mail."""
    by = acting(request)
    form = RegisterForm(request.POST or None, request.FILES or None, by=by)
    if is_keeping(request):
        return keep_typed(request, form, of=by.organisation)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            regime = form.cleaned_data["regime"]
            complaint = submission.register(regime, **form.content(), by=by)
            forget(form=form, of=by.organisation, by=by)
            messages.success(request, f"Registered as {complaint.reference}. Acknowledge it next.")
            return redirect("complaints:acknowledge", complaint.reference)
    page = {"form": opened(request, form, of=by.organisation), "nav_current": "intake"}
    return render(request, "complaints/casework/register.html", page)


@requires(Action.COMPLAINT_ACKNOWLEDGE)
def acknowledge(request: HttpRequest, reference: str) -> HttpResponse:
    """Write the acknowledgement, see it as the body will, send it."""
    complaint = find_for(request, Action.COMPLAINT_ACKNOWLEDGE, Complaint, reference=reference)
    if hasattr(complaint, "acknowledgement"):
        return sent_by_a_colleague(request, complaint, complaint.acknowledgement.letter)
    form = composed(request, LetterForm, complaint, text=letter_texts.acknowledgement(complaint))
    if is_keeping(request):
        return keep_typed(request, form, of=complaint)
    if request.method == "POST" and form.is_valid() and not is_previewed(request):
        with refusals_in(form):
            by = acting(request)
            acknowledge_receipt(complaint, **form.cleaned_data, by=by)
            forget(form=form, of=complaint, by=by)
            tell_sent(request, form, "The acknowledgement is sent, and its clock has stopped.")
            return redirect("complaints:letters", complaint.reference)
    page = {
        "complaint": complaint,
        "case_title": "Acknowledge receipt",
        "form": form,
        "preview": preview_of(request, form, complaint, Letter.Kind.ACKNOWLEDGEMENT),
    }
    return render(request, "complaints/casework/acknowledge.html", page)


@requires(Action.COMPLAINT_WITHDRAW)
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """End a case before its report is sealed: the reason, the letter as it is read, the step."""
    complaint = find_for(request, Action.COMPLAINT_WITHDRAW, Complaint, reference=reference)
    form = composed(request, WithdrawalForm, complaint, text=letter_texts.withdrawal(complaint))
    if is_keeping(request):
        return keep_typed(request, form, of=complaint)
    if request.method == "POST" and form.is_valid() and not is_previewed(request):
        with refusals_in(form):
            withdraw_complaint(complaint, **form.content(), by=acting(request))
            forget(form=form, of=complaint, by=acting(request))
            tell_sent(request, form, f"{complaint.reference} is withdrawn.")
            return redirect("complaints:letters", complaint.reference)
    page = {
        "complaint": complaint,
        "case_title": "Withdraw this super-complaint",
        "form": form,
        "preview": preview_of(request, form, complaint, Letter.Kind.WITHDRAWAL),
    }
    return render(request, "complaints/casework/withdraw.html", page)
