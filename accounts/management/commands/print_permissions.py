"""Prints the permission matrix as a table."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.permission_table import permission_table


class Command(BaseCommand):
    """Print the part of the README between its two marks."""

    help = "Print the permission table, for the README."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print it."""
        self.stdout.write(permission_table(), ending="")
