"""Adds the reference rows that are missing; `prepare_database` calls it after migrating."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.services.reference import load_reference


class Command(BaseCommand):
    """Load organisations, regimes, designations and addressee groups."""

    help = "Add the organisations, regimes, designations and addressee groups that are missing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load, and say how many organisations were added."""
        self.stdout.write(f"{load_reference()} organisations added.")
