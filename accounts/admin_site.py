"""Django's admin, for reference data and for administrators only; to all others it is not there."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponseBase

from accounts.access import membership_of, scopes
from accounts.roles import Action


class HouseAdminSite(AdminSite):
    """Opens to a membership that administers people, whatever else its person may be elsewhere."""

    site_header = site_title = "Reference data"
    index_title = "Reference data"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the acting membership administers."""
        return bool(scopes(membership_of(request), Action.PEOPLE_ADMINISTER))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """A view of the admin, which is 404 for everybody else."""
        inner: Any = super().admin_view(view, cacheable)

        def for_administrators(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not self.has_permission(request):
                raise Http404
            response: HttpResponseBase = inner(request, *args, **kwargs)
            return response

        for_administrators.required_action = Action.PEOPLE_ADMINISTER  # type: ignore[attr-defined]
        return for_administrators

    def login(self, *_args: Any, **_kwargs: Any) -> Any:
        """Never here: there is one way in."""
        raise Http404

    def get_urls(self) -> list[Any]:
        """The admin's addresses without its own ways in and out, which are ours."""
        ours = {"login", "logout", "password_change", "password_change_done"}
        return [url for url in super().get_urls() if getattr(url, "name", "") not in ours]
