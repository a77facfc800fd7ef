"""What the pages of an investigation share: the case they are of, and how a refusal is told."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import acting, find_for, may
from accounts.roles import Action
from complaints.models import Complaint
from complaints.states import CaseStatus
from drafting.conflict import conflict_page
from drafting.errors import VersionConflictError
from drafting.forms import VersionedForm
from drafting.keeping import is_keeping, keep_address, keep_typed
from drafting.refusals import refusals_in
from drafting.saved import forget
from investigations.models import Investigation
from investigations.services.gate import UNDER_WAY, edition_corrected
from workflow.errors import ActRefusedError

T = TypeVar("T")

# What the frame and most pages ask of the case, read with its investigation.
BESIDE = tuple(f"complaint__{one}" for one in ("regime", "lead_body", "acknowledgement"))


def investigation_for(request: HttpRequest, action: Action, reference: str) -> Investigation:
    """The investigation that this page is about. Raises: Http404, PermissionDenied."""
    return find_for(request, action, Investigation, *BESIDE, complaint__reference=reference)


def page(
    request: HttpRequest,
    template: str,
    *,
    complaint: Complaint,
    section: str,
    title: str,
    **context: Any,
) -> HttpResponse:
    """A page in the frame of its case."""
    return render(request, template, framed(complaint, section=section, title=title) | context)


def framed(complaint: Complaint, *, section: str, title: str) -> dict[str, Any]:
    """What the frame of a case's page needs."""
    return {
        "complaint": complaint,
        "case_section": section,
        "case_title": title,
        "fictional": complaint.fictional,
        "layout": "layouts/case.html",
        "work_is_over": work_is_over(complaint),
    }


def work_is_over(complaint: Complaint) -> str:
    """Why nothing more is changed in a case, in words, or nothing while its work goes on."""
    if complaint.imported:
        return "imported from public sources"
    return "" if complaint.status in UNDER_WAY else complaint.get_status_display()


def did(form: forms.Form, verb: Callable[[], T]) -> T | None:
    """Do what a valid form asks for; what the verb refuses becomes the form's error."""
    if form.is_valid():
        with refusals_in(form):
            return verb()
    return None


def told(request: HttpRequest, verb: Callable[[], object], *, done: str) -> bool:
    """Do what one button asks for, and tell at the top of the next page what came of it."""
    try:
        verb()
    except ActRefusedError as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True


def may_here(
    request: HttpRequest,
    action: Action,
    thing: Any,
    *,
    while_: frozenset[CaseStatus] = UNDER_WAY,
    or_corrected: bool = False,
) -> bool:
    """Whether a page shows the button of an action: the work goes on, and this person may.

    Args: `or_corrected` shows it, too, while a correction of the public report is written.
    """
    complaint = complaint_of(thing)
    goes_on = complaint.status in while_ or (or_corrected and edition_corrected(complaint.pk))
    return bool(goes_on) and may(acting(request), action, thing)


def complaint_of(thing: Any) -> Complaint:
    """The case that a thing is of, or is."""
    if isinstance(thing, Complaint):
        return thing
    investigation = thing if isinstance(thing, Investigation) else thing.investigation
    complaint: Complaint = investigation.complaint
    return complaint


def edited(
    request: HttpRequest,
    form: VersionedForm,
    verb: Callable[[], object],
    *,
    of: Any,
    afresh: Callable[[], VersionedForm],
    frame: dict[str, Any],
) -> HttpResponse | bool:
    """Save an edit: True once saved, False to show the form, or the conflict page.

    What only brings the text that is being typed is kept and answered.
    Args: `afresh` opens the same form on the row as it stands now.
    """
    if is_keeping(request):
        return keep_typed(request, form, of=of)
    try:
        saved = did(form, verb)
    except VersionConflictError:
        return conflict_page(
            request,
            yours=form,
            theirs=afresh(),
            of=of,
            by=acting(request),
            keep_at=keep_address(request),
            **frame,
        )
    if saved is None:
        return False
    forget(form=form, of=of, by=acting(request))
    return True
