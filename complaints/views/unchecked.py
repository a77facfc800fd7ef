"""The page on which a file that could not be checked is opened for one named person."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import acting, find_for, may, requires
from accounts.roles import Action
from complaints.forms.unchecked import OpeningForm
from complaints.models import Complaint
from complaints.services import unchecked as services
from documents.models import StoredFile
from drafting.refusals import refusals_in
from drafting.sending import makes_once


@requires(Action.FILE_OPEN_UNCHECKED)
@makes_once
def open_unchecked(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Say for whom a file is opened unchecked, and why."""
    complaint = find_for(request, Action.FILE_OPEN_UNCHECKED, Complaint, reference=reference)
    file = get_object_or_404(StoredFile, pk=pk, pk__in=services.openable(complaint))
    form = OpeningForm(request.POST or None, complaint=complaint)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            opening = services.open_unchecked(
                complaint, file=file, **form.cleaned_data, by=acting(request)
            )
            messages.success(request, f"{opening.reader} may open “{file}” unchecked.")
            return redirect("complaints:eligibility", complaint.reference)
    page = {
        "complaint": complaint,
        "case_title": "Open a file unchecked",
        "case_section": "eligibility",
        "form": form,
        "file": file,
    }
    return render(request, "complaints/casework/open_unchecked.html", page)


def unchecked_files(request: HttpRequest, complaint: Complaint) -> dict[str, Any]:
    """Which files a page leads to for its reader, and which its reader may open for somebody."""
    by = acting(request)
    may_open = may(by, Action.FILE_OPEN_UNCHECKED, complaint)
    return {
        "opened": services.opened_for(by, complaint),
        "openable": services.openable(complaint) if may_open else set(),
    }
