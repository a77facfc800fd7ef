"""Puts the chosen membership on the request, keeps strangers at the door, and ends what has ended.

An address that does not exist is 404 for everybody; one that exists and is not public leads a
stranger to the sign-in page, before its view is asked anything.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY as AUTH_SESSION_KEY
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from accounts.entrance import SESSION_KEY, act_as, by_way_of, prolong
from accounts.models import Membership
from accounts.seats import already_read, seat_of
from accounts.shown import second_factor_shown

__all__ = ["SESSION_KEY", "MembershipMiddleware"]


class MembershipMiddleware:
    """Reads the membership of this session afresh at each request, so that an end bites at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.membership = None  # type: ignore[attr-defined]
        response = self.get_response(request)
        # What somebody read is gone from the computer's memory when they have signed out.
        if request.membership is not None:  # type: ignore[attr-defined]
            response.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Let in whoever may come this far; the view's own mark asks the rest.

        A public page never opens the session, so that it is the same for every reader.
        """
        if getattr(view, "public", False):
            return None
        membership = self.chosen(request)
        # Django's request has no such attribute: views read it by `acting`.
        request.membership = membership  # type: ignore[attr-defined]
        if membership and not getattr(view, "without_prolonging", False):
            prolong(request)
        if not request.user.is_authenticated:
            return by_way_of("account_login", request)
        if getattr(view, "on_the_way_in", False):
            return None
        if membership is None:
            return by_way_of("choose_organisation", request)
        if membership.needs_second_factor and not second_factor_shown(request):
            return by_way_of("set_up_second_factor", request)
        return None

    def chosen(self, request: HttpRequest) -> Membership | None:
        """The membership named in the session, if it is this person's and stands.

        A person with one membership need not choose.
        """
        if SESSION_KEY not in request.session:
            return self.only(request) if request.user.is_authenticated else None
        seat = seat_of(request.session.get(AUTH_SESSION_KEY), request.session[SESSION_KEY])
        with already_read(seat.user if seat else None):
            if not request.user.is_authenticated:
                return None
        if seat is None:
            logout(request)
        return seat

    def only(self, request: HttpRequest) -> Membership | None:
        """The one membership of a person who has just one."""
        standing = Membership.objects.current().filter(user_id=request.user.pk or 0)
        found = list(standing.select_related("user", "organisation")[:2])
        if len(found) != 1:
            return None
        act_as(request, found[0])
        return found[0]
