"""The substance of a complaint as terms: the stems of its words, and the concepts behind them."""

import math
from collections import defaultdict
from collections.abc import Iterable

from complaints.models import Complaint
from complaints.radar.concepts import known, stems_of

# What counts how much. Tuned on the tuning half of the labelled pairs: see docs/radar.md.
TITLE, STATEMENT, DETAIL, HARM = 2.0, 2.0, 1.0, 0.5
WORD, CONCEPT = 1.0, 4.0

Passage = tuple[float, str]
Stems = dict[str, list[int]]
Shares = dict[str, float]


def passages_of(complaint: Complaint) -> list[Passage]:
    """The passages that say what it is about, each with its weight; evidence is not substance."""
    passages = [(TITLE, complaint.title), (HARM, complaint.harm)]
    for feature in complaint.features.all():
        passages += [(STATEMENT, feature.statement), (DETAIL, feature.detail)]
    return [(weight, text) for weight, text in passages if text.strip()]


def shares_of(passages: Iterable[Passage]) -> Shares:
    """How much of the whole each term is: together, as a vector, of length one."""
    passages = list(passages)
    stems = stems_of([text for _weight, text in passages])
    return _shares([(weight, one) for (weight, _), one in zip(passages, stems, strict=True)])


def shares_of_stems(stems: Stems) -> Shares:
    """The same of one text whose stems are known."""
    return _shares([(1.0, stems)])


def _shares(passages: Iterable[tuple[float, Stems]]) -> Shares:
    weights: defaultdict[str, float] = defaultdict(float)
    for weight, stems in passages:
        for term, times in _terms_of(stems).items():
            weights[term] += weight * times
    length = math.sqrt(sum(weight**2 for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()}


def _terms_of(stems: Stems) -> Shares:
    """The terms of one passage: its stems, and what these or their phrases stand for."""
    concepts = known()
    terms: defaultdict[str, float] = defaultdict(float)
    for stem, positions in stems.items():
        terms[stem] += WORD * len(positions)
        for concept in concepts.of_stem.get(stem, ()):
            terms[concept] += CONCEPT * len(positions)
    for phrase in concepts.phrases:
        if times := phrase.times_in(stems):
            terms[phrase.concept] += CONCEPT * times
    return terms
