"""Queries put together once, and asked of the rows as they stand each time.

Putting a query together from walls, matrix and grants takes longer than the database takes to
answer it. What is kept is its text and its parameters: nothing that is stored stands in them but
the number of a content type, so that a wall, a place on a team or a grant bites at the next
request, as everywhere.
"""

from collections.abc import Callable, Hashable, Mapping
from copy import copy
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

from accounts.models import Membership

# Each seat has two for its home page, one for each state and order of the case list, and one for
# each kind of row that a page of theirs is about. The question for a case takes 46 kB.
KEPT = 1024

Row = TypeVar("Row")


class Given(str):
    """The name of a value that is known only when a statement is asked."""

    __slots__ = ()


def given(name: str) -> RawSQL:
    """What stands in a query for a value that each asking gives under this name."""
    return RawSQL("%s", (Given(name),))


class Statement(Generic[Row]):
    """A query of which the text is kept; to put `rows` together must ask neither row nor clock."""

    def __init__(self, rows: "QuerySet[Any, Row]") -> None:
        self._rows = rows
        self._compiler = rows.query.get_compiler(using=rows.db)
        try:
            self.sql, self.parameters = self._compiler.as_sql()
        except EmptyResultSet:  # It is known already that it finds no row.
            self.sql, self.parameters = "", ()

    def found(self, **values: Any) -> list[Row]:
        """What is found now, for the values that were left open; a row stands for its number."""
        if not self.sql:
            return []
        # Django reads the answer as ever, with a copy of its own of what it made of the question.
        # The method is set on this one clone, which nobody else has seen.
        bound = copy(self._compiler)
        bound.connection = connections[self._rows.db]
        bound.as_sql = lambda *_, **__: (self.sql, self._filled(values))
        asked = self._rows.all()
        asked.query.get_compiler = lambda *_, **__: bound  # type: ignore[method-assign]
        return list(asked)

    def _filled(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(
            _plain(values[one]) if isinstance(one, Given) else one for one in self.parameters
        )


def statement(
    build: "Callable[..., QuerySet[Any, Row]]", membership: Membership, *more: Hashable
) -> Statement[Row]:
    """What `build` makes for a membership, kept for as long as they sit there with these roles."""
    standing = membership.ended_at is None and membership.user.is_active
    seat = (membership.user_id, membership.organisation_id, standing, *membership.roles)
    return _put_together(build, membership, seat, more)


@lru_cache(maxsize=KEPT)
def _put_together(
    build: "Callable[..., QuerySet[Any, Any]]",
    membership: Membership,
    _seat: tuple[Hashable, ...],
    more: tuple[Hashable, ...],
) -> Statement[Any]:
    return Statement(build(membership, *more))


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value
