"""The way in: which membership a session acts as, where it leads, and when it asks again."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.events import AccountEvent
from accounts.models import Membership
from accounts.shown import shown, signed_in_recently
from audit.events import record

SESSION_KEY = "membership"
# A session in use is prolonged, with one write in so many seconds.
PROLONGED_EVERY_SECONDS = 300

View = Callable[..., HttpResponseBase]


@transaction.atomic
def act_as(request: HttpRequest, membership: Membership) -> None:
    """Let this session act as one membership of its person.

    Records: person:signed_in, with the ways in which the person showed who they are.
    """
    request.session.cycle_key()
    request.session[SESSION_KEY] = membership.pk
    request.membership = membership  # type: ignore[attr-defined]
    methods = [way["method"] for way in shown(request)]
    record(AccountEvent.PERSON_SIGNED_IN, subject=membership, by=membership, methods=methods)


def prolong(request: HttpRequest, *, at_once: bool = False) -> None:
    """Keep a session in use from ending: it lasts SESSION_COOKIE_AGE from its last write."""
    now = int(time.time())
    if at_once or now - request.session.get("seen_at", 0) >= PROLONGED_EVERY_SECONDS:
        request.session["seen_at"] = now


def is_counted(request: HttpRequest) -> bool:
    """Whether a session was used since it began, so that its end is known."""
    return "seen_at" in request.session


def seconds_left(request: HttpRequest) -> int:
    """How long a session that is counted still lasts if nothing more is done in it."""
    since = int(time.time()) - int(request.session["seen_at"])
    return max(0, settings.SESSION_COOKIE_AGE - since)


def seconds_unasked() -> int:
    """How long a page that was just opened need not ask how long its session lasts."""
    return settings.SESSION_COOKIE_AGE - PROLONGED_EVERY_SECONDS


def without_prolonging(view: View) -> View:
    """Mark a view that only asks about the session, and is no use of it."""
    # Read by the middleware; a function has no such attribute of its own.
    view.without_prolonging = True  # type: ignore[attr-defined]
    return view


def fresh_sign_in_required(view: View) -> View:
    """Ask for the password or second factor again before a view that approves, releases or grants.

    It stands below `@requires`. A form that was sent too late is kept, and goes on after.
    """

    @wraps(view)
    def freshly(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not signed_in_recently(request):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    freshly.asks_for_fresh_sign_in = True  # type: ignore[attr-defined]
    return freshly


def on_the_way_in(view: View) -> View:
    """Mark a view that opens before a membership is chosen and a second factor set up."""
    view.on_the_way_in = True  # type: ignore[attr-defined]
    return view


def by_way_of(name: str, request: HttpRequest) -> HttpResponseRedirect:
    """Send a reader to a page of the entrance, and on to where they were going."""
    going = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
    query = f"?{urlencode({'next': going})}" if going not in {"", "/"} else ""
    return HttpResponseRedirect(reverse(name) + query)


def destination(request: HttpRequest) -> str:
    """Where a reader was going, if that is an address of this service; home otherwise."""
    going = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        going, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return going if ours else settings.LOGIN_REDIRECT_URL
