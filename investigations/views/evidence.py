"""The evidence log, one item of it, and its file."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from accounts.access import acting, find_for, requires
from accounts.roles import Action
from documents.downloads import file_response
from drafting.sending import makes_once
from investigations.forms.evidence import PurposeForm, RegisterForm
from investigations.forms.filters import SORTS, EvidenceFilter
from investigations.models import EvidenceItem, Investigation
from investigations.querysets import EvidenceQuerySet
from investigations.services.batches import Batch, register_each
from investigations.services.custody import record_reading
from investigations.views.frame import did, investigation_for, may_here, page
from investigations.workflow import EVIDENCE
from workflow.errors import ActRefusedError

ROWS_A_PAGE = 25
if TYPE_CHECKING:
    _Pages = Paginator[EvidenceItem]
else:
    _Pages = Paginator  # Generic for the type checker only.


class Pages(_Pages):
    """Pages of a list that has been counted, together with what else the page counts."""

    def __init__(self, items: EvidenceQuerySet, per_page: int, *, rows: int) -> None:
        super().__init__(items, per_page)
        self.count = rows


def item_for(request: HttpRequest, action: Action, reference: str, number: int) -> EvidenceItem:
    """An item, fetched through its investigation. Raises: Http404, PermissionDenied."""
    investigation = investigation_for(request, Action.EVIDENCE_READ, reference)
    found = find_for(request, action, EvidenceItem, investigation=investigation, number=number)
    found.investigation = investigation
    return found


def log_of(request: HttpRequest, investigation: Investigation) -> EvidenceQuerySet:
    """The items of an investigation that this person may see."""
    rows: EvidenceQuerySet = EvidenceItem.objects.visible_to(acting(request))
    return rows.filter(investigation=investigation)


@requires(Action.EVIDENCE_READ)
def evidence_log(request: HttpRequest, reference: str) -> HttpResponse:
    """The log: filtered, sorted and cut by the database, with the whole filter in the address."""
    investigation = investigation_for(request, Action.EVIDENCE_READ, reference)
    asked = EvidenceFilter(request.GET, investigation=investigation)
    visible = log_of(request, investigation)
    sort = request.GET.get("sort", "number")
    _label, order = SORTS.get(sort, SORTS["number"])
    rows = asked.of(visible).order_by(order, "number").select_related("file", "supplied_by")
    tally = investigation.evidence.aggregate(
        asked=Count("pk", filter=Q(pk__in=rows.order_by().values("pk"))),
        hidden=Count("pk", filter=~Q(pk__in=visible.values("pk"))),
    )
    cut = Pages(rows.prefetch_related("lines", "findings"), ROWS_A_PAGE, rows=tally["asked"])
    return page(
        request,
        "investigations/evidence/log.html",
        complaint=investigation.complaint,
        section="evidence",
        title="Evidence",
        asked=asked,
        sort=sort,
        page=cut.get_page(request.GET.get("page")),
        hidden=tally["hidden"],
        investigation=investigation,
        query=request.GET,
        may_add=may_here(request, Action.EVIDENCE_REGISTER, investigation),
    )


@requires(Action.EVIDENCE_REGISTER)
@makes_once
def add_evidence(request: HttpRequest, reference: str) -> HttpResponse:
    """Add files; those that are refused are named with the reason, the others are kept."""
    investigation = investigation_for(request, Action.EVIDENCE_REGISTER, reference)
    form = RegisterForm(request.POST or None, request.FILES or None, investigation=investigation)
    batch = did(
        form,
        lambda: register_each(
            investigation, form.cleaned_data["uploads"], by=acting(request), **form.described()
        ),
    )
    if batch and not batch.refused:
        return after_adding(request, reference, batch)
    if batch:
        for refusal in batch.refused:
            form.add_error("uploads", refusal)
    return page(
        request,
        "investigations/evidence/add.html",
        complaint=investigation.complaint,
        section="evidence",
        title="Add evidence",
        form=form,
        registered=batch.registered if batch else [],
    )


def after_adding(request: HttpRequest, reference: str, batch: Batch) -> HttpResponse:
    """To the item that was added, or to the log when there are several."""
    if len(batch.registered) == 1:
        (one,) = batch.registered
        messages.success(request, f"{one.mark} is in the log.")
        return redirect("investigations:evidence_item", reference, one.number)
    messages.success(request, f"{len(batch.registered)} items are in the log.")
    return redirect("investigations:evidence", reference)


@requires(Action.EVIDENCE_READ)
def evidence_item(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One item: what is said of it, its file and hash, its custody, what it bears on."""
    found = item_for(request, Action.EVIDENCE_READ, reference, number)
    log = log_of(request, found.investigation)
    return page(
        request,
        "investigations/evidence/detail.html",
        complaint=found.investigation.complaint,
        section="evidence",
        title=f"{found.mark} {found.title}",
        item=found,
        may_open=found.file.opens_for(acting(request)),
        steps={step.name for step in EVIDENCE.open_to(found, acting(request))},
        custody=found.custody.select_related("by__user", "by__organisation"),
        corrections=found.corrections.select_related("by__user", "by__organisation"),
        ties=found.ties.select_related("finding"),
        may_correct=may_here(request, Action.EVIDENCE_CORRECT, found),
        original=log.filter(file=found.file.derived_from_id).first(),
        copies=log.filter(file__derived_from=found.file),
    )


@requires(Action.EVIDENCE_READ)
def evidence_file(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Hand out the file of an item, once its custody says who took it and why."""
    found = item_for(request, Action.EVIDENCE_READ, reference, number)
    form = PurposeForm(request.POST if request.method == "POST" else None)
    stated = request.method == "POST" and form.is_valid()
    if stated or not found.needs_purpose:
        purpose = form.cleaned_data["purpose"] if stated else ""
        try:
            # Together: no file without its custody event, and none for a file that is closed.
            with transaction.atomic():
                record_reading(found, by=acting(request), purpose=purpose)
                return file_response(found.file, to=acting(request))
        except ActRefusedError as refusal:
            messages.error(request, str(refusal))
            return redirect("investigations:evidence_item", reference, number)
    return page(
        request,
        "investigations/evidence/purpose.html",
        complaint=found.investigation.complaint,
        section="evidence",
        title=f"Open {found.mark}",
        item=found,
        form=form,
    )
