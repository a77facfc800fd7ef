"""Pages of an addressee: what it is asked, and its answer from draft to submission."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.access import acting, find_for, requires, scopes
from accounts.roles import Action
from drafting.errors import VersionConflictError
from drafting.keeping import opened
from investigations.views.frame import edited
from recommendations.forms.responding import ResponseForm
from recommendations.models import Obligation, Response
from recommendations.services import responses

ROWS_A_PAGE = 25


@requires(Action.RESPONSE_DRAFT)
def respond(request: HttpRequest) -> HttpResponse:
    """The recommendations addressed to my organisation, the most urgent first."""
    seen = Obligation.objects.visible_to(acting(request)).with_unsent()
    asked = seen.select_related("recommendation__complaint", "addressee")
    # What others left behind, of which we know no answer, stands below what is owed here.
    ranked = asked.order_by("status", "answer_not_known", "due_on", "pk")
    page = Paginator(ranked, ROWS_A_PAGE).get_page(request.GET.get("page"))
    facts = {"page": page, "query": request.GET, "nav_current": "respond"}
    return render(request, "respond/list.html", facts)


@requires(Action.RESPONSE_DRAFT)
def obligation(request: HttpRequest, pk: int) -> HttpResponse:
    """One recommendation: its wording, to whom it applies, by when, and our answers to it."""
    asked = find_for(request, Action.RESPONSE_DRAFT, Obligation, pk=pk)
    answers = list(asked.responses.order_by("number"))
    unsent = next((answer for answer in answers if answer.submitted_at is None), None)
    return render(
        request,
        "respond/obligation.html",
        {**_frame(asked), "answers": answers, "unsent": unsent},
    )


@requires(Action.RESPONSE_DRAFT)
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an answer, or go on with the one that is being written."""
    asked = find_for(request, Action.RESPONSE_DRAFT, Obligation, pk=pk)
    unsent = asked.responses.filter(submitted_at=None).first()
    form = ResponseForm.of(unsent, typed=request.POST or None)
    answer = edited(
        request,
        form,
        lambda: _saved(asked, unsent, form.cleaned_data, request),
        of=asked,
        afresh=lambda: ResponseForm.of(asked.responses.filter(submitted_at=None).first()),
        frame={**_frame(asked), "layout": "layouts/respond.html"},
    )
    if answer is True:
        return redirect("recommendations:check", asked.pk)
    page = {**_frame(asked), "form": opened(request, form, of=asked)}
    return answer or render(request, "respond/draft.html", page)


def _saved(
    asked: Obligation, unsent: Response | None, said: dict[str, Any], request: HttpRequest
) -> Response:
    version = said.pop("version")
    if unsent:
        return responses.change_response(unsent, **said, version=version, by=acting(request))
    return responses.draft_response(asked, **said, by=acting(request))


@requires(Action.RESPONSE_DRAFT)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer as it stands, with what can be done next: approve it, submit it, change it."""
    asked = find_for(request, Action.RESPONSE_DRAFT, Obligation, pk=pk)
    answer = _unsent(asked)
    by = acting(request)
    page = {
        **_frame(asked),
        "answer": answer,
        "may_approve": bool(scopes(by, Action.RESPONSE_APPROVE)),
        "may_submit": bool(scopes(by, Action.RESPONSE_SUBMIT)),
    }
    return render(request, "respond/check.html", page)


@require_POST
@requires(Action.RESPONSE_APPROVE)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve the version that was read."""
    asked = find_for(request, Action.RESPONSE_APPROVE, Obligation, pk=pk)
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isdecimal() and len(typed) < 9 else -1
    try:
        responses.approve_response(_unsent(asked), version=version, by=acting(request))
    except VersionConflictError:
        messages.error(request, "The answer changed while you read it. Read it again.")
    return redirect("recommendations:check", asked.pk)


@require_POST
@requires(Action.RESPONSE_SUBMIT)
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the approved answer to the authorities."""
    asked = find_for(request, Action.RESPONSE_SUBMIT, Obligation, pk=pk)
    responses.submit_response(_unsent(asked), by=acting(request))
    messages.success(request, "Your answer is submitted.")
    return redirect("recommendations:obligation", asked.pk)


def _unsent(asked: Obligation) -> Response:
    """The answer that is being written. Raises: Http404 when there is none."""
    answer: Response | None = asked.responses.filter(submitted_at=None).first()
    if answer is None:
        raise Http404
    return answer


def _frame(asked: Obligation) -> dict[str, Any]:
    return {
        "obligation": asked,
        "recommendation": asked.recommendation,
        "complaint": asked.recommendation.complaint,
        "fictional": asked.recommendation.complaint.fictional,
        "nav_current": "respond",
    }
