"""Registers the recommendations app."""

from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    """The recommendations room."""

    name = "recommendations"
