"""A form that keeps what is typed into it, at its own address, until it is saved there.

A view attaches its form with two calls: `keep_typed` where `is_keeping`, before anything is done,
and `opened` where the form is shown; `components/form.html` does the rest.
"""

from dataclasses import dataclass
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, JsonResponse, QueryDict

from accounts.access import acting
from drafting.saved import Kept, keep, kept, restored
from drafting.told import in_view, is_older, kept_at

F = TypeVar("F", bound=forms.BaseForm)

# Said in the address of a form: only keep what is typed; show the form without what is kept, or
# with it again.
KEEP, WITHOUT, AGAIN = "keep", "stored", "restore"
# What of an address says which of several forms its page has; all else is only a suggestion.
WHICH = ("template",)


@dataclass(frozen=True)
class Keeping:
    """Where a form keeps what is typed, whose it is, and what it shows of what was kept before."""

    at: str
    person: int
    # Where the same form is shown without what is kept, and with it again.
    without: str = ""
    again: str = ""
    typed: Kept | None = None
    shows_typed: bool = True
    is_older: bool = False
    # Whether the page fetches what earlier windows could not bring here; never over what was sent.
    recovers: bool = False


def is_keeping(request: HttpRequest) -> bool:
    """Whether a request only brings what is typed and not saved yet."""
    return request.method == "POST" and KEEP in request.GET


def keep_typed(request: HttpRequest, form: forms.BaseForm, *, of: Any) -> JsonResponse:
    """Keep what is typed into a form, for its author alone; answers the time of it."""
    typed = cast(QueryDict, form.data)
    return kept_at(keep(typed, form=form, of=of, by=acting(request)))


def opened(request: HttpRequest, form: F, *, of: Any) -> F:
    """A form for its page: with what this person typed here and has not saved, and kept on."""
    by = acting(request)
    typed = kept(form=type(form), of=of, by=by)
    if form.is_bound:
        typed = in_view(request, typed)
    keeping = Keeping(
        at=keep_address(request),
        person=by.pk,
        without=address_of(request, WITHOUT),
        again=address_of(request, AGAIN),
        typed=typed,
        shows_typed=form.is_bound or WITHOUT not in request.GET,
        is_older=is_older(typed, form.initial.get("version", 0)),
        recovers=request.method == "GET",
    )
    if typed and keeping.shows_typed and not form.is_bound:
        restored(form, typed)
    # Read by components/form.html; forms of Django have no such field.
    form.keeping = keeping  # type: ignore[attr-defined]
    return form


def keep_address(request: HttpRequest) -> str:
    """Where the form of this page keeps what is typed into it."""
    return address_of(request, KEEP)


def address_of(request: HttpRequest, word: str) -> str:
    """The address of this page's form with one word about what is kept."""
    said = {name: request.GET[name] for name in WHICH if name in request.GET}
    return f"{request.path}?{urlencode(said)}&{word}" if said else f"{request.path}?{word}"
