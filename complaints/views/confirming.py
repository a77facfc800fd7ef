"""Answering whether what was registered from a letter is the body's own, as the body."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.access import acting, find_for, requires
from accounts.roles import Action
from complaints.forms.confirming import DisownForm
from complaints.models import Complaint
from complaints.services import confirming as services
from drafting.keeping import is_keeping, keep_typed, opened
from drafting.refusals import refusals_in
from drafting.saved import forget


@require_POST
@requires(Action.COMPLAINT_CONFIRM)
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """The body's word that a registered letter is its super-complaint."""
    complaint = find_for(request, Action.COMPLAINT_CONFIRM, Complaint, reference=reference)
    services.confirm_registration(complaint, by=acting(request))
    messages.success(request, "Thank you. You have confirmed that this is your super-complaint.")
    return redirect("complaints:tracker", complaint.reference)


@requires(Action.COMPLAINT_CONFIRM)
def disown(request: HttpRequest, reference: str) -> HttpResponse:
    """The body's word that it is not, and why."""
    complaint = find_for(request, Action.COMPLAINT_CONFIRM, Complaint, reference=reference)
    form = DisownForm(request.POST or None)
    if is_keeping(request):
        return keep_typed(request, form, of=complaint)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            services.disown(complaint, **form.cleaned_data, by=acting(request))
            forget(form=form, of=complaint, by=acting(request))
            messages.success(request, "We are told that it is not yours, and will write to you.")
            return redirect("complaints:tracker", complaint.reference)
    shown = opened(request, form, of=complaint)
    page = {"complaint": complaint, "form": shown, "nav_current": "portal"}
    return render(request, "complaints/portal/disown.html", page)
