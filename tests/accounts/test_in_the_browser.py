"""The way in, walked in a real browser: from the command line's link to the first page."""

import re
from collections.abc import Callable
from email import message_from_string, policy
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import Page, expect

from accounts.models import Membership
from accounts.roles import Role
from tests.builders.accounts import PASSWORD, a_membership, app_code
from tests.fixtures.browser import BrowseAs, assert_accessible

pytestmark = pytest.mark.committed

ADDRESS = "first@example.invalid"

Mailed = Callable[[str], str]


@pytest.fixture
def mailed() -> Mailed:
    """The newest mail since this fixture was made, and what it says after some words."""
    folder = Path(settings.EMAIL_FILE_PATH)
    before = set(folder.glob("*"))

    def found(pattern: str) -> str:
        newest = max(set(folder.glob("*")) - before, key=lambda file: file.stat().st_mtime_ns)
        last = newest.read_text().rstrip("-\n ").rsplit("-" * 79, 1)[-1].lstrip()
        body = message_from_string(last, policy=policy.default).get_content()
        match = re.search(pattern, str(body))
        assert match, body
        return match[1]

    return found


def fill(page: Page, **given: str) -> None:
    for label, value in given.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(value)


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()
    page.wait_for_load_state()


def sign_in_with_mailed_code(page: Page, address: str, mailed: Mailed) -> None:
    fill(page, Email_address=address, Password=PASSWORD)
    press(page, "Sign in")
    assert_accessible(page)
    fill(page, Code=mailed(r"Your code is (\S+)\. "))
    press(page, "Continue")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_first_administrator_comes_in_and_invites_another(
    browse_as: BrowseAs, mailed: Mailed, scripts: bool
) -> None:
    said = StringIO()
    call_command("create_administrator", email=ADDRESS, name="First Administrator", stdout=said)
    page = browse_as(scripts=scripts)
    check = assert_accessible if scripts else (lambda _: None)
    link = re.search(r"/invitation/\S+", said.getvalue())
    assert link
    page.goto(link[0])
    check(page)
    fill(page, Password=PASSWORD)
    press(page, "Accept and set the password")
    expect(page.get_by_text("You can sign in now.")).to_be_visible()
    check(page)
    page.goto("/people/")
    fill(page, Email_address=ADDRESS, Password=PASSWORD)
    press(page, "Sign in")
    fill(page, Code=mailed(r"Your code is (\S+)\. "))
    press(page, "Continue")
    expect(page.locator("h1")).to_have_text("Set up a second factor")
    check(page)
    page.get_by_role("link", name="Set up an app").click()
    check(page)
    fill(page, Code=app_code(page.locator("code").inner_text()))
    press(page, "Continue")
    check(page)
    page.get_by_role("link", name="Continue", exact=True).click()
    expect(page.locator("h1")).to_have_text("People")
    check(page)
    page.get_by_role("link", name="Invite a person").click()
    press(page, "Send the invitation")
    check(page)
    fill(page, Full_name="Second Person", Email_address="second@example.invalid")
    page.get_by_label("Organisation", exact=True).select_option(label="Norfolk Constabulary")
    page.get_by_label("Responder", exact=True).check()
    press(page, "Send the invitation")
    check(page)
    expect(page.locator("main")).to_contain_text("Second Person")
    theirs = browse_as(scripts=scripts)
    theirs.goto(mailed(r"http://[^/]+(/invitation/\S+)"))
    fill(theirs, Password=PASSWORD)
    press(theirs, "Accept and set the password")
    assert Membership.objects.get(user__email="second@example.invalid").roles == [Role.RESPONDER]


def test_a_passkey_is_set_up_and_used_instead_of_a_code(
    browse_as: BrowseAs, mailed: Mailed, server: str
) -> None:
    member = a_membership(Role.ADMINISTRATOR, name="Passkey Holder")
    page = browse_as()
    with_a_virtual_key(page)
    there = server.replace("127.0.0.1", "localhost")  # A passkey belongs to a name.
    page.goto(f"{there}/people/")
    sign_in_with_mailed_code(page, member.user.email, mailed)
    page.get_by_role("link", name="Set up a passkey").click()
    assert_accessible(page)
    assert "This functionality requires JavaScript" not in page.content()
    press(page, "Set up the passkey")
    page.wait_for_url("**/recovery-codes")
    page.goto(f"{there}/sign-out")
    press(page, "Sign out")
    page.goto(f"{there}/people/")
    fill(page, Email_address=member.user.email, Password=PASSWORD)
    press(page, "Sign in")
    assert_accessible(page)
    press(page, "Use a passkey instead")
    page.wait_for_url("**/people/")


def with_a_virtual_key(page: Page) -> None:
    """Plug a made-up security key into the browser."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": key})


def test_an_organisation_is_chosen_and_shown_in_the_header(
    browse_as: BrowseAs, mailed: Mailed, submitter: Membership
) -> None:
    elsewhere = a_membership(Role.RESPONDER, at="norfolk", user=submitter.user)
    page = browse_as()
    page.goto("/account")
    sign_in_with_mailed_code(page, submitter.user.email, mailed)
    assert_accessible(page)
    page.get_by_label(f"{elsewhere.organisation} – Responder").check()
    press(page, "Continue")
    assert page.url.endswith("/account")
    assert "Norfolk (Responder)" in " ".join(page.locator("header").inner_text().split())
    assert_accessible(page)


ABOUT_PEOPLE = (
    "/people/",
    "/people/invite",
    "/people/{person}",
    "/people/{person}/deactivate",
    "/people/{person}/wall",
    "/people/{person}/reset-second-factor",
    "/people/memberships/{member}/roles",
    "/people/memberships/{member}/end",
    "/account",
    "/account/password",
    "/account/second-factor",
    "/account/second-factor/passkeys",
    "/sign-out",
)


def test_the_pages_about_people_are_accessible(
    browse_as: BrowseAs, administrator: Membership, submitter: Membership
) -> None:
    page = browse_as(administrator)
    for address in ABOUT_PEOPLE:
        answer = page.goto(address.format(person=submitter.user_id, member=submitter.pk))
        assert answer
        assert answer.status == 200
        assert_accessible(page)


def test_the_pages_of_the_way_in_are_accessible(browse_as: BrowseAs) -> None:
    page = browse_as()
    for address in ("/sign-in", "/sign-in/forgotten", "/invitation/made-up"):
        page.goto(address)
        assert_accessible(page)
