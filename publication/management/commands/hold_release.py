"""Hold a release from the command line: hold_release SC-2018-417 --reason "…" --by NAME@EXAMPLE."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Membership
from publication.services.holds import hold_case


class Command(BaseCommand):
    """Holds all that has a seal in one case, at the next request. Lifting takes two people."""

    help = "Hold everything sealed of one case; it bites at the next request."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The case, why, and who holds it."""
        parser.add_argument("reference")
        parser.add_argument("--reason", required=True)
        parser.add_argument("--by", required=True, help="your email address in this service")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Hold, and say how much is held."""
        people = Membership.objects.current().filter(user__email__iexact=options["by"])
        if (by := people.order_by("pk").first()) is None:
            raise CommandError(f"Nobody in this service has the address {options['by']}.")
        held = hold_case(options["reference"], reason=options["reason"], by=by)
        if not held:
            raise CommandError(f"Nothing of {options['reference']} has a seal.")
        self.stdout.write(f"Held: {held}. Two people lift it at the publication desk.")
