"""Verifies the record: counts the entries when it is whole, names the first bad one when not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.verification import Head, verify_and_record
from audit.verify import read_head


class Command(BaseCommand):
    """Compute every chain of the record again, or one."""

    help = "Verify the record. Ends with 1 and names the first bad entry when it is not whole."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which chain, and the heads that the reader holds."""
        parser.add_argument("--chain", default="", help="the key of one case, or house")
        parser.add_argument(
            "--head", type=read_head, action="append", default=[], help="NUMBER:SHA256 of --chain"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Verify, and say what was found."""
        chain = options["chain"]
        if options["head"] and not chain:
            raise CommandError("Say with --chain which chain a --head belongs to.")
        given = [Head(chain, *head) for head in options["head"]]
        found = verify_and_record(chain, given=given, by=None)
        if found.fault:
            raise CommandError(f"BAD: {found.fault}")
        if chain and not found.chains:
            raise CommandError(f"There is no chain {chain}.")
        self.stdout.write(f"WHOLE: {found.entries} entries in {found.chains} chains.")
