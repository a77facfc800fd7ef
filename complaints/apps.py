"""Registers the complaints app."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """The complaints room."""

    name = "complaints"
