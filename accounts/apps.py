"""Registers the accounts app, and the admin that is for administrators only."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.core.checks import Tags, register
from django.urls import register_converter

from accounts.checks import no_demo_in_production
from accounts.veiled import VeiledNumber


class AccountsConfig(AppConfig):
    """The accounts room."""

    name = "accounts"
    default = True

    def ready(self) -> None:
        """Let Django find the check, at any command, and the converter, before any address."""
        register(no_demo_in_production, Tags.security)
        register_converter(VeiledNumber, "veiled")


class HouseAdminConfig(admin.AdminConfig):
    """Django's admin behind this room's door."""

    default_site = "accounts.admin_site.HouseAdminSite"
    default = False
