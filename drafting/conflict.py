"""The conflict page: their text, yours, and one form that starts from both. Nothing is lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import Membership
from drafting.forms import VersionedForm
from drafting.saved import keep

CONFLICT = 409


@dataclass(frozen=True)
class Difference:
    """One field in which two saves differ, in words."""

    label: str
    theirs: str
    yours: str


def conflict_page(
    request: HttpRequest,
    *,
    yours: VersionedForm,
    theirs: VersionedForm,
    of: Any,
    by: Membership,
    **context: Any,
) -> HttpResponse:
    """Show both texts and a form that combines them, and keep what was typed.

    Args: `yours` is the refused form; `theirs` is the same form opened afresh, with the version
    that stands now. `context` goes to the template; `layout` is the page frame. The form posts to
    the address it came from.
    """
    keep(request.POST, form=yours, of=of, by=by)
    differences = list(differing(yours, theirs))
    for name, field in theirs.fields.items():
        if name != "version" and name in yours.fields:
            saved = theirs.get_initial_for_field(field, name)
            theirs.initial[name] = combined(field, saved, yours[name].value())
    page = {"form": theirs, "differences": differences, **context}
    return render(request, "drafting/conflict.html", page, status=CONFLICT)


def differing(yours: VersionedForm, theirs: VersionedForm) -> Iterator[Difference]:
    """The fields in which the two differ."""
    for name, field in theirs.fields.items():
        if name == "version" or name not in yours.fields:
            continue
        saved = in_words(field, theirs.get_initial_for_field(field, name))
        typed = in_words(field, yours[name].value())
        if saved != typed:
            yield Difference(str(field.label or name), saved, typed)


def in_words(field: forms.Field, value: Any) -> str:
    """A field's value as a reader would say it: the labels of what was chosen, or the text."""
    values = value if isinstance(value, list | tuple) else [value]
    chosen = [str(getattr(one, "pk", one)) for one in values if one not in (None, "")]
    if (choices := getattr(field, "choices", None)) is not None:
        labels = {str(key): str(label) for key, label in choices}
        return ", ".join(sorted(labels.get(one, one) for one in chosen))
    return "\n".join(chosen).replace("\r\n", "\n").strip()


def combined(field: forms.Field, theirs: Any, yours: Any) -> Any:
    """What the form starts from: for long text every line of both, for all else yours."""
    if not isinstance(field.widget, forms.Textarea):
        return yours
    return combined_text(in_words(field, theirs), in_words(field, yours))


def combined_text(theirs: str, yours: str) -> str:
    """Every line of both texts once, in order; where they differ, theirs stands before yours."""
    ours, others = yours.split("\n"), theirs.split("\n")
    lines: list[str] = []
    for kind, start, end, from_, to in SequenceMatcher(a=others, b=ours).get_opcodes():
        lines += others[start:end]
        if kind != "equal":
            lines += ours[from_:to]
    return "\n".join(lines)
