"""Pages of a list that the database cuts, without counting what nobody will leaf to.

Counting a hundred thousand rows costs more than the page itself. Up to `COUNTED` rows the count is
exact; beyond, the list says “more than”, and every page up to that limit can still be opened.
The list is searched once, for its first keys in order: they are the count, and a page of them is
what is read in full. To count and then to read searched it twice, and joined what no page shows.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
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
    def keys(self) -> list[Any]:
        """The primary keys of the rows, in the list's order, up to the limit."""
        return list(self.object_list.values_list("pk", flat=True)[:COUNTED])

    @cached_property
    def count(self) -> int:
        """The number of rows, or the limit where there are more."""
        return len(self.keys)

    def page(self, number: int | str) -> "Page[Any]":
        """One page, read in full by its keys. Raises: InvalidPage where there is none."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = self.keys[first : first + self.per_page]
        return Page(list(self.object_list.filter(pk__in=keys)), number, self)


@dataclass(frozen=True)
class Counted:
    """How many rows a list has, as a sentence says it."""

    number: int

    def __str__(self) -> str:
        if self.number >= COUNTED:
            return f"more than {COUNTED - 1:,}"
        return f"{self.number:,}"
