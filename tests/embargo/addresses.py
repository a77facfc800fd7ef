"""Every address of the service, filled with what exists of one case."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.urls import URLResolver, get_resolver
from django.urls.resolvers import RegexPattern

Values = Mapping[str, Sequence[Any]]

# Signing out would end the crawl; Django's admin is opened page by page in its own test.
LEFT_OUT = ("sign-out", "admin/")


@dataclass(frozen=True)
class Route:
    """One URL pattern, as the stored list names it."""

    pattern: str
    converters: Mapping[str, Any]

    def addresses(self, values: Values) -> Iterator[str]:
        """The pattern with every value that its places can take."""
        names = list(self.converters)
        for chosen in product(*(self._values(name, values) for name in names)):
            address = self.pattern
            for name, value in zip(names, chosen, strict=True):
                address = _filled(address, name, self.converters[name].to_url(value))
            yield f"/{address}"

    def _values(self, name: str, values: Values) -> Sequence[Any]:
        """What a place can take; the converter says whether it is a number or text."""
        if name == "pk":
            return values["pk"]
        return values.get(name, ["nothing-there"])


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


def _filled(address: str, name: str, value: str) -> str:
    start = next(
        place
        for place in range(len(address))
        if address[place] == "<" and address[place:].split(">")[0].lstrip("<").endswith(name)
    )
    end = address.index(">", start)
    return address[:start] + value + address[end + 1 :]
