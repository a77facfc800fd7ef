"""A meeting on eligibility noted, a decision opened again, two complaints joined."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import acting, find_for, requires
from accounts.roles import Action
from complaints.forms.joining import JoinForm
from complaints.forms.reconsidering import MeetingForm, ReopenForm
from complaints.models import Complaint, Letter
from complaints.services import joining, letter_texts, reconsidering
from complaints.views.composing import composed, is_previewed, preview_of, tell_sent
from drafting.keeping import is_keeping, keep_typed, opened
from drafting.refusals import refusals_in
from drafting.saved import forget
from drafting.sending import makes_once


@requires(Action.ELIGIBILITY_RECORD_VIEW)
@makes_once
def meeting(request: HttpRequest, reference: str) -> HttpResponse:
    """Note what the authorities said to each other where their views differ."""
    complaint = find_for(request, Action.ELIGIBILITY_RECORD_VIEW, Complaint, reference=reference)
    form = MeetingForm(request.POST or None)
    if is_keeping(request):
        return keep_typed(request, form, of=complaint)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            reconsidering.note_meeting(complaint, **form.cleaned_data, by=acting(request))
            forget(form=form, of=complaint, by=acting(request))
            messages.success(request, "The meeting is noted.")
            return redirect("complaints:eligibility", complaint.reference)
    page = {
        "complaint": complaint,
        "case_title": "Note a meeting",
        "case_section": "eligibility",
        "form": opened(request, form, of=complaint),
    }
    return render(request, "complaints/casework/meeting.html", page)


@requires(Action.ELIGIBILITY_DECIDE)
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Open a decision again: the reason, the letter as it will be read, the step."""
    complaint = find_for(request, Action.ELIGIBILITY_DECIDE, Complaint, reference=reference)
    form = composed(request, ReopenForm, complaint, text=letter_texts.reopened(complaint))
    if is_keeping(request):
        return keep_typed(request, form, of=complaint)
    if request.method == "POST" and form.is_valid() and not is_previewed(request):
        with refusals_in(form):
            reconsidering.reopen(complaint, **form.cleaned_data, by=acting(request))
            forget(form=form, of=complaint, by=acting(request))
            tell_sent(request, form, "The decision is open again and the letter is sent.")
            return redirect("complaints:eligibility", complaint.reference)
    page = {
        "complaint": complaint,
        "case_title": "Open the decision again",
        "case_section": "eligibility",
        "form": form,
        "preview": preview_of(request, form, complaint, Letter.Kind.REOPENED),
    }
    return render(request, "complaints/casework/reopen.html", page)


@requires(Action.ELIGIBILITY_DECIDE)
@makes_once
def join(request: HttpRequest, reference: str) -> HttpResponse:
    """Join another complaint with this one, with the reason."""
    complaint = find_for(request, Action.ELIGIBILITY_DECIDE, Complaint, reference=reference)
    by = acting(request)
    form = JoinForm(request.POST or None, others=joining.joinable(complaint, by))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            joining.join(complaint, **form.cleaned_data, by=by)
            messages.success(request, "They are joined.")
            return redirect("complaints:eligibility", complaint.reference)
    page = {
        "complaint": complaint,
        "case_title": "Join with another super-complaint",
        "case_section": "eligibility",
        "form": form,
    }
    return render(request, "complaints/casework/join.html", page)
