"""Registers the publication app."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """The publication room."""

    name = "publication"
