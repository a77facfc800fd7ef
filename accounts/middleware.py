"""Puts the chosen membership on the request, and ends what a deactivation has ended."""

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from accounts.models import Membership

SESSION_KEY = "membership"


class MembershipMiddleware:
    """Reads the membership of this session afresh at each request, so that an end bites at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.membership = self.chosen(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def chosen(self, request: HttpRequest) -> Membership | None:
        """The membership named in the session, if it is this person's and stands."""
        if SESSION_KEY not in request.session or not request.user.is_authenticated:
            return None
        standing = Membership.objects.current().filter(user_id=request.user.pk)
        chosen = (
            standing.select_related("user", "organisation")
            .filter(pk=request.session[SESSION_KEY])
            .first()
        )
        if chosen is None:
            logout(request)
        return chosen
