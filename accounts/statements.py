"""Queries put together once, and asked of the rows as they stand each time.

Putting a query together from walls, matrix and grants takes longer than the database takes to
answer it. What is kept is its text and its parameters, one for all who have the same roles: nothing
that is stored stands in them but the number of a content type, so that a wall, a place on a team or
a grant bites at the next request, as everywhere.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

from accounts.models import Membership, User
from accounts.plans import fits, place, plans_of

# Each set of roles has two for its home page, one for each state and order of the case list, and
# one for each kind of row that a page of theirs is about. The question for a case takes 46 kB.
KEPT = 1024

# The numbers of whoever asks: names that no field has, so that no page looks a row up by them.
PERSON, PLACE = "asking person", "asking organisation"

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
        """What is found now, for the values that were left open; a row stands for its number.

        A number that no column can hold finds nothing.
        """
        filled = self._filled(values)
        if not self.sql or not all(map(fits, filled)):
            return []
        places = self._with(place(number, value) for number, value in enumerate(filled, 1))
        with plans_of(self._rows.db).asking(self, self.sql, places, filled) as sent:
            return self._answered(sent)

    def found_for_these(self, **values: Any) -> list[Row]:
        """As `found`, but planned for these very values, where the best way hangs on them."""
        if not self.sql:
            return []
        return self._answered((self.sql, self._with(iter(self._filled(values)))))

    def _filled(self, values: Mapping[str, Any]) -> list[Any]:
        return [_plain(values[one]) for one in self.parameters if isinstance(one, Given)]

    def _with(self, told: Iterator[Any]) -> list[Any]:
        """The parameters, with what is told in the places that were left open."""
        return [next(told) if isinstance(one, Given) else one for one in self.parameters]

    def _answered(self, sent: tuple[str, list[Any]]) -> list[Row]:
        # Django reads the answer as ever, with a copy of its own of what it made of the question.
        # The method is set on this one clone, which nobody else has seen.
        bound = copy(self._compiler)
        bound.connection = connections[self._rows.db]
        bound.as_sql = lambda *_, **__: sent
        asked = self._rows.all()
        asked.query.get_compiler = lambda *_, **__: bound  # type: ignore[method-assign]
        return list(asked)


@dataclass(frozen=True)
class Seated(Generic[Row]):
    """A statement of all who have some roles, with the one who asks it now."""

    kept: Statement[Row]
    membership: Membership

    def found(self, **values: Any) -> list[Row]:
        """What this membership finds now, for the values that were left open."""
        return self.kept.found(**self._seat, **values)

    def found_for_these(self, **values: Any) -> list[Row]:
        """As `found`, but planned for these very values, where the best way hangs on them."""
        return self.kept.found_for_these(**self._seat, **values)

    @property
    def _seat(self) -> dict[str, int]:
        return {PERSON: self.membership.user_id, PLACE: self.membership.organisation_id}


def statement(
    build: "Callable[..., QuerySet[Any, Row]]", membership: Membership, *more: Hashable
) -> Seated[Row]:
    """What `build` makes for whoever has the roles of a membership, asked by this one.

    It is given somebody with these roles, who stands as this one does. Besides, it may put their
    `user_id` and `organisation_id` into a query, and nothing else: each asking gives those of the
    one who asks.
    """
    stands = membership.ended_at is None and membership.user.is_active
    return Seated(_put_together(build, tuple(sorted(membership.roles)), stands, more), membership)


@lru_cache(maxsize=KEPT)
def _put_together(
    build: "Callable[..., QuerySet[Any, Any]]",
    roles: tuple[str, ...],
    stands: bool,
    more: tuple[Hashable, ...],
) -> Statement[Any]:
    return Statement(build(whoever(roles, stands=stands), *more))


def whoever(roles: Iterable[str], *, stands: bool = True) -> Membership:
    """Somebody with these roles, whose numbers are known only when a statement is asked."""
    anybody = Membership(user=User(is_active=stands), roles=list(roles))
    # Past Django, for which a number that is an expression would be another person.
    vars(anybody).update(user_id=given(PERSON), organisation_id=given(PLACE))
    return anybody


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value
