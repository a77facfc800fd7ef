"""Prints the path of a case as a diagram, from the table of its states."""

from typing import Any

from django.core.management.base import BaseCommand

from complaints.states import CaseStatus
from complaints.workflow import CASE
from workflow.diagram import mermaid


class Command(BaseCommand):
    """print_path"""

    help = "Print the path of a case as a Mermaid diagram, for the README."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        """Print the diagram."""
        self.stdout.write(mermaid(CASE, CaseStatus.DRAFT))
