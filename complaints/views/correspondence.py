"""Messages, missing parts and further evidence: the body's pages and the desk's."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.access import acting, find_for, may, requires
from accounts.roles import Action
from clock.london import london_today
from complaints.forms.correspondence import AnswerForm, AskForm, FurtherEvidenceForm, MessageForm
from complaints.models import Complaint, MessageFile, PartRequest, SupportingDocument
from complaints.parts import BY_NAME, Part
from complaints.services import correspondence as services
from complaints.services.authorities import receiving_authority
from complaints.states import CaseStatus
from complaints.views import to_send
from complaints.views.several import tell, tell_not_sent
from complaints.views.unchecked import unchecked_files
from documents.downloads import file_response
from documents.errors import FileClosedError
from drafting.keeping import is_keeping, keep_typed, opened
from drafting.refusals import refusals_in
from drafting.saved import forget
from drafting.sending import makes_once


@requires(Action.COMPLAINT_TRACK)
@makes_once
def own_messages(request: HttpRequest, reference: str) -> HttpResponse:
    """The body's side: what was written, and a form until the case is closed."""
    complaint = find_for(request, Action.COMPLAINT_TRACK, Complaint, reference=reference)
    if is_keeping(request):
        return keep_typed(request, MessageForm(request.POST), of=complaint)
    page = {
        **written(request, complaint),
        "rounds": rounds_of(complaint),
        "nav_current": "portal",
    }
    if sent(request, complaint, page["form"]):
        return redirect("complaints:own_messages", complaint.reference)
    return render(request, "complaints/portal/messages.html", page)


@requires(Action.COMPLAINT_READ)
@makes_once
def desk_messages(request: HttpRequest, reference: str) -> HttpResponse:
    """The desk's side: the same messages, and what was asked of the body."""
    complaint = find_for(request, Action.COMPLAINT_READ, Complaint, reference=reference)
    if is_keeping(request):
        return keep_typed(request, MessageForm(request.POST), of=complaint)
    page = {
        **written(request, complaint),
        **unchecked_files(request, complaint),
        "case_title": "Messages",
        "case_section": "messages",
        "rounds": rounds_of(complaint),
        "may_ask": may_ask(request, complaint),
        "may_mark": may_mark(request, complaint),
        "withdrawals": complaint.withdrawal_requests.select_related("by__user"),
        "may_withdraw": may(acting(request), Action.COMPLAINT_WITHDRAW, complaint),
    }
    if sent(request, complaint, page["form"]):
        return redirect("complaints:messages", complaint.reference)
    return render(request, "complaints/casework/messages.html", page)


@requires(Action.COMPLAINT_READ)
@requires(Action.CORRESPONDENCE_WRITE)
@require_POST
def mark_as_read(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that the desk has read what the body wrote, where no answer is needed."""
    complaint = find_for(request, Action.COMPLAINT_READ, Complaint, reference=reference)
    services.mark_as_read(complaint, by=acting(request))
    messages.success(request, "Marked as read. It is off the list of what needs you.")
    return redirect("complaints:messages", complaint.reference)


def written(request: HttpRequest, complaint: Complaint) -> dict[str, Any]:
    """What both sides' pages show."""
    rows = complaint.messages.select_related("by__user", "by__organisation")
    writes = may(acting(request), Action.CORRESPONDENCE_WRITE, complaint)
    form = MessageForm(request.POST or None, request.FILES or None)
    to_send.with_tray(request, form, complaint, to_send.MESSAGE)
    return {
        "complaint": complaint,
        "written": rows.prefetch_related(Prefetch("files", MessageFile.objects.with_the_same())),
        "form": opened(request, form, of=complaint),
        "open": services.is_open(complaint),
        "may_write": writes and services.is_open(complaint),
    }


def sent(request: HttpRequest, complaint: Complaint, form: MessageForm) -> bool:
    """Whether a message was given in this request, and was sent."""
    if request.method != "POST" or not form.is_valid():
        return False
    with refusals_in(form):
        went = services.send_message(complaint, **form.cleaned_data, by=acting(request))
        forget(form=form, of=complaint, by=acting(request))
        to_send.forget_sent(request, complaint, to_send.MESSAGE)
        messages.success(request, "The message is sent.")
        tell_not_sent(request, went.refused)
        return True
    return False


@requires(Action.COMPLAINT_TRACK)
def own_file(request: HttpRequest, reference: str, pk: int) -> HttpResponseBase:
    """A file of a message on one's own super-complaint."""
    complaint = find_for(request, Action.COMPLAINT_TRACK, Complaint, reference=reference)
    return file_of_message(request, complaint, pk, back="complaints:own_messages")


@requires(Action.COMPLAINT_READ)
def desk_file(request: HttpRequest, reference: str, pk: int) -> HttpResponseBase:
    """A file of a message of the case."""
    complaint = find_for(request, Action.COMPLAINT_READ, Complaint, reference=reference)
    return file_of_message(request, complaint, pk, back="complaints:messages")


def file_of_message(
    request: HttpRequest, complaint: Complaint, pk: int, *, back: str
) -> HttpResponseBase:
    """The file, or the way back with the reason why it may not be opened."""
    rows = MessageFile.objects.filter(message__complaint=complaint).select_related("file")
    found = get_object_or_404(rows, pk=pk)
    try:
        return file_response(found.file, to=acting(request))
    except FileClosedError as closed:
        messages.info(request, str(closed))
        return redirect(back, complaint.reference)


@requires(Action.COMPLAINT_READ)
@makes_once
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask the body for a missing part: what, and by when."""
    complaint = find_for(request, Action.COMPLAINT_READ, Complaint, reference=reference)
    if not may_ask(request, complaint):
        return redirect("complaints:messages", complaint.reference)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            services.ask_for_part(complaint, **form.cleaned_data, by=acting(request))
            messages.success(request, "The body is asked.")
            return redirect("complaints:messages", complaint.reference)
    page = {
        "complaint": complaint,
        "case_title": "Ask for a missing part",
        "case_section": "messages",
        "form": form,
    }
    return render(request, "complaints/casework/ask.html", page)


@requires(Action.COMPLAINT_TRACK)
@requires(Action.CORRESPONDENCE_WRITE)
def answer(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Answer what the desk asked for; an answer given is read here."""
    complaint = find_for(request, Action.COMPLAINT_TRACK, Complaint, reference=reference)
    asked_for = get_object_or_404(complaint.part_requests, pk=pk)
    form = AnswerForm(request.POST or None, request.FILES or None)
    if is_keeping(request):
        return keep_typed(request, form, of=asked_for)
    place = to_send.answer_place(asked_for.pk)
    to_send.with_tray(request, form, complaint, place)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            by = acting(request)
            given = form.cleaned_data
            files = services.answer_part(complaint, asked_for=asked_for, **given, by=by)
            forget(form=form, of=asked_for, by=by)
            to_send.forget_sent(request, complaint, place)
            messages.success(request, "Your answer is sent.")
            tell_not_sent(request, files.refused)
            return redirect("complaints:tracker", complaint.reference)
    page = {
        "complaint": complaint,
        "asked_for": asked_for,
        "part": BY_NAME[asked_for.part],
        "days_late": asked_for.days_late(london_today()),
        "form": opened(request, form, of=asked_for),
        "may_answer": services.is_open(complaint) and asked_for.answered_at is None,
        "nav_current": "portal",
    }
    return render(request, "complaints/portal/answer.html", page)


@requires(Action.COMPLAINT_TRACK)
@requires(Action.CORRESPONDENCE_WRITE)
@makes_once
def add_evidence(request: HttpRequest, reference: str) -> HttpResponse:
    """Send further evidence until the case is closed."""
    complaint = find_for(request, Action.COMPLAINT_TRACK, Complaint, reference=reference)
    form = FurtherEvidenceForm(request.POST or None, request.FILES or None)
    if is_keeping(request):
        return keep_typed(request, form, of=complaint)
    to_send.with_tray(request, form, complaint, to_send.EVIDENCE)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form, "uploads"):
            by = acting(request)
            added = services.add_several(complaint, **form.cleaned_data, by=by)
            if added.kept:
                forget(form=form, of=complaint, by=by)
            to_send.forget_sent(request, complaint, to_send.EVIDENCE)
            tell(request, form, added, "uploads")
        if form.is_valid():
            return redirect("complaints:documents", complaint.reference)
        to_send.with_tray(request, form, complaint, to_send.EVIDENCE)
    page = {
        "complaint": complaint,
        "form": opened(request, form, of=complaint),
        "open": services.is_open(complaint),
        "nav_current": "portal",
    }
    return render(request, "complaints/portal/add_evidence.html", page)


@dataclass(frozen=True)
class Round:
    """One round about a missing part: what was asked, the answer with its files, how late it is."""

    number: int
    part: Part
    row: PartRequest
    days_late: int
    files: tuple[SupportingDocument, ...]


def rounds_of(complaint: Complaint) -> list[Round]:
    """Each round about a missing part, the first first; none of them changes another."""
    rows = complaint.part_requests.select_related("by__user", "answered_by__user")
    today = london_today()
    return [
        Round(number, BY_NAME[row.part], row, row.days_late(today), tuple(row.files.all()))
        for number, row in enumerate(rows.prefetch_related("files__file"), start=1)
    ]


def may_mark(request: HttpRequest, complaint: Complaint) -> bool:
    """Whether something of the body is unread, and this membership's desk is the one to read it."""
    by = acting(request)
    receives = receiving_authority(complaint.regime).organisation_id == by.organisation_id
    writes = receives and may(by, Action.CORRESPONDENCE_WRITE, complaint)
    return writes and any(rows.exists() for rows in services.unread_of(complaint))


def may_ask(request: HttpRequest, complaint: Complaint) -> bool:
    """Whether this membership may ask the body for a part now."""
    by = acting(request)
    receives = receiving_authority(complaint.regime).organisation_id == by.organisation_id
    open_still = complaint.status == CaseStatus.SUBMITTED and services.is_open(complaint)
    return receives and open_still and may(by, Action.CORRESPONDENCE_WRITE, complaint)
