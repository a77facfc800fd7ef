"""Every address says who may open it, and means it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from accounts.access import scopes
from accounts.roles import FRESH_SIGN_IN_ACTIONS, Action
from accounts.veiled import VeiledNumber
from tests.builders.accounts import signed_in_as
from tests.cast import PARTS, play

# What is not marked one by one, and why that is safe.
EXCUSED = {
    "admin": "Django's admin wraps its views itself; HouseAdminSite asks each request, and the"
    " test below opens each address.",
}
# A method that an address does not know is refused before anybody is asked who they are.
NOT_THERE = {404, 405}
MADE_UP = (
    "no-such",
    "999999",
    "SC-1999-999",
    *(f"{letter}-9999" for letter in "EFRLA"),
    *(f"{letter}-99" for letter in "EFRLA"),
    "00000000-0000-0000-0000-000000000000",
    "a" * 64,
)


@dataclass(frozen=True)
class Address:
    """One address of the service: its pattern with made-up values, and the view behind it."""

    path: str
    view: Any
    room: str

    @property
    def mark(self) -> Action | str | None:
        """What the view declares: an action, or who may open it."""
        if action := getattr(self.view, "required_action", None):
            return Action(action)
        return next((mark for mark in ("public", "signed_in") if hasattr(self.view, mark)), None)


def addresses(
    resolver: URLResolver | None = None, before: str = "", room: str = ""
) -> Iterator[Address]:
    """Every address, with made-up values where it takes some."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = before + made_up(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, path, str(pattern.namespace or room))
        elif isinstance(pattern, URLPattern):
            yield Address(f"/{path}", pattern.callback, room)


def made_up(pattern: Any) -> str:
    """An address for a pattern, with values that its converters take and nothing answers to."""

    def value(found: re.Match[str]) -> str:
        converter = pattern.converters[found[1]]
        if isinstance(converter, VeiledNumber):
            return converter.to_url(999_999)
        regex = converter.regex
        return next(word for word in MADE_UP if re.fullmatch(regex, word))

    route = re.sub(r"<(?:\w+:)?(\w+)>", value, str(pattern)) if pattern.converters else str(pattern)
    route = re.sub(r"\(\?P<\w+>[^()]*\)", "1", route)
    return route.strip("^$").replace("\\Z", "").replace("\\", "")


# Which pages there are for somebody is a matter of roles: one of the cast plays each.
ONE_OF_EACH = list({part.role: name for name, part in PARTS.items()}.values())
EVERY = list(addresses())
OURS = [address for address in EVERY if address.room not in EXCUSED]


def test_every_address_declares_an_action_or_that_it_is_public_or_ones_own() -> None:
    assert [address.path for address in OURS if address.mark is None] == []


def test_what_is_excused_is_still_there() -> None:
    assert set(EXCUSED) <= {address.room for address in EVERY}


def test_each_made_up_address_is_one_of_the_view_it_stands_for() -> None:
    assert [
        address.path for address in OURS if resolve(address.path).func is not address.view
    ] == []


@pytest.mark.django_db
def test_whatever_is_not_public_leads_a_stranger_to_the_sign_in_page(client: Client) -> None:
    for address in EVERY:
        if address.mark != "public":
            for method in (client.get, client.post):
                response = method(address.path)
                assert response.status_code == 302, address.path
                assert response.headers["Location"].startswith("/sign-in"), address.path


@pytest.mark.django_db
@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_a_page_is_not_there_for_a_role_without_its_action(client: Client, name: str) -> None:
    member = play(name)
    signed_in_as(client, member)
    for address in EVERY:
        action = Action.PEOPLE_ADMINISTER if address.room == "admin" else address.mark
        if isinstance(action, Action) and not scopes(member, action):
            for method in (client.get, client.post):
                assert method(address.path).status_code in NOT_THERE, address.path


@pytest.mark.django_db
@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_what_approves_releases_or_grants_asks_again_who_one_is(client: Client, name: str) -> None:
    member = play(name)
    signed_in_as(client, member, fresh=False)
    for address in OURS:
        if address.mark in FRESH_SIGN_IN_ACTIONS and scopes(member, Action(address.mark)):
            response = client.post(address.path)
            assert response.status_code == 302, address.path
            assert response.headers["Location"].startswith("/sign-in/again"), address.path


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_no_page_fails_on_made_up_values_or_lacks_the_strict_policy(
    client: Client, name: str
) -> None:
    member = play(name)
    signed_in_as(client, member)
    for address in OURS:
        # What is not there for this role was asked for above.
        if isinstance(address.mark, Action) and not scopes(member, address.mark):
            continue
        answer = client.get(address.path)
        assert answer.status_code < 500, address.path
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, address.path
        assert "unsafe-" not in policy, address.path
