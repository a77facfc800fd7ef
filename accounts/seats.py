"""Who acts: the membership that a session chose, its person and its organisation, read at once.

It is asked at every request of everybody who has signed in, and putting a query together takes
longer than the database takes to answer it. So the statement is put together once; what it answers
is read afresh each time, and an end bites at the next request.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import Membership, User
from accounts.statements import Statement, given

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
    found = _kept().found(person=user_id, membership=membership_id)
    return found[0] if found else None


@cache
def _kept() -> Statement[Membership]:
    sitting = Membership.objects.current().filter(user_id=given("person"), pk=given("membership"))
    return Statement(sitting.order_by().select_related("user", "organisation"))
