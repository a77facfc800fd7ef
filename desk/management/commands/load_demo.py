"""Loads the demonstration, and keeps what lies in the future in the future."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.demo import DEMO_ACCOUNTS
from desk.demo.loading import load_demo
from desk.demo.renewing import renew
from workflow.errors import ActRefusedError


class Command(BaseCommand):
    """load_demo [--renew]"""

    help = "Load the demonstration. Refused unless DEMO is set."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to renew what has passed."""
        parser.add_argument(
            "--renew",
            action="store_true",
            help="walk another case to its embargo where no embargo lies ahead; none is moved",
        )

    def handle(self, *_arguments: Any, **options: Any) -> None:
        """Load what is missing, then renew if asked."""
        try:
            load_demo(self.stdout.write)
            if options["renew"]:
                renew(self.stdout.write)
        except ActRefusedError as refused:
            raise CommandError(str(refused)) from None
        # Progress ends here: `bin/run` shows what follows once everything answers.
        self.stdout.write("")
        self.stdout.write("Accounts, each with one click on the sign-in page:")
        for account in DEMO_ACCOUNTS:
            self.stdout.write(f"  {account.email}")
