"""Who acts: the membership that a session chose, its person and its organisation, read at once.

It is asked at every request of everybody who has signed in, and putting a query together takes
longer than the database takes to answer it. So the statement is put together once; what it answers
is read afresh each time, and an end bites at the next request.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection, models

from accounts.models import Membership, Organisation, User

M = TypeVar("M", bound=models.Model)

PARTS: tuple[tuple[type[models.Model], str], ...] = (
    (Membership, ""),
    (User, "user__"),
    (Organisation, "organisation__"),
)

# What stands in the statement where a person and a membership are given.
A_PERSON, A_MEMBERSHIP = 1, 2

_person: ContextVar[User | None] = ContextVar("the person of the seat that was just read")


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]  # django-allauth has no types.
    """Finds the person of a session; Django then asks whether the session is still theirs."""

    def get_user(self, user_id: Any) -> User | None:
        """The person who was just read with their seat, or else by their number."""
        person = _person.get(None)
        if person is not None and person.pk == user_id:
            return person
        found: User | None = super().get_user(user_id)
        return found


@contextmanager
def already_read(person: User | None) -> Iterator[None]:
    """Within, the person of the session need not be asked of the database again."""
    token = _person.set(person)
    try:
        yield
    finally:
        _person.reset(token)


def seat_of(user_id: Any, membership_id: Any) -> Membership | None:
    """One membership of a person who is not deactivated, if it stands now."""
    given = {A_PERSON: user_id, A_MEMBERSHIP: membership_id}
    sql, places = _statement()
    with connection.cursor() as cursor:
        cursor.execute(sql, [given[place] for place in places])
        row = cursor.fetchone()
    if row is None:
        return None
    values = iter(row)
    membership = _read(Membership, values)
    membership.user, membership.organisation = _read(User, values), _read(Organisation, values)
    return membership


def _read(model: type[M], values: Iterator[Any]) -> M:
    """The row of one part, from the next values of what was read."""
    names = _names(model)
    return model.from_db(connection.alias, names, list(islice(values, len(names))))


@cache
def _statement() -> tuple[str, tuple[int, ...]]:
    """The SQL, and what is given in each of its places."""
    columns = [f"{path}{name}" for model, path in PARTS for name in _names(model)]
    asked = Membership.objects.current().filter(user_id=A_PERSON, pk=A_MEMBERSHIP).order_by()
    return asked.values_list(*columns).query.sql_with_params()


@cache
def _names(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]
