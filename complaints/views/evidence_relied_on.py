"""Adding files and links to a draft's evidence, saying what each shows, and taking one out."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import acting, requires
from accounts.roles import Action
from complaints.forms.evidence_relied_on import DescriptionForm, FilesForm, LinkForm
from complaints.models import Complaint, SupportingDocument
from complaints.services import evidence_relied_on as services
from complaints.services.presence import note_visit
from complaints.services.several import Added
from complaints.views.drafts import find_draft, refused_page
from complaints.views.evidence_list import place_of
from complaints.views.part_pages import opened
from complaints.views.several import tell
from drafting.conflict import conflict_page
from drafting.errors import VersionConflictError
from drafting.refusals import refusals_in
from drafting.saved import forget, keep, kept, restored
from drafting.sending import makes_once
from drafting.told import in_view, kept_at

PART = "evidence"


@require_POST
@requires(Action.COMPLAINT_DRAFT)
@makes_once
def attach(request: HttpRequest, key: str) -> HttpResponse:
    """Add the files chosen; those refused are listed with the reason, the others are kept."""
    complaint = find_draft(request, key)
    form = FilesForm(request.POST, request.FILES, auto_id="file_%s")
    added: Added[SupportingDocument] = Added()
    if form.is_valid():
        with refusals_in(form, "upload"):
            uploads = form.cleaned_data["upload"]
            added = services.attach_several(complaint, uploads=uploads, by=acting(request))
    tell(request, form, added)
    if form.is_valid():
        return redirect(place_of(complaint, added.kept[0]))
    return evidence_with(request, complaint, file_form=form)


@require_POST
@requires(Action.COMPLAINT_DRAFT)
@makes_once
def add_link(request: HttpRequest, key: str) -> HttpResponse:
    """Add one link."""
    complaint = find_draft(request, key)
    form = LinkForm(request.POST, auto_id="link_%s")
    if form.is_valid():
        with refusals_in(form, "link"):
            document = services.add_link(complaint, **form.cleaned_data, by=acting(request))
            messages.success(request, f"“{document.title}” was added.")
            return redirect(place_of(complaint, document))
    return evidence_with(request, complaint, link_form=form)


def evidence_with(request: HttpRequest, complaint: Complaint, **forms: Form) -> HttpResponse:
    """The page of the evidence, with a form that was refused."""
    return refused_page(request, complaint, PART, opened(complaint, PART), **forms)


@requires(Action.COMPLAINT_DRAFT)
def piece(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Say what one piece of evidence shows, what it supports and who may see it."""
    complaint = find_draft(request, key)
    document = find_piece(complaint, pk)
    note_visit(complaint, PART, by=acting(request))
    if request.method != "POST":
        return piece_page(request, document, opened_or_restored(request, document))
    form = form_of(document, request.POST)
    if not form.is_valid():
        return piece_page(request, document, form)
    return save_piece(request, document, form)


def save_piece(
    request: HttpRequest, document: SupportingDocument, form: DescriptionForm
) -> HttpResponse:
    """Save a valid description, or show the refusal, or the page that compares two."""
    by, complaint = acting(request), document.complaint
    try:
        with refusals_in(form):
            services.describe(complaint, document=document, **form.content(), by=by)
            forget(form=form, of=document, by=by)
            return redirect(after(request, document))
    except VersionConflictError:
        document.refresh_from_db()
        page = {"layout": "layouts/portal.html", "what": document.title, "complaint": complaint}
        return conflict_page(
            request,
            yours=form,
            theirs=form_of(document),
            of=document,
            by=by,
            keep_at=reverse("complaints:keep_piece", args=[complaint.key, document.pk]),
            **page,
        )
    return piece_page(request, document, form)


def after(request: HttpRequest, document: SupportingDocument) -> str:
    """Where one goes after saving: to the next piece with a question open, or to the list."""
    complaint = document.complaint
    if "next" in request.POST and (following := next_open(document)):
        return reverse("complaints:piece", args=[complaint.key, following.pk])
    return place_of(complaint, document)


def next_open(document: SupportingDocument) -> SupportingDocument | None:
    """The next other piece with a question open, from this one on and then from the first."""
    others = document.complaint.supporting_documents.with_questions_open().exclude(pk=document.pk)
    following: SupportingDocument | None = others.filter(number__gt=document.number).first()
    return following or others.first()


def opened_or_restored(request: HttpRequest, document: SupportingDocument) -> DescriptionForm:
    """The form with what this person typed and has not saved, or else with what is stored."""
    typed = kept(form=DescriptionForm, of=document, by=acting(request))
    form = form_of(document)
    if typed and "stored" not in request.GET:
        restored(form, typed)
    return form


def form_of(document: SupportingDocument, typed: QueryDict | None = None) -> DescriptionForm:
    """The form of a piece, with what is stored and the version that stands."""
    return DescriptionForm(
        typed,
        initial=DescriptionForm.of(document),
        version=document.version,
        features=list(document.complaint.features.all()),
    )


def piece_page(
    request: HttpRequest, document: SupportingDocument, form: DescriptionForm
) -> HttpResponse:
    """The page of one piece."""
    page: dict[str, Any] = {
        "complaint": document.complaint,
        "document": document,
        "form": form,
        "kept": in_view(request, kept(form=DescriptionForm, of=document, by=acting(request))),
        "shows_kept": "stored" not in request.GET,
        "next_open": next_open(document),
        "back": place_of(document.complaint, document),
        "nav_current": "portal",
    }
    return render(request, "complaints/portal/evidence_piece.html", page)


@require_POST
@requires(Action.COMPLAINT_DRAFT)
def keep_typed(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Keep what is typed of a piece and not saved yet, for its author alone."""
    complaint = find_draft(request, key)
    document = find_piece(complaint, pk)
    note_visit(complaint, PART, by=acting(request))
    form = form_of(document, request.POST)
    typed = keep(request.POST, form=form, of=document, by=acting(request))
    return kept_at(typed)


@requires(Action.COMPLAINT_DRAFT)
def detach(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take one piece out of the evidence, once that is confirmed."""
    complaint = find_draft(request, key)
    document = find_piece(complaint, pk)
    if request.method == "POST":
        services.detach(complaint, document=document, by=acting(request))
        messages.success(request, f"“{document.title}” was removed.")
        return redirect("complaints:part", complaint.key, PART)
    page = {
        "complaint": complaint,
        "document": document,
        "back": place_of(complaint, document),
        "nav_current": "portal",
    }
    return render(request, "complaints/portal/remove_evidence.html", page)


def find_piece(complaint: Complaint, pk: int) -> SupportingDocument:
    """A piece of this very draft. Raises: Http404."""
    found: SupportingDocument = get_object_or_404(complaint.supporting_documents.listed(), pk=pk)
    found.complaint = complaint
    return found
