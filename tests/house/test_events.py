"""Events are named once, in one grammar, and the desk has words for each."""

import re
from enum import StrEnum

from accounts.events import AccountEvent
from audit.events import HouseEvent
from complaints.events import ComplaintEvent
from deadlines.events import DeadlineEvent
from desk.timeline import WORDS
from documents.events import DocumentEvent
from investigations.events import InvestigationEvent
from publication.events import PublicationEvent
from recommendations.events import RecommendationEvent

OF_CASES: tuple[type[StrEnum], ...] = (
    ComplaintEvent,
    DeadlineEvent,
    DocumentEvent,
    InvestigationEvent,
    PublicationEvent,
    RecommendationEvent,
)


def test_each_event_is_named_once_by_subject_and_what_happened() -> None:
    families: list[type[StrEnum]] = [*OF_CASES, AccountEvent, HouseEvent]
    named = [str(event) for family in families for event in family]
    assert len(named) == len(set(named))
    assert [name for name in named if not re.fullmatch(r"[a-z_]+:[a-z_]+", name)] == []


def test_the_timeline_has_words_for_every_event_of_a_case() -> None:
    assert {event for family in OF_CASES for event in family} - set(WORDS) == set()
