"""A question that a crowd asks, planned once by each connection instead of at each asking.

PostgreSQL looks through the public views anew for every statement: for a report, that takes longer
than to answer it.
"""

from collections.abc import Callable
from functools import cached_property
from inspect import signature
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

from accounts.plans import place, plans_of
from publication.clock import answered_at_this_clock

M = TypeVar("M", bound=Model)


class Planned(Generic[M]):
    """A question with places in it, known to each connection that has asked it.

    `ask` puts the question together from what stands in its places. Only the plan is kept: what the
    views decide, clocks included, they decide at each asking.
    """

    def __init__(self, ask: "Callable[..., QuerySet[M]]") -> None:
        self.ask = ask

    def answer(self, *values: Any) -> list[M]:
        """What is found for these values, in which the views know this clock."""
        asked, (sql, given) = self._asked
        with plans_of(asked.db).asking(self, sql, given, values) as (text, sent):
            return answered_at_this_clock(asked.model, text, sent, using=asked.db)

    @cached_property
    def _asked(self) -> "tuple[QuerySet[M], tuple[str, tuple[Any, ...]]]":
        numbers = range(1, len(signature(self.ask).parameters) + 1)
        asked = self.ask(*(RawSQL("%s", (place(number),)) for number in numbers))
        return asked, asked.query.sql_with_params()
