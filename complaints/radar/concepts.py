"""Which words of policing stand for one another: read from `concepts.txt`, by their stems."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.db import connection

SOURCE = Path(__file__).with_name("concepts.txt")
MARK = "#"  # Before a concept's name, where it stands among words: no stem begins with it.
STEMS = "SELECT n, lexeme, positions FROM unnest(%s::text[]) WITH ORDINALITY AS t (words, n), \
unnest(to_tsvector('english', words))"


@dataclass(frozen=True)
class Phrase:
    """Several stems that stand for a concept together: each with its place in the phrase."""

    concept: str
    places: tuple[tuple[str, int], ...]

    def times_in(self, found: dict[str, list[int]]) -> int:
        """How often the phrase occurs among stems with their positions."""
        (first, start), *rest = self.places
        return sum(
            all(at - start + place in found.get(stem, ()) for stem, place in rest)
            for at in found.get(first, ())
        )


@dataclass(frozen=True)
class Concepts:
    """The concepts of each stem, the phrases, and the hash of the words they were read from."""

    of_stem: dict[str, list[str]]
    phrases: list[Phrase]
    sha256: str


def stems_of(texts: list[str]) -> list[dict[str, list[int]]]:
    """For each text, its stems with their positions, as PostgreSQL's English dictionary finds."""
    found: list[dict[str, list[int]]] = [{} for _ in texts]
    with connection.cursor() as cursor:
        cursor.execute(STEMS, [texts])
        for number, stem, positions in cursor.fetchall():
            found[number - 1][stem] = positions
    return found


@cache
def known() -> Concepts:
    """The concepts of this release of the service; the database is asked for their stems once."""
    source = SOURCE.read_text()
    entries = list(_entries(source))
    of_stem: dict[str, list[str]] = {}
    phrases: list[Phrase] = []
    for (concept, words), stems in zip(
        entries, stems_of([words for _, words in entries]), strict=True
    ):
        if " " in words:
            places = sorted((at, stem) for stem, all_at in stems.items() for at in all_at)
            phrases.append(Phrase(concept, tuple((stem, at) for at, stem in places)))
            continue
        for stem in stems:
            if concept not in of_stem.setdefault(stem, []):
                of_stem[stem].append(concept)
    return Concepts(of_stem, [one for one in phrases if one.places], _sha256(source))


def _entries(source: str) -> Iterator[tuple[str, str]]:
    """Each concept with each of its words or phrases."""
    for line in source.splitlines():
        if line and not line.startswith("#"):
            name, words = line.split(":", 1)
            for phrase, word in re.findall(r'"([^"]+)"|(\S+)', words):
                yield f"{MARK}{name}", phrase or word


def _sha256(source: str) -> str:
    return sha256(source.encode()).hexdigest()
