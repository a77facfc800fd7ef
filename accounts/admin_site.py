"""Django's admin, for reference data and for administrators only; to all others it is not there.

A correction is an event of the record, as every other act is; Django's own log is not kept.
"""

from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.http import Http404, HttpRequest, HttpResponseBase

from accounts.access import acting, membership_of, scopes
from accounts.events import AccountEvent
from accounts.forms.reference import ReferenceForm
from accounts.roles import Action
from audit.events import record


class HouseAdminSite(AdminSite):
    """Opens to a membership that administers people, whatever else its person may be elsewhere."""

    site_header = site_title = "Reference data"
    index_title = "Reference data"
    enable_nav_sidebar = False

    def register(
        self,
        model_or_iterable: Any,
        admin_class: "type[ModelAdmin[Any]] | None" = None,
        **options: Any,
    ) -> None:
        """Show reference rows, and nothing that a library offers here of its own.

        Second factors, addresses and grants have acts of their own, which two people take or the
        record keeps; a table of them here would be a way round both.
        """
        if admin_class is not None and issubclass(admin_class, ReferenceAdmin):
            super().register(model_or_iterable, admin_class, **options)

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


class ReferenceAdmin(ModelAdmin):  # type: ignore[type-arg]
    """Rows that cases point at: corrected on record, ended, and never removed."""

    form = ReferenceForm

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The row; of two saves at the same moment the second waits, and meets the first."""
        found = super().get_object(request, *args, **kwargs)
        if found is not None and request.method == "POST":
            found = self.model._default_manager.select_for_update().get(pk=found.pk)
        return found

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Never: give it an end date instead."""
        return False

    def log_addition(self, request: HttpRequest, obj: Any, _message: Any) -> Any:
        """Record a new row."""
        return self._write_down(request, obj, ["added"])

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Record which fields of a row were corrected, here or in the rows below it."""
        changed = [change for part in message for change in part.values()]
        return self._write_down(request, obj, changed) if changed else None

    def _write_down(self, request: HttpRequest, obj: Any, changed: list[Any]) -> Any:
        """Write a correction into the chain of the house."""
        return record(
            AccountEvent.REFERENCE_CORRECTED,
            subject=obj,
            by=acting(request),
            row=str(obj),
            changed=changed,
        )
