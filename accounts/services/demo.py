"""Makes the demo's organisations and accounts."""

from datetime import date

from django.conf import settings
from django.db import transaction

from accounts.demo import DEMO_ACCOUNTS, DEMO_ORGANISATIONS, SERVICE_BODY, DemoAccount
from accounts.errors import ActRefusedError
from accounts.models import Designation, Membership, Organisation, Regime, User

# The regime, and the day from which the demo's bodies are designated in it.
POLICE = ("police", date(2018, 11, 1))
SERVICE = ("service_police", date(2023, 11, 29))


@transaction.atomic
def make_demo_accounts() -> dict[str, Membership]:
    """The demo's memberships by key, made where they are missing.

    Raises: ActRefusedError unless DEMO is set.
    """
    if not settings.DEMO:
        raise ActRefusedError("Set DEMO=1 to make demo accounts. Never set it in production.")
    for fictional in DEMO_ORGANISATIONS:
        organisation, _ = Organisation.objects.get_or_create(
            slug=fictional.slug,
            defaults={
                "name": fictional.name,
                "short_name": fictional.short_name,
                "kind": fictional.kind,
                "mailbox": f"{fictional.slug}@demo.example.invalid",
                "fictional": True,
                "verification": "fictional",
            },
        )
        if fictional.kind == Organisation.Kind.DESIGNATED_BODY:
            of_service = fictional.slug == SERVICE_BODY
            _designate(organisation, SERVICE if of_service else POLICE)
    return {account.key: _membership(account) for account in DEMO_ACCOUNTS}


def _designate(body: Organisation, by: tuple[str, date]) -> None:
    """A fictional designation, so that the body may complain in the demo."""
    Designation.objects.get_or_create(
        organisation=body,
        regime=Regime.objects.get(key=by[0]),
        designated_on=by[1],
        defaults={"instrument": "fictional", "verification": "fictional"},
    )


def _membership(account: DemoAccount) -> Membership:
    """One account: no password, so that outside demo mode it can't be used."""
    user = User.objects.filter(email=account.email).first()
    user = user or User.objects.create_user(account.email, account.name)
    standing = Membership.objects.current().filter(user=user).first()
    return standing or Membership.objects.create(
        user=user,
        organisation=Organisation.objects.get(slug=account.organisation),
        roles=[account.role],
    )
