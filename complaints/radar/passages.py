"""Where two complaints are alike: their likest sentences beside one another, words marked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from django.db import connection

from complaints.models import Complaint
from complaints.radar.concepts import known, stems_of
from complaints.radar.substance import Shares, passages_of, shares_of_stems

MOST = 5
# Marks around a word that no text has: control characters are refused where text comes in.
BEGIN, END = "\x02", "\x03"
MARKED = """
SELECT ts_headline(
    'english', words, asked.stems, 'HighlightAll=true, StartSel=' || %s || ', StopSel=' || %s
)
FROM unnest(%s::text[]) WITH ORDINALITY AS t (words, n),
(SELECT string_agg(quote_literal(stem), ' | ')::tsquery FROM unnest(%s::text[]) AS s (stem))
    AS asked (stems)
ORDER BY n
"""


@dataclass(frozen=True)
class Part:
    """Some words of a sentence, marked where the other text says the same."""

    words: str
    marked: bool


@dataclass(frozen=True)
class Shared:
    """A sentence of each, beside one another."""

    of_this: list[Part]
    of_earlier: list[Part]


def shared_passages(complaint: Complaint, earlier: Complaint, *, most: int = MOST) -> list[Shared]:
    """The pairs of sentences most alike, the likest first; each sentence stands once."""
    ours, theirs = sentences(complaint), sentences(earlier)
    stems = stems_of([*ours, *theirs])
    of_ours, of_theirs = stems[: len(ours)], stems[len(ours) :]
    alike = likest(
        [shares_of_stems(one) for one in of_ours], [shares_of_stems(one) for one in of_theirs]
    )
    pairs = alike[:most]
    left, right = [ours[mine] for mine, _ in pairs], [theirs[other] for _, other in pairs]
    both = marked([*left, *right], _stems_behind({*chain(*of_ours)}, {*chain(*of_theirs)}))
    return [Shared(*two) for two in zip(both[: len(left)], both[len(left) :], strict=True)]


def sentences(complaint: Complaint) -> list[str]:
    """The sentences of a complaint's substance, in its order."""
    whole = [text for _weight, text in passages_of(complaint)]
    cut = [re.split(r"(?<=[.!?])\s+", text.strip()) for text in whole]
    return list(dict.fromkeys(sentence for text in cut for sentence in text if sentence))


def likest(ours: list[Shares], theirs: list[Shares]) -> list[tuple[int, int]]:
    """The places of sentences that share terms, the likest pair first, each sentence once."""
    scored = sorted(
        (
            (-sum(share * two.get(term, 0.0) for term, share in one.items()), mine, other)
            for mine, one in enumerate(ours)
            for other, two in enumerate(theirs)
        ),
    )
    left, right, found = set[int](), set[int](), list[tuple[int, int]]()
    for likeness, mine, other in scored:
        if likeness < 0 and mine not in left and other not in right:
            found.append((mine, other))
            left.add(mine)
            right.add(other)
    return found


def marked(texts: list[str], stems: Iterable[str]) -> list[list[Part]]:
    """The texts in parts, the words of these stems marked."""
    with connection.cursor() as cursor:
        cursor.execute(MARKED, (BEGIN, END, texts, list(stems)))
        return [parts_of(words) for (words,) in cursor.fetchall()]


def parts_of(words: str) -> list[Part]:
    """A text with marks, in parts."""
    pieces = re.split(f"([{BEGIN}{END}])", words)
    parts, inside = [], False
    for piece in pieces:
        if piece in (BEGIN, END):
            inside = piece == BEGIN
        elif piece:
            parts.append(Part(piece, inside))
    return parts


def _stems_behind(ours: set[str], theirs: set[str]) -> list[str]:
    """The stems that both have, and those that stand for a concept that both have."""
    of_stem = known().of_stem
    both = _concepts(ours, of_stem) & _concepts(theirs, of_stem)
    return [
        stem
        for stem in ours | theirs
        if (stem in ours and stem in theirs) or both & set(of_stem.get(stem, ()))
    ]


def _concepts(stems: Iterable[str], of_stem: dict[str, list[str]]) -> set[str]:
    return {concept for stem in stems for concept in of_stem.get(stem, ())}
