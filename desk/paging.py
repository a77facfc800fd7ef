"""Pages of a list of which the database cuts the keys, and reads one page of them in full.

Counting a hundred thousand rows costs more than the page itself. Up to a limit the count is exact;
beyond, the list says “more than”, and every page up to that limit can still be opened.
The list is searched once, for its first keys in order: they are the count, and a page of them is
what is read in full. To count and then to read searched it twice, and joined what no page shows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator

if TYPE_CHECKING:
    _Pages = Paginator[Any]
else:
    _Pages = Paginator  # Generic for the type checker only.

ROWS_A_PAGE = 25


class KeyedPaginator(_Pages):
    """Pages of keys, of which each is read in full when it is opened.

    Args: `read` answers the rows of some keys, in their order.
    """

    def __init__(self, keys: Sequence[Any], read: Callable[[Sequence[Any]], list[Any]]) -> None:
        super().__init__(keys, ROWS_A_PAGE)
        self.read = read

    def page(self, number: int | str) -> "Page[Any]":
        """One page. Raises: InvalidPage where there is none."""
        of_keys = super().page(number)
        return Page(self.read(list(of_keys)), of_keys.number, self)


@dataclass(frozen=True)
class Counted:
    """How many rows a list has, as a sentence says it."""

    number: int
    most: int

    def __str__(self) -> str:
        if self.number >= self.most:
            return f"more than {self.most - 1:,}"
        return f"{self.number:,}"
