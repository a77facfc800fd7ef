"""Registers the investigations app."""

from django.apps import AppConfig


class InvestigationsConfig(AppConfig):
    """The investigations room."""

    name = "investigations"
