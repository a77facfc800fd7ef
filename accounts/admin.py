"""Reference data that administrators correct, with how far each row was checked."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from accounts.admin_site import ReferenceAdmin
from accounts.forms.reference import OrganisationForm
from accounts.models import (
    AddresseeGroup,
    Designation,
    FormerName,
    Organisation,
    Regime,
    RegimeAuthority,
)


class FormerNames(admin.TabularInline):  # type: ignore[type-arg]
    """The names that an organisation bore."""

    model = FormerName
    extra = 0


@admin.register(Organisation)
class OrganisationAdmin(ReferenceAdmin):
    """Organisations, their mailboxes, and whether anybody looked them up."""

    form = OrganisationForm
    list_display = [
        "name",
        "called_before",
        "short_name",
        "kind",
        "mailbox",
        "verification",
        "exists_until",
    ]
    list_filter = ["kind", "fictional"]
    search_fields = ["name", "short_name", "former_names__name"]
    prepopulated_fields = {"slug": ["short_name"]}
    inlines = [FormerNames]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Organisation]:
        """Each with the names that it bore."""
        rows: models.QuerySet[Organisation] = super().get_queryset(request)
        return rows.prefetch_related("former_names")

    @admin.display(description="Former names")
    def called_before(self, organisation: Organisation) -> str:
        """The names that it bore, with their dates."""
        return ", ".join(former.with_dates for former in organisation.former_names.all())


@admin.register(AddresseeGroup)
class AddresseeGroupAdmin(ReferenceAdmin):
    """Groups that are addressed under one name."""

    list_display = ["name", "key"]
    filter_horizontal = ["members"]


class Authorities(admin.TabularInline):  # type: ignore[type-arg]
    """Who decides in a regime."""

    model = RegimeAuthority
    extra = 0


@admin.register(Regime)
class RegimeAdmin(ReferenceAdmin):
    """Regimes, their law and who designates."""

    list_display = ["name", "law", "designating_minister", "began_on"]
    inlines = [Authorities]


@admin.register(Designation)
class DesignationAdmin(ReferenceAdmin):
    """Who may complain, from when, by which instrument, and how far that was checked."""

    list_display = [
        "organisation",
        "regime",
        "designated_on",
        "revoked_on",
        "instrument",
        "verification",
    ]
    list_filter = ["regime"]
    list_select_related = ["organisation", "regime"]
