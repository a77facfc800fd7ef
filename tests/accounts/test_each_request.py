"""What each request of a signed-in person asks of the database before its page is drawn."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership
from tests.builders.accounts import signed_in_as

pytestmark = pytest.mark.django_db


def test_the_chosen_membership_is_read_by_its_number_without_sorting_by_names(
    client: Client, investigator: Membership
) -> None:
    signed_in_as(client, investigator)
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/account").status_code == 200
    told = [one["sql"] for one in asked if 'FROM "accounts_membership"' in one["sql"]]
    orders = [sql.partition(" ORDER BY ")[2].partition(" LIMIT ")[0] for sql in told[:1]]
    assert orders == ['"accounts_membership"."id" ASC']
