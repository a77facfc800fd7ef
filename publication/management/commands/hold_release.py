"""Hold a release from the command line: hold_release SC-2018-417 --reason "A name is wrong"."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from publication.services.holds import hold_case


class Command(BaseCommand):
    """Holds all that has a seal in one case, at the next request. Lifting takes two people."""

    help = "Hold everything sealed of one case; it bites at the next request."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The case, and why."""
        parser.add_argument("reference")
        parser.add_argument("--reason", required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Hold, and say how much is held."""
        held = hold_case(options["reference"], reason=options["reason"])
        if not held:
            raise CommandError(f"Nothing of {options['reference']} has a seal.")
        self.stdout.write(f"Held: {held}. Two people lift it at the publication desk.")
