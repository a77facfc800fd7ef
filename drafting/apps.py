"""Registers the drafting app."""

from django.apps import AppConfig


class DraftingConfig(AppConfig):
    """The drafting room."""

    name = "drafting"
