"""Saying what became of several files: how many were added, and why each other was not."""

from collections.abc import Iterable

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from complaints.models import SupportingDocument
from complaints.services.several import Added


def tell(
    request: HttpRequest, form: forms.Form, added: Added[SupportingDocument], field: str = "upload"
) -> None:
    """Say beside the field why each refused file was, and above the page what was added."""
    for reason in added.refused:
        form.add_error(field, reason)
    if added.kept:
        messages.success(request, in_words(added))


def in_words(added: Added[SupportingDocument]) -> str:
    """How many files were added, and how many of them were not."""
    kept, all_given = len(added.kept), len(added.kept) + len(added.refused)
    if added.refused:
        return f"{kept} of {all_given} files {'was' if kept == 1 else 'were'} added."
    if kept == 1:
        return f"“{added.kept[0].title}” was added."
    return f"{kept} files were added."


def tell_not_sent(request: HttpRequest, refused: Iterable[str]) -> None:
    """Say of each file that did not go with what was sent why, on the page that follows."""
    for reason in refused:
        messages.warning(request, f"A file was not sent with it. {reason}")
