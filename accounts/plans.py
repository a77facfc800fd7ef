"""Statements that a connection knows by a name: PostgreSQL plans them for it once, not each time.

To plan a question that goes through walls, matrix and grants takes PostgreSQL several times as long
as to answer it for one row. After five askings it keeps one plan for all values, where that is no
dearer. Only the way to the answer is kept: what stands is read at each asking.
"""

from collections import OrderedDict
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connections
from psycopg2.extensions import AsIs

# The pages of eight roles ask 100 questions. Each plan takes the server about 180 kB, for each
# connection that keeps it; the oldest makes room.
KEPT_BY_A_CONNECTION = 128

# The numbers that PostgreSQL's largest whole number has room for.
HELD = range(-(2**63), 2**63)


def place(number: int, value: Any = None) -> AsIs:
    """Where a value, the first being number 1, stands in a statement that is planned once.

    A whole number may be larger than its column: it is no row's, and no fault either.
    """
    return AsIs(f"${number}::bigint" if is_whole(value) else f"${number}")


def is_whole(value: Any) -> bool:
    """Whether a value is a whole number."""
    return isinstance(value, int) and not isinstance(value, bool)


def fits(value: Any) -> bool:
    """Whether any column can hold a value."""
    return not is_whole(value) or value in HELD


class Plans:
    """What one connection knows, what it was asked last at the end."""

    def __init__(self) -> None:
        self._names: OrderedDict[Hashable, str] = OrderedDict()
        self._numbers = count(1)
        self._in_doubt = False

    @contextmanager
    def asking(
        self, question: Hashable, sql: str, given: Sequence[Any], values: Sequence[Any]
    ) -> Iterator[tuple[str, list[Any]]]:
        """The text and the parameters to send, in one journey; known once they are answered.

        `sql` and `given` are a statement with its `place` for each of the values, sent with the
        first asking only. Whole numbers and other values have places of their own kind.
        """
        known_as = (question, *map(is_whole, values))
        if name := self._names.get(known_as):
            self._names.move_to_end(known_as)
            sent = _execute(name, values), [*values]
        else:
            name = f"planned_{next(self._numbers)}"
            learn = f"{self._room()}PREPARE {name} AS {sql}"
            sent = f"{learn}; {_execute(name, values)}", [*given, *values]
        try:
            yield sent
        except BaseException:
            # Nobody knows what was carried out before the fault, or whether a plan is to blame, as
            # where a column has changed since.
            self._names.clear()
            self._in_doubt = True
            raise
        self._names[known_as] = name
        self._in_doubt = False

    def _room(self) -> str:
        """What to forget first: all of it after a fault, else one too many."""
        if self._in_doubt:
            return "DEALLOCATE ALL; "
        if len(self._names) < KEPT_BY_A_CONNECTION:
            return ""
        _known_as, name = self._names.popitem(last=False)
        return f"DEALLOCATE {name}; "


_known: WeakKeyDictionary[Any, Plans] = WeakKeyDictionary()


def plans_of(using: str) -> Plans:
    """What the connection to a database knows that the next cursor will use."""
    opened = connections[using]
    # As a cursor would, but before it: what takes the place of a dead connection knows nothing.
    opened.close_if_health_check_failed()
    opened.ensure_connection()
    return _known.setdefault(opened.connection, Plans())


def _execute(name: str, values: Sequence[Any]) -> str:
    return f"EXECUTE {name}({', '.join(['%s'] * len(values))})" if values else f"EXECUTE {name}"
