"""Enters the past cases of the compiled file that are not yet held."""

from typing import Any

from django.core.management.base import BaseCommand

from desk.history.facts import past_cases
from desk.history.importing import import_history


class Command(BaseCommand):
    """import_history"""

    help = "Enter the past super-complaints of desk/reference/super_complaints.json."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        """Enter what is missing and say what was entered."""
        entered = import_history(past_cases())
        for complaint in entered:
            self.stdout.write(f"{complaint.reference} {complaint.title}")
        self.stdout.write(f"{len(entered)} entered.")
