"""Composing a letter: prefilled, edited, seen as it will be read, then sent.

What is typed is kept for its author as it is typed and between the steps, so that leaving the page
loses nothing. A view answers `keep_typed` where `is_keeping`, before it does anything.
"""

from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest

from accounts.access import acting
from complaints.forms.way import WayForm
from complaints.models import Complaint, Letter
from complaints.services import letter_texts
from complaints.services.letters import as_previewed, unified
from complaints.services.other_cases import refuse_other_cases
from documents.printed import Letter as PrintedLetter
from drafting.keeping import is_keeping, opened
from drafting.refusals import refusals_in
from drafting.saved import keep

F = TypeVar("F", bound=WayForm)


def composed(request: HttpRequest, form: type[F], complaint: Complaint, **written: Any) -> F:
    """The form with what is typed, or else kept from before, or else the first wording."""
    if request.method != "POST":
        return opened(request, form(initial=written, complaint=complaint), of=complaint)
    typed = form(request.POST, complaint=complaint)
    if is_keeping(request):
        return typed
    keep(request.POST, form=typed, of=complaint, by=acting(request))
    return opened(request, typed, of=complaint)


def is_previewed(request: HttpRequest) -> bool:
    """Whether the letter is to be shown, not sent."""
    return "send" not in request.POST


def preview_of(
    request: HttpRequest, form: WayForm, complaint: Complaint, kind: Letter.Kind
) -> PrintedLetter | None:
    """The letter as it will be printed, or nothing while it is written or refused."""
    if request.method == "POST" and form.is_valid():
        text = unified(form.cleaned_data["text"])
        subject = form.cleaned_data.get("subject") or letter_texts.subject(kind, complaint)
        with refusals_in(form, "text"):
            refuse_other_cases(f"{subject}\n{text}", complaint=complaint)
            return as_previewed(complaint, kind=kind, subject=subject, text=text)
    return None


def tell_sent(request: HttpRequest, form: WayForm, told: str) -> None:
    """Say what was sent; where nobody at the body reads it here, what is still to be done."""
    messages.success(request, told)
    if form.way_given and form.cleaned_data.get("text"):
        messages.info(
            request, f"Now download the letter and send it as you recorded: {form.way_given}"
        )
