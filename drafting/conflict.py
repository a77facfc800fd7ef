"""The conflict page: their text, yours, and one form that starts from both. Nothing is lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import Membership
from drafting.combining import combined, in_words
from drafting.forms import VersionedForm
from drafting.keeping import Keeping
from drafting.saved import carry, keep

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
    keep_at: str = "",
    **context: Any,
) -> HttpResponse:
    """Show both texts and a form that combines them, and keep what was typed.

    Args: `yours` is the refused form; `theirs` is the same form opened afresh, with the version
    that stands now. `keep_at` is the address where typing is kept, if there is one. `context`
    goes to the template; `layout` is the page frame. The form posts to the address it came from.
    """
    typed = keep(yours.sent, form=yours, of=of, by=by)
    differences = list(differing(yours, theirs))
    for name, field in theirs.fields.items():
        if name != "version" and name in yours.fields:
            saved = theirs.get_initial_for_field(field, name)
            theirs.initial[name] = combined(field, saved, yours[name].value())
    carry(theirs, typed)
    if keep_at:
        # Read by components/form.html; forms of Django have no such field.
        theirs.keeping = Keeping(at=keep_at, person=by.pk)  # type: ignore[attr-defined]
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
