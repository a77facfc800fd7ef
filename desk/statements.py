"""Queries put together once for each seat, and asked of the rows as they stand at each opening.

Putting a query together from walls, matrix and grants takes longer than the database takes to
answer it. What is kept is its text and its parameters: nothing that is stored stands in them but
the number of a content type, so that a wall, a place on a team or a grant bites at the next
request, as everywhere.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from accounts.models import Membership

Statement = tuple[str, tuple[Any, ...]]
# Of a query of which it is known already that it finds no row.
NOTHING: Statement = ("", ())
# Each seat has two for its home page, and one for each state and order of the case list.
KEPT = 1024


def statement(
    build: Callable[..., QuerySet[Any, Any]], membership: Membership, *more: Hashable
) -> Statement:
    """The SQL and the parameters of what `build` makes for a membership, or NOTHING.

    `build` must ask neither a row nor a clock.
    """
    standing = membership.ended_at is None and membership.user.is_active
    seat = (membership.user_id, membership.organisation_id, standing, *membership.roles)
    return _put_together(build, membership, seat, more)


@lru_cache(maxsize=KEPT)
def _put_together(
    build: Callable[..., QuerySet[Any, Any]],
    membership: Membership,
    _seat: tuple[Hashable, ...],
    more: tuple[Hashable, ...],
) -> Statement:
    try:
        sql, parameters = build(membership, *more).query.sql_with_params()
    except EmptyResultSet:
        return NOTHING
    return sql, parameters
