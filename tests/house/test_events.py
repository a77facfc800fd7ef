"""Events are named once, in one grammar; the desk has words for each, and each is answered for."""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum

from django.conf import settings

from accounts.events import AccountEvent
from audit.events import HouseEvent
from complaints.events import ComplaintEvent
from deadlines.events import DeadlineEvent
from desk.timeline import WORDS
from documents.events import DocumentEvent
from investigations.events import InvestigationEvent
from publication.events import PublicationEvent
from recommendations.events import RecommendationEvent
from tests.house.silent_events import SILENT
from tests.house.sources import ROOT, tree

OF_CASES: tuple[type[StrEnum], ...] = (
    ComplaintEvent,
    DeadlineEvent,
    DocumentEvent,
    InvestigationEvent,
    PublicationEvent,
    RecommendationEvent,
)

FAMILIES: tuple[type[StrEnum], ...] = (*OF_CASES, AccountEvent, HouseEvent)
# The listeners of `settings.EVENT_LISTENERS`, and the tables that they read.
LISTENING = (
    "deadlines/listener.py",
    "deadlines/receipts.py",
    "deadlines/rules.py",
    "notifications/catalogue.py",
    "publication/listener.py",
)


def listened_to() -> Iterator[StrEnum]:
    """The events that a listener or its table names."""
    by_name = {family.__name__: family for family in FAMILIES}
    for path in LISTENING:
        for node in ast.walk(tree(ROOT / path)):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) in by_name:
                yield by_name[ast.unparse(node.value)][node.attr]


def test_each_event_is_named_once_by_subject_and_what_happened() -> None:
    named = [str(event) for family in FAMILIES for event in family]
    assert len(named) == len(set(named))
    assert [name for name in named if not re.fullmatch(r"[a-z_]+:[a-z_]+", name)] == []


def test_the_timeline_has_words_for_every_event_of_a_case() -> None:
    assert {event for family in OF_CASES for event in family} - set(WORDS) == set()


def test_each_event_is_listened_to_or_silent_for_a_stated_reason() -> None:
    silent = [event for events in SILENT.values() for event in events]
    assert len(silent) == len(set(silent))
    assert set(silent) & set(listened_to()) == set()
    assert {event for family in FAMILIES for event in family} == {*silent, *listened_to()}


def test_every_listener_is_read_here() -> None:
    modules = {path.rsplit(".", 1)[0].replace(".", "/") for path in settings.EVENT_LISTENERS}
    assert {f"{module}.py" for module in modules} - {*LISTENING} == {"notifications/listener.py"}
