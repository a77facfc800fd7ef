"""Writing a draft in the portal: start, task list, a page for each part."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import acting, find_for, may, requires
from accounts.entrance import without_prolonging
from accounts.models import Regime
from accounts.roles import Action
from clock.london import london_today
from complaints.forms.drafts import PartForm, StartForm
from complaints.models import Complaint
from complaints.parts import BY_NAME
from complaints.services import drafts
from complaints.services.authorities import receiving_authorities
from complaints.services.deleting import restorable_by
from complaints.services.presence import note_visit
from complaints.views.evidence_list import evidence_page
from complaints.views.part_pages import PAGES, answered, opened, state_of
from complaints.views.presence import named_for, open_elsewhere
from complaints.views.tasks import progress, task_sections
from drafting.conflict import conflict_page
from drafting.errors import VersionConflictError
from drafting.refusals import refusals_in
from drafting.saved import Kept, forget, keep, kept, restored
from drafting.sending import makes_once
from drafting.told import in_view, is_older, kept_at


@requires(Action.COMPLAINT_DRAFT)
@makes_once
def new(request: HttpRequest) -> HttpResponse:
    """What is needed before one starts, and the start; a body not designated learns whom to ask."""
    by = acting(request)
    today = london_today()
    designated = by.organisation.designations.on(today)
    regimes = Regime.objects.filter(designations__in=designated).distinct()
    form = StartForm(request.POST or None, regimes=regimes)
    if request.method == "POST" and regimes and form.is_valid():
        title, regime = form.cleaned_data["title"], form.cleaned_data["regime"]
        draft = drafts.start_draft(regime, title=title, by=by)
        return redirect("complaints:draft", draft.key)
    page = {
        "form": form,
        "designated": bool(regimes),
        "receivers": receiving_authorities(),
        "nav_current": "new",
    }
    return render(request, "complaints/portal/new.html", page)


@requires(Action.COMPLAINT_DRAFT)
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """The task list of a draft; what was submitted has a tracker, what was deleted a way back."""
    by = acting(request)
    if restorable_by(by).filter(key=key).exists():
        return redirect("complaints:restore_draft", key)
    complaint = find_for(request, Action.COMPLAINT_DRAFT, Complaint, "regime", key=key)
    if complaint.reference:
        return redirect("complaints:tracker", complaint.reference)
    prefetch_related_objects([complaint], "features")
    beside = ("saved_by__user", "saved_by__organisation")
    saved = complaint.parts.exclude(saved_by=None).select_related(*beside)
    last = saved.order_by("-saved_at").first()
    page = {
        "complaint": complaint,
        "sections": task_sections(complaint),
        "progress": progress(complaint),
        "last_saved": last,
        "last_saved_by": named_for(by, last.saved_by) if last and last.saved_by else "",
        "elsewhere": open_elsewhere(complaint, by),
        "may_delete": may(by, Action.COMPLAINT_DELETE, complaint),
        "nav_current": "portal",
    }
    return render(request, "complaints/portal/draft.html", page)


@requires(Action.COMPLAINT_DRAFT)
def part(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """One part of a draft: read what is stored, save what is typed, or compare two texts."""
    complaint = find_draft(request, key)
    if name not in PAGES:
        raise Http404
    if request.method != "POST":
        typed = kept(form=PAGES[name].form, of=complaint, by=acting(request))
        form = opened_or_restored(request, complaint, name, typed)
        return part_page(request, complaint, name, form, typed=typed)
    form = answered(complaint, name, request.POST)
    if not form.is_valid():
        return refused_page(request, complaint, name, form)
    return save_part(request, complaint, name, form)


def save_part(
    request: HttpRequest, complaint: Complaint, name: str, form: PartForm
) -> HttpResponse:
    """Save a valid part, or show the refusal, or the page that compares two texts."""
    by = acting(request)
    try:
        with refusals_in(form):
            PAGES[name].save(complaint, **form.content(), by=by)
            forget(form=form, of=complaint, by=by)
            return redirect(after(request, complaint, name))
    except VersionConflictError:
        complaint.refresh_from_db()
        theirs = opened(complaint, name, request.POST.dict())
        page = {
            "layout": "layouts/portal.html",
            "what": BY_NAME[name].title,
            "complaint": complaint,
        }
        return conflict_page(
            request,
            yours=form,
            theirs=theirs,
            of=complaint,
            by=by,
            keep_at=reverse("complaints:keep", args=[complaint.key, name]),
            **page,
        )
    return refused_page(request, complaint, name, form)


def after(request: HttpRequest, complaint: Complaint, name: str) -> str:
    """Where one goes after saving: on to another row, or back to the tasks or the answers."""
    if "add" in request.POST:
        rows = complaint.features.count() + 1
        return reverse("complaints:part", args=[complaint.key, name]) + f"?row={rows}#row-{rows}"
    page = "complaints:check" if "check" in request.GET else "complaints:draft"
    return reverse(page, args=[complaint.key])


def opened_or_restored(
    request: HttpRequest, complaint: Complaint, name: str, typed: Kept | None
) -> PartForm:
    """The form with what this person typed and has not saved, or else with what is stored."""
    further = {f"statement_{request.GET.get('row', '')}": ""}
    if typed is None or "stored" in request.GET:
        return opened(complaint, name, further)
    restored(form := opened(complaint, name, typed.content | further), typed)
    form.take_in(typed.content)
    return form


@require_POST
@requires(Action.COMPLAINT_DRAFT)
def keep_typed(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """Keep what is typed and not saved yet, for its author alone; answers the time of it."""
    complaint = find_draft(request, key)
    if name not in PAGES:
        raise Http404
    form = answered(complaint, name, request.POST)
    note_visit(complaint, name, by=acting(request))
    typed = keep(form.sent, form=form, of=complaint, by=acting(request))
    return kept_at(typed)


@requires(Action.COMPLAINT_DRAFT)
@without_prolonging
def elsewhere(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """Who else has a part open, for a page that stays open; it is noted that this one does."""
    complaint, by = find_draft(request, key), acting(request)
    if name not in PAGES:
        raise Http404
    note_visit(complaint, name, by=by)
    visits = open_elsewhere(complaint, by, name)
    return render(request, "complaints/portal/elsewhere.html", {"visits": visits})


def refused_page(
    request: HttpRequest, complaint: Complaint, name: str, part_form: PartForm, **forms: Any
) -> HttpResponse:
    """The page of one part once a form of it was refused."""
    typed = in_view(request, kept(form=type(part_form), of=complaint, by=acting(request)))
    return part_page(request, complaint, name, part_form, typed=typed, **forms)


def part_page(
    request: HttpRequest,
    complaint: Complaint,
    name: str,
    part_form: PartForm,
    *,
    typed: Kept | None,
    **forms: Any,
) -> HttpResponse:
    """The page of one part; that of the evidence has forms of its own beside it."""
    by = acting(request)
    note_visit(complaint, name, by=by)
    page = {
        "complaint": complaint,
        "part": BY_NAME[name],
        "shows_kept": "stored" not in request.GET,
        "kept_is_older": bool(typed) and is_older(typed, state_of(complaint, name).version),
        "part_form": part_form,
        "kept": typed,
        "elsewhere": open_elsewhere(complaint, by, name),
        "nav_current": "portal",
    }
    if name == "evidence":
        page |= evidence_page(request, complaint, **forms)
    return render(request, f"complaints/portal/parts/{name}.html", page)


def find_draft(
    request: HttpRequest, key: str, action: Action = Action.COMPLAINT_DRAFT
) -> Complaint:
    """A draft of one's own that is still one. Raises: Http404."""
    complaint = find_for(request, action, Complaint, key=key)
    if complaint.reference:
        raise Http404
    return complaint
