"""The letters of a case as staff see them, and handing out a letter's PDF or a file."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import acting, find_for, requires, scopes
from accounts.roles import Action
from complaints.models import Complaint, Letter, SupportingDocument
from complaints.readers import unread_body
from complaints.services.correspondence import is_open
from complaints.views.writing import may_write_letter
from documents.downloads import document_response, file_response
from documents.errors import FileClosedError


@requires(Action.COMPLAINT_READ)
def letters(request: HttpRequest, reference: str) -> HttpResponse:
    """Every letter of a case, newest first, with its text and its PDF."""
    complaint = find_for(request, Action.COMPLAINT_READ, Complaint, reference=reference)
    sent = complaint.letters.select_related("document", "by__user", "by__organisation")
    page = {
        "complaint": complaint,
        "case_title": "Letters",
        "case_section": "letters",
        "letters": sent.order_by("-sent_at"),
        "may_write": may_write_letter(request, complaint),
        "unread": unread_body(complaint) if is_open(complaint) else None,
        "may_remake": bool(scopes(acting(request), Action.LETTER_REMAKE)),
    }
    return render(request, "complaints/casework/letters.html", page)


@requires(Action.COMPLAINT_READ)
def download(request: HttpRequest, reference: str, pk: int) -> HttpResponseBase:
    """The PDF of one letter of the case."""
    complaint = find_for(request, Action.COMPLAINT_READ, Complaint, reference=reference)
    letter = get_object_or_404(complaint.letters.select_related("document"), pk=pk)
    return document_or_notice(request, letter, back="complaints:letters")


@requires(Action.COMPLAINT_READ)
def download_supporting(request: HttpRequest, reference: str, pk: int) -> HttpResponseBase:
    """One file that came with the complaint."""
    complaint = find_for(request, Action.COMPLAINT_READ, Complaint, reference=reference)
    document = get_object_or_404(complaint.supporting_documents.select_related("file"), pk=pk)
    return file_or_notice(request, document, back="complaints:eligibility")


def document_or_notice(request: HttpRequest, letter: Letter, *, back: str) -> HttpResponseBase:
    """The letter's PDF, or the way back with the reason why it is not there yet."""
    if letter.document is None:
        raise Http404
    try:
        return document_response(letter.document)
    except FileClosedError as closed:
        messages.info(request, str(closed))
        return redirect(back, letter.complaint.reference)


def file_or_notice(
    request: HttpRequest, document: SupportingDocument, *, back: str
) -> HttpResponseBase:
    """The file, or the way back with the reason why it may not be opened; a link has none."""
    if document.file is None:
        raise Http404
    try:
        return file_response(document.file, to=acting(request))
    except FileClosedError as closed:
        messages.info(request, str(closed))
        return redirect(back, document.complaint.reference)
