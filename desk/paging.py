"""Pages of a list that the database cuts, without counting what nobody will leaf to.

Counting a hundred thousand rows costs more than the page itself. Up to `COUNTED` rows the count is
exact; beyond, the list says “more than”, and every page up to that limit can still be opened.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import QuerySet

if TYPE_CHECKING:
    _Pages = Paginator[Any]
else:
    _Pages = Paginator  # Generic for the type checker only.

ROWS_A_PAGE = 25
COUNTED = 1000


class CappedPaginator(_Pages):
    """A paginator whose count stops at a limit."""

    object_list: QuerySet[Any]

    @cached_property
    def count(self) -> int:
        """The number of rows, or the limit where there are more."""
        return int(self.object_list.order_by()[:COUNTED].values("pk").count())


@dataclass(frozen=True)
class Counted:
    """How many rows a list has, as a sentence says it."""

    number: int

    def __str__(self) -> str:
        if self.number >= COUNTED:
            return f"more than {COUNTED - 1:,}"
        return f"{self.number:,}"
