"""The pages of the record, for auditors: read, filter, take away, verify.

A case has its own; what is of no case, such as people and reference rows, stands in the chain
`house`, which is for the auditors of the authorities.
"""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.access import acting, find_for, requires
from accounts.entrance import fresh_sign_in_required
from accounts.roles import Action
from audit.chain import HOUSE, head
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
    complaint = case_of(request, reference)
    context = {
        "complaint": complaint,
        "case_title": "Record",
        "case_section": "record",
        "fictional": complaint.fictional,
        **entries_of(request, complaint.chain),
    }
    return render(request, "desk/record.html", context)


@require_POST
@requires(Action.RECORD_READ)
@fresh_sign_in_required
def record_csv(request: HttpRequest, reference: str) -> StreamingHttpResponse:
    """The entries that the page shows, as CSV."""
    complaint = case_of(request, reference)
    return csv_of(request, complaint.chain, subject=complaint, name=f"{reference}-record.csv")


@require_POST
@requires(Action.RECORD_READ)
def verify_record(request: HttpRequest, reference: str) -> HttpResponse:
    """Compute the case's chain again, and say whether it is whole."""
    verified(request, case_of(request, reference).chain)
    return redirect("desk:record", reference=reference)


@require_POST
@requires(Action.RECORD_READ)
@fresh_sign_in_required
def export_record(request: HttpRequest, reference: str) -> HttpResponse:
    """The case's record with the program that verifies it anywhere."""
    complaint = case_of(request, reference)
    return zip_of(request, complaint.chain, subject=complaint, name=f"{reference}-record.zip")


@requires(Action.RECORD_READ)
def house(request: HttpRequest) -> HttpResponse:
    """What happened outside any case: people, reference rows, and the record itself."""
    refuse_all_but_authorities(request)
    return render(request, "desk/house_record.html", entries_of(request, HOUSE))


@require_POST
@requires(Action.RECORD_READ)
@fresh_sign_in_required
def house_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The entries of the house that the page shows, as CSV."""
    refuse_all_but_authorities(request)
    return csv_of(request, HOUSE, subject=None, name="house-record.csv")


@require_POST
@requires(Action.RECORD_READ)
def verify_house(request: HttpRequest) -> HttpResponse:
    """Compute the chain of the house again, and say whether it is whole."""
    refuse_all_but_authorities(request)
    verified(request, HOUSE)
    return redirect("desk:house_record")


@require_POST
@requires(Action.RECORD_READ)
@fresh_sign_in_required
def export_house(request: HttpRequest) -> HttpResponse:
    """The record of the house with the program that verifies it anywhere."""
    refuse_all_but_authorities(request)
    return zip_of(request, HOUSE, subject=None, name="house-record.zip")


def case_of(request: HttpRequest, reference: str) -> Complaint:
    """The case of which the record is asked for."""
    return find_for(request, Action.RECORD_READ, Complaint, reference=reference)


def refuse_all_but_authorities(request: HttpRequest) -> None:
    """The house is read by an auditor of a deciding authority: it tells of everybody's people.

    Raises: Http404.
    """
    if not acting(request).organisation.has_part_in_a_regime():
        raise Http404


def entries_of(request: HttpRequest, chain: str) -> dict[str, Any]:
    """What a page of the record shows of one chain."""
    entries = AuditEntry.objects.of_chain(chain)
    asked = RecordFilter(request.GET, entries=entries)
    chosen = asked.chosen(entries).select_related("private").order_by("-number")
    page = Paginator(chosen, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return {
        "asked": asked,
        "page": page,
        "lines": lines(page.object_list),
        "query": request.GET,
        "head": head(chain),
        "verified": last_verification(chain),
    }


def csv_of(
    request: HttpRequest, chain: str, *, subject: Complaint | None, name: str
) -> StreamingHttpResponse:
    """The entries asked for as CSV, and that they were taken away.

    Records: record:exported.
    """
    write_down(HouseEvent.EXPORTED, subject=subject, by=acting(request), form="csv")
    entries = AuditEntry.objects.of_chain(chain)
    chosen = RecordFilter(request.GET, entries=entries).chosen(entries)
    response = StreamingHttpResponse(as_csv(chosen.iterator()), content_type="text/csv")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def zip_of(
    request: HttpRequest, chain: str, *, subject: Complaint | None, name: str
) -> HttpResponse:
    """A chain with the program that verifies it, and that it was taken away.

    Records: record:exported.
    """
    write_down(HouseEvent.EXPORTED, subject=subject, by=acting(request), form="zip")
    response = HttpResponse(zipped_export(chain), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def verified(request: HttpRequest, chain: str) -> None:
    """Compute a chain again, and say on the next page whether it is whole."""
    found = verify_and_record(chain, by=acting(request))
    if found.fault:
        messages.error(request, f"The record is not whole. First bad entry: {found.fault}.")
    else:
        messages.success(request, f"The record is whole: {found.entries} entries.")
