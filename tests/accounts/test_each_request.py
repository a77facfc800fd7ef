"""What each request of a signed-in person asks of the database before its page is drawn."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import seats
from accounts.entrance import SESSION_KEY
from accounts.models import Membership
from accounts.roles import Role
from accounts.services.people import deactivate
from accounts.sessions import SessionStore
from tests.builders.accounts import a_membership, signed_in_as

pytestmark = pytest.mark.django_db


def asked_at_account(client: Client) -> list[str]:
    """The queries about people, of one's own page."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/account").status_code == 200
    return [one["sql"] for one in asked if '"accounts_user"' in one["sql"]]


def opens_nothing(client: Client) -> None:
    answer = client.get("/account")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in")


def test_the_person_their_seat_and_its_organisation_are_read_at_once_by_number(
    client: Client, investigator: Membership
) -> None:
    signed_in_as(client, investigator)
    who = seats._kept().sql
    assert 'JOIN "accounts_user"' in who
    assert 'JOIN "accounts_organisation"' in who
    assert "ORDER BY" not in who
    assert [sql for sql in asked_at_account(client) if 'FROM "accounts_user"' in sql] == []


def test_the_seat_that_is_read_is_the_one_that_the_database_holds(
    investigator: Membership,
) -> None:
    kept = Membership.objects.select_related("user", "organisation").get(pk=investigator.pk)
    read = seats.seat_of(investigator.user_id, investigator.pk)
    assert read is not None
    for one, other in (
        (read, kept),
        (read.user, kept.user),
        (read.organisation, kept.organisation),
    ):
        names = [field.attname for field in type(other)._meta.concrete_fields]
        assert type(one) is type(other)
        assert [getattr(one, name) for name in names] == [getattr(other, name) for name in names]
        assert not one._state.adding


def test_a_seat_of_somebody_else_signs_out(client: Client, investigator: Membership) -> None:
    signed_in_as(client, investigator)
    session = client.session
    session[SESSION_KEY] = a_membership(Role.ADMINISTRATOR).pk
    session.save()
    opens_nothing(client)
    assert client.get("/sign-in").status_code == 200
    assert SESSION_KEY not in client.session


def test_an_ended_seat_signs_out_at_the_next_request(
    client: Client, investigator: Membership
) -> None:
    signed_in_as(client, investigator)
    assert client.get("/account").status_code == 200
    Membership.objects.filter(pk=investigator.pk).update(ended_at=timezone.now())
    opens_nothing(client)


def test_a_deactivated_person_is_signed_out_at_the_next_request(
    client: Client, investigator: Membership, administrator: Membership
) -> None:
    signed_in_as(client, investigator)
    assert client.get("/account").status_code == 200
    deactivate(investigator.user, reason="They left.", by=administrator)
    opens_nothing(client)


def test_a_session_from_before_a_new_password_is_worth_nothing(
    client: Client, investigator: Membership
) -> None:
    signed_in_as(client, investigator)
    assert client.get("/account").status_code == 200
    person = investigator.user
    person.set_password("another one altogether")
    person.save()
    opens_nothing(client)


def test_a_person_who_was_read_for_one_request_is_not_known_to_the_next(
    investigator: Membership, administrator: Membership
) -> None:
    backend = seats.PersonBackend()
    with seats.already_read(investigator.user):
        assert backend.get_user(investigator.user_id) is investigator.user
        assert backend.get_user(administrator.user_id) == administrator.user
    assert backend.get_user(investigator.user_id) is not investigator.user
    assert settings.AUTHENTICATION_BACKENDS[0] == f"{seats.__name__}.PersonBackend"


@pytest.mark.django_db
def test_a_session_past_its_end_is_worth_nothing_and_its_key_is_not_taken_up(
    client: Client, investigator: Membership
) -> None:
    signed_in_as(client, investigator)
    assert client.get("/casework/").status_code == 200
    Session.objects.update(expire_date=timezone.now())
    answer = client.get("/casework/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in")
    ended = Session.objects.get()
    store = SessionStore(ended.session_key)
    store["anything"] = 1
    store.save()
    assert store.session_key != ended.session_key
