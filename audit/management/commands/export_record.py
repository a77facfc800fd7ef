"""Exports one case's record, with the program that verifies it offline."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.chain import head
from audit.export import RECORD, write_export


class Command(BaseCommand):
    """Write a chain and `verify.py` into a folder."""

    help = "Export a case's record as JSON lines, with verify.py, which checks them offline."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which chain, where to, and whether with personal data."""
        parser.add_argument("--chain", required=True, help="the key of a case, or house")
        parser.add_argument("--to", required=True, type=Path, help="a folder")
        parser.add_argument("--with-personal-data", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the files, and say how to verify them."""
        last = head(options["chain"])
        if last is None:
            raise CommandError(f"There is no chain {options['chain']}.")
        count = write_export(options["chain"], options["to"], private=options["with_personal_data"])
        self.stdout.write(f"{count} entries written to {options['to']}. To verify them:")
        self.stdout.write(f"python3 verify.py {RECORD} --head {last.number}:{last.sha256}")
