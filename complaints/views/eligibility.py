"""Eligibility: what regulation 4 asks for, each authority's view, the decision."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from accounts.access import acting, find_for, may, requires
from accounts.models import Membership
from accounts.roles import Action
from clock.london import london_today, long_date
from complaints import guards
from complaints.forms.casework import DecisionForm, ViewForm
from complaints.law import cited
from complaints.models import Comparison, Complaint, EligibilityView, PartRequest
from complaints.parts import PARTS
from complaints.services import eligibility as services
from complaints.services import letter_texts
from complaints.services.authorities import deciding_authorities, receiving_authority
from complaints.services.joining import joinings_of
from complaints.states import CaseStatus
from complaints.views.composing import composed, is_previewed, preview_of, tell_sent
from complaints.views.overtaken import sent_by_a_colleague
from complaints.views.tasks import lines_of
from complaints.views.unchecked import unchecked_files
from complaints.workflow import CASE
from drafting.conflict import conflict_page
from drafting.errors import VersionConflictError
from drafting.keeping import is_keeping, keep_address, keep_typed, opened
from drafting.refusals import refusals_in
from drafting.saved import forget


@dataclass(frozen=True)
class Row:
    """One row that regulation 4 asks for, as it was submitted."""

    key: str
    value: str
    verbatim: bool = True


@dataclass(frozen=True)
class Box:
    """One authority's view, as the strip shows it."""

    who: str
    words: str
    state: str = ""
    note: str = ""
    by: str = ""


@requires(Action.COMPLAINT_READ)
def eligibility(request: HttpRequest, reference: str) -> HttpResponse:
    """The rows of regulation 4, the views side by side, and what one may do about them."""
    complaint = find_for(request, Action.COMPLAINT_READ, Complaint, "regime", reference=reference)
    prefetch_related_objects([complaint], "eligibility_views")
    by, waits = acting(request), guards.lacks_agreement_of_views(complaint)
    page = {
        "complaint": complaint,
        "case_title": "Eligibility",
        "case_section": "eligibility",
        "rows": list(rows(complaint)),
        "documents": complaint.supporting_documents.listed(),
        **unchecked_files(request, complaint),
        "boxes": list(boxes(complaint, by)),
        "decision": getattr(complaint, "eligibility_decision", None),
        "waits": waits,
        "differ": guards.views_differ(complaint),
        "days": complaint.days_since_receipt(london_today()),
        "meetings": complaint.meeting_notes.select_related("by__user", "by__organisation"),
        "reopened": complaint.reopened_decisions.select_related("by__user", "by__organisation"),
        "joined": joinings_of(complaint, by),
        "may_join": may_join(complaint, by),
        "may_view": may_record_view(complaint, by),
        "may_reopen": may_reopen(complaint, by),
        "comparisons": compared(complaint, by),
        "may_decide": not waits and may_decide(complaint, by),
        "receives": receiving_authority(complaint.regime).organisation,
    }
    return render(request, "complaints/casework/eligibility.html", page)


@requires(Action.ELIGIBILITY_RECORD_VIEW)
def view(request: HttpRequest, reference: str) -> HttpResponse:
    """Record the view of one's own authority."""
    complaint = find_for(request, Action.ELIGIBILITY_RECORD_VIEW, Complaint, reference=reference)
    by = acting(request)
    frame = {
        "complaint": complaint,
        "case_title": f"The view of {by.organisation.short_name}",
        "case_section": "eligibility",
        "layout": "layouts/case.html",
    }
    form = view_form(complaint, by, typed=request.POST or None)
    if is_keeping(request):
        return keep_typed(request, form, of=complaint)
    if request.method == "POST" and form.is_valid():
        try:
            with refusals_in(form):
                services.record_view(complaint, **form.content(), by=by)
                forget(form=form, of=complaint, by=by)
                messages.success(request, f"The view of {by.organisation.short_name} is recorded.")
                return redirect("complaints:eligibility", complaint.reference)
        except VersionConflictError:
            afresh = view_form(complaint, by)
            return conflict_page(
                request,
                yours=form,
                theirs=afresh,
                of=complaint,
                by=by,
                keep_at=keep_address(request),
                **frame,
            )
    shown = opened(request, form, of=complaint)
    page = {**frame, "form": shown, "rows": list(rows(complaint))}
    return render(request, "complaints/casework/view.html", page)


def view_form(complaint: Complaint, by: Membership, *, typed: QueryDict | None = None) -> ViewForm:
    """The form of an authority’s view, with the view that stands and its version."""
    own = complaint.eligibility_views.filter(authority=by.organisation_id).first()
    version = own.version if own else 0
    return ViewForm(typed, initial=ViewForm.of(own), version=version, complaint=complaint, by=by)


@requires(Action.ELIGIBILITY_DECIDE)
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Write the letter of the decision that the authorities' views make, see it, send it."""
    complaint = find_for(request, Action.ELIGIBILITY_DECIDE, Complaint, reference=reference)
    decided = getattr(complaint, "eligibility_decision", None)
    if decided and decided.letter:
        return sent_by_a_colleague(request, complaint, decided.letter)
    agreed = complaint.eligibility_views.first()
    waits = guards.lacks_agreement_of_views(complaint)
    if agreed is None or waits or not may_decide(complaint, acting(request)):
        return redirect("complaints:eligibility", complaint.reference)
    form = decision_form(request, complaint, agreed)
    if is_keeping(request):
        return keep_typed(request, form, of=complaint)
    if request.method == "POST" and form.is_valid() and not is_previewed(request):
        with refusals_in(form):
            services.decide(complaint, **form.cleaned_data, by=acting(request))
            forget(form=form, of=complaint, by=acting(request))
            tell_sent(request, form, "The decision is recorded and the letter is sent.")
            return redirect("complaints:letters", complaint.reference)
    kind = services.kind_of(eligible=agreed.eligible)
    page = {
        "complaint": complaint,
        "case_title": "Decide eligibility",
        "case_section": "eligibility",
        "form": form,
        "agreed": agreed,
        "preview": preview_of(request, form, complaint, kind),
    }
    return render(request, "complaints/casework/decide.html", page)


def decision_form(
    request: HttpRequest, complaint: Complaint, agreed: EligibilityView
) -> DecisionForm:
    """The form of the decision, prefilled with the reasons that the authorities gave."""
    given = complaint.eligibility_views.exclude(reasons="").values_list("reasons", flat=True)
    reasons = "\n\n".join(dict.fromkeys(given))
    text = letter_texts.decision(complaint, eligible=agreed.eligible, reasons=reasons)
    return composed(request, DecisionForm, complaint, reasons=reasons, text=text)


def compared(complaint: Complaint, by: Membership) -> QuerySet[Comparison]:
    """What the authorities hold of earlier complaints, as far as this reader may know of these."""
    known = Complaint.objects.visible_to(by).values("pk")
    rows = complaint.comparisons.filter(earlier__in=known)
    return rows.select_related("earlier", "authority")


def rows(complaint: Complaint) -> Iterator[Row]:
    """What regulation 4 asks for, with what was submitted and what was answered later."""
    answered: dict[str, list[PartRequest]] = {}
    for given in complaint.part_requests.exclude(answered_at=None):
        answered.setdefault(given.part, []).append(given)
    for part in PARTS:
        law = cited(part.law, complaint.regime)
        name = f"{part.title} ({law})" if part.law else part.title
        yield Row(name, "\n".join(lines_of(complaint, part.name)))
        for given in answered.get(part.name, ()):
            day = long_date(given.answered_at)
            yield Row(f"{name}, added {day}", given.answer)


def boxes(complaint: Complaint, by: Membership) -> Iterator[Box]:
    """Each authority's view with who recorded it, or that it has recorded none.

    The case that is repeated is named to those who may open it.
    """
    recorded = list(complaint.eligibility_views.select_related("by__user", "repeats"))
    repeated = [one.repeats_id for one in recorded if one.repeats_id]
    known = set(
        Complaint.objects.visible_to(by).filter(pk__in=repeated).values_list("pk", flat=True)
    )
    views = {each.authority_id: each for each in recorded}
    for part in deciding_authorities(complaint.regime):
        short = part.organisation.short_name
        given = views.get(part.organisation_id)
        if given is None:
            missing = "Not known to us" if complaint.imported else "No view recorded yet"
            yield Box(short, missing)
            continue
        who = f"{given.by.user.name}, {long_date(given.recorded_at)}"
        if given.eligible:
            yield Box(short, "Eligible", "given", given.reasons, who)
        else:
            of = f": {given.repeats}" if given.repeats_id in known else ""
            note = f"{given.get_ground_display()}{of}. {given.reasons}"
            yield Box(short, "Not eligible", "against", note, who)


def may_record_view(complaint: Complaint, by: Membership) -> bool:
    """Whether this membership's authority may record or change its view now."""
    if complaint.status != CaseStatus.SUBMITTED:
        return False
    allowed = Complaint.objects.for_action(by, Action.ELIGIBILITY_RECORD_VIEW)
    decides = allowed.filter(regime__parts__organisation=by.organisation_id)
    return decides.filter(pk=complaint.pk).exists()


def may_decide(complaint: Complaint, by: Membership) -> bool:
    """Whether this membership may send the decision, once the views agree."""
    receives = receiving_authority(complaint.regime).organisation_id == by.organisation_id
    open_still = complaint.status == CaseStatus.SUBMITTED
    return open_still and receives and may(by, Action.ELIGIBILITY_DECIDE, complaint)


def may_reopen(complaint: Complaint, by: Membership) -> bool:
    """Whether the decision may be opened again, and by this membership."""
    receives = receiving_authority(complaint.regime).organisation_id == by.organisation_id
    steps = {step.name for step in CASE.from_state(complaint.status)}
    living = "reopen_eligibility" in steps and not complaint.imported
    return living and receives and may(by, Action.ELIGIBILITY_DECIDE, complaint)


def may_join(complaint: Complaint, by: Membership) -> bool:
    """Whether this membership may join another complaint under way with this one."""
    receives = receiving_authority(complaint.regime).organisation_id == by.organisation_id
    decided = Complaint.objects.for_action(by, Action.ELIGIBILITY_DECIDE)
    return receives and decided.of_which_to_consider().filter(pk=complaint.pk).exists()
