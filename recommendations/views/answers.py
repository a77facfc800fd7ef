"""The case team's view of the answers: who answered, who is late, and closing one by one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import acting, find_for, may, requires
from accounts.roles import Action
from complaints.models import Complaint
from drafting.refusals import refusals_in
from recommendations.forms.responding import ClosureForm
from recommendations.models import Obligation, Response
from recommendations.services.responses import close_obligation, why_not_to_close
from recommendations.states import ObligationStatus

ROWS_A_PAGE = 50


@requires(Action.OBLIGATION_READ)
def answers(request: HttpRequest, reference: str) -> HttpResponse:
    """What each addressee of a case owes and answered."""
    by = acting(request)
    complaint = find_for(request, Action.COMPLAINT_READ, Complaint, reference=reference)
    owed = (
        Obligation.objects.visible_to(by)
        .filter(recommendation__complaint=complaint)
        .with_who_is_told()
        .select_related("recommendation", "addressee")
        .order_by("recommendation__order", "addressee__name")
    )
    page = Paginator(owed, ROWS_A_PAGE).get_page(request.GET.get("page"))
    facts = {
        "complaint": complaint,
        "fictional": complaint.fictional,
        "case_title": "Answers",
        "case_section": "answers",
        "page": page,
        "query": request.GET,
    }
    return render(request, "recommendations/answers.html", facts)


@requires(Action.OBLIGATION_READ)
def answer(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """One addressee's answers to one recommendation, and closing what it owes."""
    by = acting(request)
    owed = find_for(
        request,
        Action.OBLIGATION_READ,
        Obligation,
        pk=pk,
        recommendation__complaint__reference=reference,
    )
    form = ClosureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            close_obligation(owed, reason=form.cleaned_data["reason"], by=by)
            messages.success(request, f"Closed for {owed.addressee.short_name}.")
            return redirect("recommendations:answer", reference, owed.pk)
    complaint = owed.recommendation.complaint
    may_close = owed.status != ObligationStatus.CLOSED and may(by, Action.OBLIGATION_CLOSE, owed)
    facts = {
        "complaint": complaint,
        "fictional": complaint.fictional,
        "case_title": f"{owed.recommendation.mark}: {owed.addressee.short_name}",
        "case_section": "answers",
        "obligation": owed,
        "responses": Response.objects.visible_to(by).filter(obligation=owed),
        "may_close": may_close,
        "bound": why_not_to_close(owed, by=by) if may_close else "",
        "form": form,
    }
    return render(request, "recommendations/answer.html", facts)
