"""Every address of the service, filled with what exists of one case."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from re import Match
from typing import Any

from django.urls import URLResolver, get_resolver
from django.urls.resolvers import RegexPattern

Values = Mapping[str, Sequence[Any]]

PLACE = re.compile(r"<(?:\w+:)?(?P<name>\w+)>")

# Signing out would end the crawl; Django's admin is opened page by page in its own test.
LEFT_OUT = ("sign-out", "admin/")


@dataclass(frozen=True)
class Route:
    """One URL pattern, as the stored list names it."""

    pattern: str
    converters: Mapping[str, Any]

    def places(self) -> dict[str, str]:
        """The name of each place, and the pattern up to its end, which says what is named there."""
        return {
            found["name"]: self.pattern[: found.end()] for found in PLACE.finditer(self.pattern)
        }

    def addresses(self, values: Values) -> Iterator[str]:
        """The pattern with every value that its places can take."""
        names = list(self.converters)
        for chosen in product(*(self._values(name, values) for name in names)):
            said = dict(zip(names, chosen, strict=True))
            yield "/" + PLACE.sub(partial(self._filled, said), self.pattern)

    def _values(self, name: str, values: Values) -> Sequence[Any]:
        """What a place can take; the converter says whether it is a number or text."""
        return values["pk"] if name == "pk" else values.get(name, ["nothing-there"])

    def _filled(self, said: Mapping[str, Any], place: Match[str]) -> str:
        name = place["name"]
        return str(self.converters[name].to_url(said[name]))


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[Route]:
    """Every URL pattern but those left out, and those written as regular expressions."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, pattern)
        elif isinstance(entry.pattern, RegexPattern) or pattern.startswith(LEFT_OUT):
            continue
        else:
            yield Route(pattern, dict(entry.pattern.converters))
