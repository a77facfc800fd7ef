"""The application's clock, handed to the database for one transaction.

The views compare an instant with two clocks, the database's and this one; without this one they
answer “closed”.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

SET_CLOCK = "SELECT set_config('app.clock', %s, true)"

M = TypeVar("M", bound=Model)


@contextmanager
def at_this_clock(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """A transaction in which the public views know what time the application thinks it is."""
    with transaction.atomic(using=using):
        with connections[using].cursor() as cursor:
            cursor.execute(SET_CLOCK, [timezone.now().isoformat()])
        yield


def found_at_this_clock(asked: "QuerySet[M]") -> list[M]:
    """What one query finds in which the views know this clock, asked in a single journey."""
    try:
        sql, values = asked.query.sql_with_params()
    except EmptyResultSet:  # Known without asking, as for an edition's number that no column holds.
        return []
    return answered_at_this_clock(asked.model, sql, values, using=asked.db)


def answered_at_this_clock(
    model: type[M], sql: str, values: Iterable[Any], *, using: str
) -> list[M]:
    """The rows that a statement answers while the views know this clock.

    Both statements are sent as one, which PostgreSQL runs in one transaction of its own: the clock
    is gone with it. `at_this_clock` takes four journeys for the same answer.
    """
    both = [timezone.now().isoformat(), *values]
    return list(model._default_manager.using(using).raw(f"{SET_CLOCK}; {sql}", both))
