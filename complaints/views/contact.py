"""Conversations before a submission: the body's pages, and the desk's with its notes."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import acting, find_for, requires
from accounts.models import Regime
from accounts.roles import Action
from clock.london import london_today
from complaints.forms.contact import NoteForm, OpenForm, WriteForm
from complaints.models import Conversation
from complaints.services import contact as services
from drafting.keeping import is_keeping, keep_typed, opened
from drafting.refusals import refusals_in
from drafting.saved import forget
from drafting.sending import makes_once


@requires(Action.COMPLAINT_TRACK)
@requires(Action.CONTACT_WRITE)
@makes_once
def own_conversations(request: HttpRequest) -> HttpResponse:
    """The body's conversations, and the form that opens one."""
    by = acting(request)
    designated = by.organisation.designations.on(london_today())
    regimes = Regime.objects.filter(designations__in=designated).distinct()
    form = OpenForm(request.POST or None, regimes=regimes)
    if is_keeping(request):
        return keep_typed(request, form, of=by.organisation)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            given = dict(form.cleaned_data)
            begun = services.open_conversation(given.pop("regime"), **given, by=by)
            forget(form=form, of=by.organisation, by=by)
            return redirect("complaints:own_conversation", begun.pk)
    page = {
        "conversations": Conversation.objects.visible_to(by).filter(body=by.organisation_id),
        "form": opened(request, form, of=by.organisation),
        "designated": bool(regimes),
        "nav_current": "portal",
    }
    return render(request, "complaints/portal/conversations.html", page)


@requires(Action.COMPLAINT_TRACK)
@requires(Action.CONTACT_WRITE)
@makes_once
def own_conversation(request: HttpRequest, pk: int) -> HttpResponse:
    """One conversation as the body reads it: its messages, and nothing of the desk's."""
    conversation = find_for(request, Action.CONTACT_WRITE, Conversation, pk=pk)
    if conversation.body_id != acting(request).organisation_id:
        raise Http404
    form = WriteForm(request.POST or None)
    if is_keeping(request):
        return keep_typed(request, form, of=conversation)
    if written(request, conversation, form):
        return redirect("complaints:own_conversation", conversation.pk)
    shown = opened(request, form, of=conversation)
    page = {"conversation": conversation, "form": shown, "nav_current": "portal"}
    return render(request, "complaints/portal/conversation.html", page)


@requires(Action.COMPLAINT_ACKNOWLEDGE)
def conversations(request: HttpRequest) -> HttpResponse:
    """The conversations of the bodies with one's own desk, the newest first."""
    rows = Conversation.objects.visible_to(acting(request)).select_related("body")
    page = {"conversations": rows[:100], "nav_current": "intake"}
    return render(request, "complaints/casework/conversations.html", page)


@requires(Action.COMPLAINT_ACKNOWLEDGE)
@makes_once
def conversation(request: HttpRequest, pk: int) -> HttpResponse:
    """One conversation with the desk's own notes beside it."""
    found = find_for(request, Action.CONTACT_WRITE, Conversation, pk=pk)
    if is_keeping(request):
        return keep_typed(request, WriteForm(request.POST), of=found)
    keeps = "note" in request.POST
    note_form = NoteForm(request.POST if keeps else None)
    form = WriteForm(request.POST if request.POST and not keeps else None)
    if noted(request, found, note_form) or written(request, found, form):
        return redirect("complaints:conversation", found.pk)
    page = {
        "conversation": found,
        "message_form": opened(request, form, of=found),
        "note_form": note_form,
        "form": note_form if keeps else form,
        "nav_current": "intake",
    }
    return render(request, "complaints/casework/conversation.html", page)


def written(request: HttpRequest, conversation: Conversation, form: WriteForm) -> bool:
    """Whether a message was given in this request, and was sent."""
    if not form.is_bound or not form.is_valid():
        return False
    with refusals_in(form):
        services.write(conversation, text=form.cleaned_data["text"], by=acting(request))
        forget(form=form, of=conversation, by=acting(request))
        messages.success(request, "The message is sent.")
        return True
    return False


def noted(request: HttpRequest, conversation: Conversation, form: NoteForm) -> bool:
    """Whether a note was given in this request, and was kept."""
    if not form.is_bound or not form.is_valid():
        return False
    with refusals_in(form):
        services.note(conversation, text=form.cleaned_data["note"], by=acting(request))
        messages.success(request, "The note is kept.")
        return True
    return False
