"""An administrator's browser; and passwords of made-up people cost one round, not a million."""

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import Membership
from tests.builders.accounts import signed_in_as


@pytest.fixture(autouse=True)
def _one_round(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["tests.builders.accounts.OneRound"]


@pytest.fixture
def desk(client: Client, administrator: Membership) -> Client:
    """A browser in which an administrator has just signed in."""
    return signed_in_as(client, administrator)
