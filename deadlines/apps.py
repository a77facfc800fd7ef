"""Registers the deadlines app."""

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    """The deadlines room."""

    name = "deadlines"
