"""Registers the roof: settings, wiring and the commands that start the service."""

from django.apps import AppConfig


class SupercomplaintsConfig(AppConfig):
    """The roof over the rooms."""

    name = "supercomplaints"
