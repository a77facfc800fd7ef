"""One click per role: in demo mode, and never otherwise."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.demo import DEMO_ACCOUNTS
from accounts.errors import ActRefusedError
from accounts.models import Designation, Membership
from accounts.roles import Role
from accounts.services.demo import make_demo_accounts
from tests.builders.accounts import a_membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Settings) -> dict[str, Membership]:
    """Demo mode, with its accounts."""
    settings.DEMO = True
    return make_demo_accounts()


def test_there_is_an_account_for_every_role() -> None:
    assert {account.role for account in DEMO_ACCOUNTS} == set(Role)


@pytest.mark.parametrize("key", [account.key for account in DEMO_ACCOUNTS])
def test_one_click_signs_in_as_a_role(
    client: Client, demo: dict[str, Membership], key: str
) -> None:
    assert f'action="/sign-in/demo/{key}"' in client.get("/sign-in").content.decode()
    response = client.post(f"/sign-in/demo/{key}", {"next": "/account"})
    assert response.headers["Location"] == "/account"
    page = client.get("/account")
    assert page.status_code == 200
    assert page.wsgi_request.membership == demo[key]  # type: ignore[attr-defined]


def test_one_click_leaves_the_choice_to_whoever_has_several_memberships(
    client: Client, demo: dict[str, Membership]
) -> None:
    a_membership(Role.RESPONDER, at="norfolk", user=demo["submitter"].user)
    client.post("/sign-in/demo/submitter", {"next": "/account"})
    assert client.get("/account")["Location"] == "/sign-in/choose-organisation?next=%2Faccount"


def test_one_click_tells_whoever_has_no_membership_left(
    client: Client, demo: dict[str, Membership]
) -> None:
    demo["submitter"].ended_at = timezone.now()
    demo["submitter"].save()
    client.post("/sign-in/demo/submitter")
    page = client.get("/account", follow=True)
    assert "You have no role at any organisation now." in page.content.decode()


def test_outside_demo_mode_there_is_neither_button_nor_address(
    client: Client, demo: dict[str, Membership], settings: Settings
) -> None:
    settings.DEMO = False
    assert "/sign-in/demo/" not in client.get("/sign-in").content.decode()
    for account in DEMO_ACCOUNTS:
        assert client.post(f"/sign-in/demo/{account.key}").status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_demo_session_opens_nothing_once_demo_mode_is_off(
    client: Client, demo: dict[str, Membership], settings: Settings
) -> None:
    client.post("/sign-in/demo/administrator")
    assert client.get("/people/invite").status_code == 200
    settings.DEMO = False
    assert client.get("/people/").headers["Location"].startswith("/sign-in/set-up")


def test_a_demo_address_takes_a_post_for_a_known_role_only(
    client: Client, demo: dict[str, Membership]
) -> None:
    assert client.get("/sign-in/demo/auditor").status_code == 404
    assert client.post("/sign-in/demo/nobody").status_code == 404


def test_no_demo_account_has_a_password(demo: dict[str, Membership]) -> None:
    assert not any(member.user.has_usable_password() for member in demo.values())


def test_making_the_accounts_twice_makes_them_once(demo: dict[str, Membership]) -> None:
    assert make_demo_accounts() == demo
    assert Designation.objects.filter(instrument="fictional").count() == 3


def test_outside_demo_mode_no_accounts_are_made() -> None:
    with pytest.raises(ActRefusedError, match="Set DEMO=1"):
        make_demo_accounts()


def test_no_command_runs_where_demo_mode_meets_production(settings: Settings) -> None:
    settings.DEMO = settings.PRODUCTION = True
    with pytest.raises(SystemCheckError, match=r"accounts\.E001[\s\S]*Set DEMO=false"):
        call_command("check", tags=["security"])
    settings.PRODUCTION = False
    call_command("check", tags=["security"])
