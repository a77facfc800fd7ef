"""The record page of a case, for auditors: read, filter, take away, verify."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.access import acting, find_for, requires
from accounts.entrance import fresh_sign_in_required
from accounts.roles import Action
from audit.chain import head
from audit.events import HouseEvent
from audit.events import record as write_down
from audit.export import zipped_export
from audit.models import AuditEntry
from audit.verification import last_verification, verify_and_record
from complaints.models import Complaint
from desk.record import ROWS_A_PAGE, RecordFilter, as_csv, lines


@requires(Action.RECORD_READ)
def record(request: HttpRequest, reference: str) -> HttpResponse:
    """What happened in a case, entry by entry, and whether the record of it is whole."""
    complaint = find_for(request, Action.RECORD_READ, Complaint, reference=reference)
    entries = AuditEntry.objects.of_chain(complaint.chain)
    asked = RecordFilter(request.GET, entries=entries)
    chosen = asked.chosen(entries).select_related("private").order_by("-number")
    page = Paginator(chosen, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "complaint": complaint,
        "case_title": "Record",
        "case_section": "record",
        "fictional": complaint.fictional,
        "asked": asked,
        "page": page,
        "lines": lines(page.object_list),
        "query": request.GET,
        "head": head(complaint.chain),
        "verified": last_verification(complaint.chain),
    }
    return render(request, "desk/record.html", context)


@requires(Action.RECORD_READ)
def record_csv(request: HttpRequest, reference: str) -> StreamingHttpResponse:
    """The entries that the page shows, as CSV."""
    complaint = find_for(request, Action.RECORD_READ, Complaint, reference=reference)
    entries = AuditEntry.objects.of_chain(complaint.chain)
    chosen = RecordFilter(request.GET, entries=entries).chosen(entries)
    response = StreamingHttpResponse(as_csv(chosen.iterator()), content_type="text/csv")
    response["Content-Disposition"] = f'attachment; filename="{reference}-record.csv"'
    return response


@require_POST
@requires(Action.RECORD_READ)
def verify_record(request: HttpRequest, reference: str) -> HttpResponse:
    """Compute the case's chain again, and say whether it is whole."""
    complaint = find_for(request, Action.RECORD_READ, Complaint, reference=reference)
    found = verify_and_record(complaint.chain, by=acting(request))
    if found.fault:
        messages.error(request, f"The record is not whole. First bad entry: {found.fault}.")
    else:
        messages.success(request, f"The record is whole: {found.entries} entries.")
    return redirect("desk:record", reference=reference)


@require_POST
@requires(Action.RECORD_READ)
@fresh_sign_in_required
def export_record(request: HttpRequest, reference: str) -> HttpResponse:
    """The case's record with the program that verifies it anywhere."""
    complaint = find_for(request, Action.RECORD_READ, Complaint, reference=reference)
    write_down(HouseEvent.EXPORTED, subject=complaint, by=acting(request))
    response = HttpResponse(zipped_export(complaint.chain), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{reference}-record.zip"'
    return response
