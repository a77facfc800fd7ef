"""Registers the documents app."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from documents.checks import production_seals_and_scans


class DocumentsConfig(AppConfig):
    """The documents room."""

    name = "documents"

    def ready(self) -> None:
        """Let Django find the checks."""
        register(production_seals_and_scans, Tags.security, deploy=True)
