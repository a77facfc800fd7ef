"""Earlier complaints like this one, and each authority's comparison with one of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from accounts.access import acting, find_for, requires
from accounts.models import Membership
from accounts.roles import Action
from complaints.forms.comparing import ComparisonForm
from complaints.models import Comparison, Complaint
from complaints.radar.nearest import known_before, likest_of
from complaints.radar.passages import Shared, shared_passages
from complaints.repeats import Standing, asks_for_change, standing_of
from complaints.services import comparing
from complaints.views.eligibility import may_record_view
from drafting.conflict import conflict_page
from drafting.errors import VersionConflictError
from drafting.keeping import is_keeping, keep_address, keep_typed, opened
from drafting.refusals import refusals_in
from drafting.saved import forget

# What the frame and the form ask of the case, read with it.
BESIDE = ("regime", "lead_body", "acknowledgement")


@dataclass(frozen=True)
class Earlier:
    """One earlier complaint in the list: what it is, and what it is to the repeat rules."""

    complaint: Complaint
    standing: Standing


@requires(Action.COMPLAINT_READ)
def earlier_ones(request: HttpRequest, reference: str) -> HttpResponse:
    """Earlier and live complaints, the likest in substance first."""
    complaint = find_for(request, Action.COMPLAINT_READ, Complaint, *BESIDE, reference=reference)
    others = known_before(complaint, acting(request))
    page = {
        "complaint": complaint,
        "case_title": "Earlier super-complaints",
        "case_section": "eligibility",
        "rows": likest(complaint, others),
        "unread": others.filter(substance=None).exists(),
    }
    return render(request, "complaints/casework/earlier.html", page)


@requires(Action.COMPLAINT_READ)
def compare(request: HttpRequest, reference: str, other: str) -> HttpResponse:
    """Two complaints side by side, and the comparison that an authority records of them."""
    by = acting(request)
    complaint, earlier = both_of(by, reference, other)
    pair = f"{reference} with {other}"
    recorded = list(recorded_of(complaint, earlier))
    form = comparison_form(earlier, recorded, by, typed=request.POST or None)
    if is_keeping(request):
        return keep_typed(request, form, of=pair)
    frame = frame_of(complaint, earlier)
    if request.method == "POST" and form.is_valid():
        try:
            with refusals_in(form):
                comparing.compare(complaint, earlier=earlier, **form.content(), by=by)
                forget(form=form, of=pair, by=by)
                messages.success(request, f"The comparison with {other} is recorded.")
                return redirect("complaints:eligibility", reference)
        except VersionConflictError:
            afresh = comparison_form(earlier, recorded_of(complaint, earlier), by)
            return conflict_page(
                request,
                yours=form,
                theirs=afresh,
                of=pair,
                by=by,
                keep_at=keep_address(request),
                **frame,
            )
    page = {
        **frame,
        "form": opened(request, form, of=pair) if may_record_view(complaint, by) else None,
        "passages": passages(complaint, earlier),
        "comparisons": recorded,
    }
    return render(request, "complaints/casework/compare.html", page)


def both_of(by: Membership, reference: str, other: str) -> tuple[Complaint, Complaint]:
    """A complaint and another, both of which this reader may read. Raises: Http404."""
    readable = Complaint.objects.for_action(by, Action.COMPLAINT_READ).select_related(*BESIDE)
    found = {one.reference: one for one in readable.filter(reference__in=[reference, other])}
    if reference not in found or other not in found:
        raise Http404
    return found[reference], found[other]


def recorded_of(complaint: Complaint, earlier: Complaint) -> "QuerySet[Comparison]":
    """What the authorities have recorded of two complaints."""
    return complaint.comparisons.filter(earlier=earlier).select_related("authority")


def passages(complaint: Complaint, earlier: Complaint) -> list[Shared]:
    """Where the two are alike, both read in one go."""
    prefetch_related_objects([complaint, earlier], "features")
    return shared_passages(complaint, earlier)


def likest(complaint: Complaint, others: "QuerySet[Complaint]") -> list[Earlier]:
    """The likest of the others, in their order."""
    keys = likest_of(complaint, others)
    rows = Complaint.objects.select_related("lead_body").in_bulk(keys)
    return [Earlier(rows[key], standing_of(rows[key])) for key in keys]


def frame_of(complaint: Complaint, earlier: Complaint) -> dict[str, object]:
    """What each page of a comparison shows around it."""
    return {
        "complaint": complaint,
        "earlier": earlier,
        "standing": standing_of(earlier),
        "case_title": f"Compared with {earlier.reference}",
        "case_section": "eligibility",
        "layout": "layouts/case.html",
    }


def comparison_form(
    earlier: Complaint,
    recorded: Iterable[Comparison],
    by: Membership,
    *,
    typed: QueryDict | None = None,
) -> ComparisonForm:
    """The form, with what one's own authority has recorded and its version."""
    own = next((one for one in recorded if one.authority_id == by.organisation_id), None)
    return ComparisonForm(
        typed,
        initial=ComparisonForm.of(own),
        version=own.version if own else 0,
        regime=earlier.regime,
        asks_for_change=asks_for_change(earlier),
    )
