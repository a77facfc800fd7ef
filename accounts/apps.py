"""Registers the accounts app, and the admin that is for administrators only."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class AccountsConfig(AppConfig):
    """The accounts room."""

    name = "accounts"
    default = True


class HouseAdminConfig(admin.AdminConfig):
    """Django's admin behind this room's door."""

    default_site = "accounts.admin_site.HouseAdminSite"
    default = False
