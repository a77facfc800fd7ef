"""What happens to an item after it was registered: nothing here deletes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.access import acting, requires
from accounts.roles import Action
from drafting.keeping import opened
from drafting.sending import makes_once
from investigations.forms.evidence import (
    CopyForm,
    CorrectForm,
    OpeningForm,
    ReaderForm,
    ReasonForm,
    SupersedeForm,
)
from investigations.models import EvidenceItem
from investigations.services import custody, evidence
from investigations.services.copies import register_copy
from investigations.services.description import CORRECTABLE, said_of
from investigations.views.evidence import item_for
from investigations.views.frame import did, edited, framed, page, told

ITEM = "investigations:evidence_item"


@requires(Action.EVIDENCE_CORRECT)
def correct_evidence(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Correct what is said of an item, with the reason."""
    found = item_for(request, Action.EVIDENCE_CORRECT, reference, number)
    form = CorrectForm(request.POST or None, **as_it_stands(found))
    frame = framed(found.investigation.complaint, section="evidence", title=f"Correct {found.mark}")
    answer = edited(
        request,
        form,
        lambda: evidence.correct(
            found,
            changes=form.cleaned_data,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
            by=acting(request),
        ),
        of=found,
        afresh=lambda: CorrectForm(**as_it_stands(EvidenceItem.objects.get(pk=found.pk))),
        frame=frame,
    )
    if answer is True:
        messages.success(request, f"{found.mark} is corrected. What it said before is kept.")
        return redirect(ITEM, reference, number)
    if answer:
        return answer
    return page(
        request,
        "investigations/evidence/correct.html",
        complaint=found.investigation.complaint,
        section="evidence",
        title=f"Correct {found.mark}",
        form=opened(request, form, of=found),
        item=found,
    )


def as_it_stands(found: EvidenceItem) -> dict[str, Any]:
    """A correction form's start: the item as it is, with its version."""
    said = {name: said_of(found, name) for name in CORRECTABLE}
    return {"initial": said, "version": found.version, "investigation": found.investigation}


def change_page(
    request: HttpRequest, found: EvidenceItem, form: forms.Form, *, title: str, submit: str
) -> HttpResponse:
    """The page of one form about an item, with what the item is beside it."""
    return page(
        request,
        "investigations/evidence/change.html",
        complaint=found.investigation.complaint,
        section="evidence",
        title=title,
        form=form,
        item=found,
        submit=submit,
    )


@requires(Action.EVIDENCE_CORRECT)
@makes_once
def supersede_evidence(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Register a newer file in the place of this one."""
    found = item_for(request, Action.EVIDENCE_CORRECT, reference, number)
    form = SupersedeForm(request.POST or None, request.FILES or None)
    newer = did(form, lambda: evidence.supersede(found, by=acting(request), **form.cleaned_data))
    if newer:
        messages.success(request, f"{newer.mark} supersedes {found.mark}.")
        return redirect(ITEM, reference, newer.number)
    return change_page(request, found, form, title=f"Supersede {found.mark}", submit="Supersede")


@requires(Action.EVIDENCE_REGISTER)
@makes_once
def copy_evidence(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Register a redacted, converted or extracted copy of this item."""
    found = item_for(request, Action.EVIDENCE_REGISTER, reference, number)
    suggested = {"title": f"{found.title}, redacted", "sensitivity": found.sensitivity}
    form = CopyForm(request.POST or None, request.FILES or None, initial=suggested)
    copy = did(form, lambda: register_copy(found, by=acting(request), **form.cleaned_data))
    if copy:
        messages.success(request, f"{copy.mark} is in the log as a copy of {found.mark}.")
        return redirect(ITEM, reference, copy.number)
    return change_page(
        request, found, form, title=f"Add a copy of {found.mark}", submit="Add the copy"
    )


@require_POST
@requires(Action.EVIDENCE_REGISTER)
def screen_evidence(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say that an item was looked through."""
    found = item_for(request, Action.EVIDENCE_REGISTER, reference, number)
    told(
        request,
        lambda: evidence.screen(found, by=acting(request)),
        done=f"{found.mark} is screened.",
    )
    return redirect(ITEM, reference, number)


@requires(Action.EVIDENCE_CORRECT)
def set_aside_evidence(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Set an item aside, or take it back, with a reason."""
    found = item_for(request, Action.EVIDENCE_CORRECT, reference, number)
    back = found.status == "not_relied_on"
    verb = evidence.rely_on_again if back else evidence.set_aside
    form = ReasonForm(request.POST or None)
    turned = did(form, lambda: verb(found, by=acting(request), **form.cleaned_data))
    if turned:
        messages.success(request, f"{found.mark}: {found.get_status_display().lower()}.")
        return redirect(ITEM, reference, number)
    return change_page(
        request,
        found,
        form,
        title=f"Rely on {found.mark} again" if back else f"Set {found.mark} aside",
        submit="Rely on it again" if back else "Set aside",
    )


@requires(Action.EVIDENCE_CORRECT)
@makes_once
def name_reader(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Let one more person see a restricted item."""
    found = item_for(request, Action.EVIDENCE_CORRECT, reference, number)
    form = ReaderForm(request.POST or None, evidence_item=found)
    if request.method == "POST" and form.is_valid():
        reader = form.cleaned_data["reader"]
        named = told(
            request,
            lambda: custody.name_reader(found, by=acting(request), **form.cleaned_data),
            done=f"{reader} may see {found.mark}.",
        )
        if named:
            return redirect(ITEM, reference, number)
    return change_page(
        request, found, form, title=f"Name a reader of {found.mark}", submit="Name this reader"
    )


@requires(Action.EVIDENCE_CORRECT)
@makes_once
def open_unchecked(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Let one named person have a file that could not be checked for viruses."""
    found = item_for(request, Action.EVIDENCE_CORRECT, reference, number)
    form = OpeningForm(request.POST or None, evidence_item=found)
    if request.method == "POST" and form.is_valid():
        reader = form.cleaned_data["reader"]
        allowed = told(
            request,
            lambda: custody.open_unchecked(found, by=acting(request), **form.cleaned_data),
            done=f"{reader} may open the unchecked file of {found.mark}.",
        )
        if allowed:
            return redirect(ITEM, reference, number)
    return change_page(
        request, found, form, title=f"Open {found.mark} unchecked", submit="Open it for this person"
    )
