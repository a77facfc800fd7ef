"""Invites the first administrator, and prints the one-use link with which they set a password."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.errors import ActRefusedError
from accounts.models import Organisation
from accounts.services.invitations import invite_first_administrator


class Command(BaseCommand):
    """Invite an administrator from the command line."""

    help = "Invite an administrator: prints and mails a one-use link to set a password."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whom to invite, and to which organisation."""
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument(
            "--organisation", default="hmicfrs", help="the organisation’s short name in addresses"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Invite, and print the link."""
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            raise CommandError(f"No organisation is called {options['organisation']}.")
        try:
            invitation, link = invite_first_administrator(
                organisation, email=options["email"], name=options["name"]
            )
        except ActRefusedError as refusal:
            raise CommandError(str(refusal)) from refusal
        until = invitation.expires_at.strftime("%d %B %Y %H:%M UTC")
        self.stdout.write(f"Open this link once, before {until}, to set a password:\n{link}")
