"""Drafting: the recommendations and own actions of a case, listed, added and changed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.access import acting, find_for, requires
from accounts.roles import Action
from complaints.models import Complaint
from drafting.keeping import is_keeping, keep_typed, opened
from drafting.saved import forget
from drafting.sending import makes_once
from investigations.forms.evidence import ReasonForm
from investigations.services.gate import edition_corrected
from investigations.views.frame import did, edited, framed, may_here, page, told
from recommendations.forms.drafting import (
    ActionForm,
    RecommendationForm,
    action_as_it_stands,
    as_it_stands,
)
from recommendations.models import OwnAction, Recommendation
from recommendations.services import drafting
from recommendations.views.correcting import correct_wording

LIST = "recommendations:drafting"
SECTION = "recommendations"


@requires(Action.RECOMMENDATION_READ)
def drafted(request: HttpRequest, reference: str) -> HttpResponse:
    """What the report will recommend to others, and what the authorities will do."""
    complaint = find_for(request, Action.RECOMMENDATION_READ, Complaint, reference=reference)
    by = acting(request)
    may_correct = may_here(request, Action.RECOMMENDATION_DRAFT, complaint, or_corrected=True)
    rows = Recommendation.objects.visible_to(by).filter(complaint=complaint)
    actions = OwnAction.objects.visible_to(by).filter(complaint=complaint)
    return page(
        request,
        "recommendations/drafting/list.html",
        complaint=complaint,
        section=SECTION,
        title="Recommendations",
        recommendations=rows.prefetch_related(
            "addressees__organisation", "addressees__group", "findings", "corrections"
        ),
        actions=actions.select_related("authority"),
        may_draft=may_here(request, Action.RECOMMENDATION_DRAFT, complaint),
        may_correct=may_correct,
        **({"work_is_over": ""} if may_correct else {}),
        may_read_findings=may_here(request, Action.FINDING_READ, complaint),
    )


@requires(Action.RECOMMENDATION_DRAFT)
@makes_once
def draft_recommendation(request: HttpRequest, reference: str) -> HttpResponse:
    """Draft a recommendation to somebody else."""
    complaint = find_for(request, Action.RECOMMENDATION_DRAFT, Complaint, reference=reference)
    form = RecommendationForm(request.POST or None, complaint=complaint)
    if is_keeping(request):
        return keep_typed(request, form, of=complaint)
    made = did(
        form,
        lambda: drafting.draft_recommendation(complaint, by=acting(request), **form.drafted()),
    )
    if made:
        forget(form=form, of=complaint, by=acting(request))
        messages.success(request, f"{made.mark} is drafted.")
        return redirect(LIST, reference)
    shown = opened(request, form, of=complaint)
    return _form(request, complaint, shown, title="Draft a recommendation", submit="Save the draft")


@requires(Action.RECOMMENDATION_DRAFT)
def change_recommendation(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Change a recommendation that has not been issued; in a correction, its wording alone."""
    complaint = find_for(request, Action.RECOMMENDATION_READ, Complaint, reference=reference)
    found = find_for(
        request, Action.RECOMMENDATION_DRAFT, Recommendation, complaint=complaint, order=number
    )
    if edition_corrected(complaint.pk):
        return correct_wording(request, complaint, found)
    form = RecommendationForm(request.POST or None, **as_it_stands(found))
    title = f"Change {found.mark.lower()}"
    answer = edited(
        request,
        form,
        lambda: drafting.change_recommendation(
            found, version=form.cleaned_data["version"], by=acting(request), **form.drafted()
        ),
        of=found,
        afresh=lambda: RecommendationForm(**as_it_stands(Recommendation.objects.get(pk=found.pk))),
        frame=framed(complaint, section=SECTION, title=title),
    )
    if answer is True:
        messages.success(request, f"{found.mark} is changed.")
        return redirect(LIST, reference)
    shown = opened(request, form, of=found)
    return answer or _form(request, complaint, shown, title=title, submit="Save")


@requires(Action.ACTION_DRAFT)
@makes_once
def draft_action(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down what one of the authorities will do itself."""
    complaint = find_for(request, Action.ACTION_DRAFT, Complaint, reference=reference)
    form = ActionForm(request.POST or None, complaint=complaint)
    if is_keeping(request):
        return keep_typed(request, form, of=complaint)
    made = did(
        form,
        lambda: drafting.draft_action(
            complaint,
            authority=form.cleaned_data["authority"],
            text=form.cleaned_data["text"],
            by=acting(request),
        ),
    )
    if made:
        forget(form=form, of=complaint, by=acting(request))
        messages.success(request, f"Action {made.number} is drafted.")
        return redirect(LIST, reference)
    title = "Add an action of an authority"
    shown = opened(request, form, of=complaint)
    return _form(request, complaint, shown, title=title, submit="Save the draft")


@requires(Action.ACTION_DRAFT)
def change_action(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Change what an authority says that it will do."""
    complaint = find_for(request, Action.RECOMMENDATION_READ, Complaint, reference=reference)
    found = find_for(request, Action.ACTION_DRAFT, OwnAction, complaint=complaint, order=number)
    form = ActionForm(request.POST or None, **action_as_it_stands(found))
    title = f"Change action {found.number}"
    answer = edited(
        request,
        form,
        lambda: drafting.change_action(found, by=acting(request), **form.cleaned_data),
        of=found,
        afresh=lambda: ActionForm(**action_as_it_stands(OwnAction.objects.get(pk=found.pk))),
        frame=framed(complaint, section=SECTION, title=title),
    )
    if answer is True:
        messages.success(request, f"Action {found.number} is changed.")
        return redirect(LIST, reference)
    shown = opened(request, form, of=found)
    return answer or _form(request, complaint, shown, title=title, submit="Save")


@requires(Action.RECOMMENDATION_DRAFT)
def drop_recommendation(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Drop a draft recommendation, with a reason."""
    complaint = find_for(request, Action.RECOMMENDATION_READ, Complaint, reference=reference)
    found = find_for(
        request, Action.RECOMMENDATION_DRAFT, Recommendation, complaint=complaint, order=number
    )
    return _dropped(request, complaint, found, drafting.drop_recommendation, called=found.mark)


@requires(Action.ACTION_DRAFT)
def drop_action(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Drop a draft action of an authority, with a reason."""
    complaint = find_for(request, Action.RECOMMENDATION_READ, Complaint, reference=reference)
    found = find_for(request, Action.ACTION_DRAFT, OwnAction, complaint=complaint, order=number)
    called = f"Action {found.number}"
    return _dropped(request, complaint, found, drafting.drop_action, called=called)


def _dropped(
    request: HttpRequest,
    complaint: Complaint,
    found: Recommendation | OwnAction,
    verb: Callable[..., None],
    *,
    called: str,
) -> HttpResponse:
    """Ask why a draft goes, and let it go."""
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        told(
            request,
            lambda: verb(found, by=acting(request), reason=form.cleaned_data["reason"]),
            done=f"{called} is dropped. Those after it have moved up.",
        )
        return redirect(LIST, complaint.reference)
    title = f"Drop {called[0].lower()}{called[1:]}"
    return _form(request, complaint, form, title=title, submit="Drop this draft")


def _form(
    request: HttpRequest, complaint: Complaint, form: object, *, title: str, submit: str
) -> HttpResponse:
    """A form of this room in the frame of its case."""
    return page(
        request,
        "investigations/form.html",
        complaint=complaint,
        section=SECTION,
        title=title,
        form=form,
        submit=submit,
        back=LIST,
    )
