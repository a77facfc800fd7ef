"""No page of a body holds a number that counts the rows of every body.

A row's number in its table says how many there are, of whomsoever: two of them, a day apart, say
how many letters the service has sent since. What is sent to a body names its rows otherwise.
"""

import os
import re
from collections.abc import Iterable

import psycopg2
import pytest
from django.apps import apps
from django.test import Client

from tests.builders.accounts import signed_in_as
from tests.builders.publication import a_published_case
from tests.cast import play
from tests.embargo.places import addresses_of
from tests.embargo.test_crossed_bodies import addresses_of_own, read_by
from tests.embargo.two_bodies import WORD, Body

pytestmark = pytest.mark.committed

# Beyond every number that a page has reason to show: a thousand millions and more, by table.
FIRST, STEP = 1000, 10**6
TOLD = re.compile(rb"(?<![0-9])(10[0-9]{2})0{3}[0-9]{3}(?![0-9])")
# Reference rows, which everybody may count, and one's own person and membership.
COUNTED_BY_ALL = {
    "accounts_organisation",
    "accounts_regime",
    "accounts_user",
    "accounts_membership",
}


@pytest.fixture
def tables(committed: None) -> list[str]:
    """The tables that have numbers, each of which now begins with its own thousand millions."""
    names = sorted({model._meta.db_table for model in apps.get_models() if model._meta.managed})
    with psycopg2.connect(os.environ["MIGRATE_DATABASE_URL"]) as owner, owner.cursor() as cursor:
        for place, name in enumerate(names):
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, column_name), %s) "
                "FROM information_schema.columns WHERE table_name = %s AND column_name = 'id' "
                "AND is_identity = 'YES'",
                [name, (FIRST + place) * STEP, name],
            )
    return names


def numbers_told(content: bytes, tables: list[str]) -> set[str]:
    """The tables of which a page tells a number."""
    told = {tables[int(found) - FIRST] for found in TOLD.findall(content)}
    return told - COUNTED_BY_ALL


def pages_that_tell(client: Client, addresses: Iterable[str], tables: list[str]) -> list[str]:
    """Of the pages that one may read, those that hold a number of a table, with its name."""
    pages = read_by(client, addresses)
    assert pages
    told = {
        address: numbers_told(f"{address} {headers}".encode() + content, tables)
        for address, (_status, headers, content) in pages.items()
    }
    return [f"{address}: {', '.join(names)}" for address, names in told.items() if names]


def test_no_page_of_a_body_tells_how_many_rows_there_are(client: Client, tables: list[str]) -> None:
    body = Body.named("cwj", WORD, beside="liberty")
    assert body.complaint.pk > FIRST * STEP
    signed_in_as(client, body.member)
    assert pages_that_tell(client, addresses_of_own(body), tables) == []


@pytest.mark.parametrize("who", ["body_approver", "response_approver"])
def test_no_page_of_a_published_case_tells_it_to_its_body_or_its_addressee(
    client: Client, tables: list[str], who: str
) -> None:
    case = a_published_case()
    signed_in_as(client, play(who))
    addresses = {one for of_one in addresses_of(case).values() for one in of_one}
    addresses = {one for one in addresses if not one.startswith("/account/second-factor")}
    assert pages_that_tell(client, sorted(addresses), tables) == []
