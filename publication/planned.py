"""A question that a crowd asks, planned once by each connection instead of at each asking.

PostgreSQL looks through the public views anew for every statement: for a report, that takes longer
than to answer it.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

from publication.clock import answered_at_this_clock

M = TypeVar("M", bound=Model)


class Planned(Generic[M]):
    """A question with one place in it, known by its name to each connection that has asked it.

    `ask` puts the question together from what stands in its place. Only the plan is kept: what the
    views decide, clocks included, they decide at each asking.
    """

    def __init__(self, name: str, ask: "Callable[[Any], QuerySet[M]]") -> None:
        self.name = name
        self.ask = ask
        self.known_to: WeakSet[Any] = WeakSet()

    def answer(self, value: str) -> list[M]:
        """What is found for a value, in which the views know this clock."""
        self._plan()
        asked = self._asked
        execute = f"EXECUTE {self.name}(%s)"
        return answered_at_this_clock(asked.model, execute, [value], using=asked.db)

    @cached_property
    def _asked(self) -> "QuerySet[M]":
        return self.ask(RawSQL("$1", ()))

    def _plan(self) -> None:
        opened = connections[self._asked.db]
        # As a cursor would, but before it: what takes the place of a dead connection knows nothing.
        opened.close_if_health_check_failed()
        opened.ensure_connection()
        if opened.connection in self.known_to:
            return
        sql, values = self._asked.query.sql_with_params()
        with opened.cursor() as cursor:
            cursor.execute(f"PREPARE {self.name} AS {sql}", values)
        self.known_to.add(opened.connection)
