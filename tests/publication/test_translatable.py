"""Nothing that we say to the public stands outside gettext: each page under a marking catalogue.

The catalogue exists in memory alone: it puts every message between marks. What is left of a page
outside the marks must be words of its records, or what no language changes.
"""

import gettext
import html
import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest
from django.conf import settings
from django.db.models import CharField, Model, TextField
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real

from accounts.models import Organisation, Regime
from audit.heads import list_heads
from complaints.models import Complaint, EligibilityDecision, Feature
from desk.history.facts import SOURCE, past_cases
from desk.history.importing import import_history
from investigations.models import Finding, LineOfEnquiry
from publication.about import PAGES
from publication.models import Exclusion, Opinion, Release, Report, ReportSection, Suspension
from publication.services import corrections
from publication.services import report as report_verbs
from publication.services.after import follow_up
from publication.services.responses import publish_response
from publication.services.sign_off import give_opinion
from publication.states import Ground, ReleaseKind
from recommendations.models import OwnAction, Recommendation, Response
from tests.builders.announcements import a_sealed_announcement, announced
from tests.builders.audit import happens
from tests.builders.complaints import a_not_eligible_complaint
from tests.builders.publication import (
    a_report_in_sign_off,
    a_sealed_report,
    an_approved_release,
    made_public,
    sealed,
    signed_off,
)
from tests.cast import play
from tests.publication.test_predicate import withdraw
from tests.publication.test_responses import an_answer_to

pytestmark = pytest.mark.committed
WELSH = "cy"
OPENED, CLOSED = "⟦", "⟧"
MARKED = re.compile(f"{OPENED}[^{OPENED}{CLOSED}]*{CLOSED}")
UNSEEN = re.compile(r"<(script|style|svg)\b.*?</\1>|<!--.*?-->", re.DOTALL)
SPOKEN = re.compile(r"\b(?:aria-label|alt|placeholder|data-label)=[\"']([^\"']*)")
TAG = re.compile(r"<[^>]*>")
# What no language changes: a clock's zone, an algorithm's name, and the hashes that it makes.
SAME_EVERYWHERE = re.compile(r"\b(GMT|BST|SHA-256|[0-9a-f]{64}|SC-\d{4}-\d{3})\b")
OF_RECORDS: tuple[type[Model], ...] = (
    Organisation,
    Regime,
    Complaint,
    Feature,
    EligibilityDecision,
    LineOfEnquiry,
    Finding,
    Recommendation,
    OwnAction,
    Report,
    ReportSection,
    Exclusion,
    Opinion,
    Response,
    Suspension,
)


class Marking(gettext.NullTranslations):
    """A catalogue that translates every message into itself between marks."""

    def gettext(self, message: str) -> str:
        return f"{OPENED}{message.rpartition(chr(4))[2]}{CLOSED}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def to_language(self) -> str:
        """Its name among the languages."""
        return WELSH


@pytest.fixture
def _all_in_welsh(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Welsh is on offer, its catalogue marks every message, and what is sealed is sealed in it."""
    settings.LANGUAGES = [*settings.LANGUAGES, (WELSH, "Cymraeg")]
    monkeypatch.setitem(vars(trans_real)["_translations"], WELSH, Marking())
    with translation.override(WELSH):
        yield


def words_of_records() -> list[str]:
    """What people wrote, and names, the longest first; no label that our code chose."""
    found = {settings.SERVICE_NAME}
    for model in OF_RECORDS:
        names = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, CharField | TextField) and not field.choices
        ]
        found |= set(chain.from_iterable(model._default_manager.values_list(*names)))
    typed = Release.objects.exclude(kind=ReleaseKind.RESPONSE)
    found |= set(chain.from_iterable(typed.values_list("title", "withdrawal__reason")))
    return sorted(filter(None, found), key=len, reverse=True)


def words_of_the_past() -> set[str]:
    """Every text of the compiled facts, as they came."""

    def texts(part: Any) -> Iterator[str]:
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict | list):
            for below in part.values() if isinstance(part, dict) else part:
                yield from texts(below)

    return set(texts(json.loads(SOURCE.read_text(encoding="utf-8")))) - {""}


def left_over(page: str, known: list[str]) -> list[str]:
    """The pieces of a page's text that are neither marked nor of a record."""
    page = UNSEEN.sub("", page)
    pieces = map(html.unescape, [*TAG.split(page), *SPOKEN.findall(page)])
    return [piece.strip() for piece in pieces if re.search("[A-Za-z]", without(piece, known))]


def without(piece: str, known: list[str]) -> str:
    """A piece of text without what is marked, what records say, and what is the same everywhere."""
    while (fewer := MARKED.sub("", piece)) != piece:
        piece = fewer
    piece = SAME_EVERYWHERE.sub("", piece)
    for words in known:
        piece = piece.replace(words, "")
    return piece


def everything_published() -> list[str]:
    """The addresses of all that can be public: open, answered, refused, away and withdrawn."""
    answered, away, gone = (
        made_public(a_sealed_report()),
        an_approved_release(),
        an_approved_release(),
    )
    publish_response(an_answer_to(answered), by=play("lead_investigator"))
    away.suspensions.create(reason="A mistake.")
    withdraw(gone)
    refused = announced(a_sealed_announcement(a_not_eligible_complaint(), because="It was asked."))
    happens()
    list_heads()
    slugs = [one.slug for one in (answered, away, gone)]
    cases = [one.reference for one in (answered, away, gone, refused)]
    return [
        *(f"/reports/{slug}" for slug in slugs),
        f"/news/{answered.slug}",
        *(f"/super-complaints/{reference}" for reference in cases),
    ]


def corrected_and_imported() -> list[str]:
    """The addresses of a report in two editions, with an opinion and an exclusion; of the past."""
    report = a_report_in_sign_off()
    chief, said = play("hmicfrs_decision_maker"), "The name of a village."
    report_verbs.exclude(report, passage=said, ground=Ground.SAFETY, reason=said, by=chief)
    give_opinion(report, matter="finding 1", text="More.", by=play("iopc_decision_maker"))
    first = made_public(sealed(signed_off(report)))
    follow_up(first.pk)
    correction = corrections.correct(first, note="Wrong.", by=play("second_press_officer"))
    report_verbs.propose(correction, by=play("investigator"))
    follow_up(made_public(sealed(signed_off(correction))).pk)
    imported = import_history(past_cases())
    editions = [f"/reports/{first.slug}{which}" for which in ("", "/editions/1", "/editions/2")]
    references = [first.reference, *(case.reference for case in imported)]
    cases = [f"/super-complaints/{reference}" for reference in references]
    return [*editions, *cases, f"/news/{first.slug}"]


def read_in_welsh(client: Client, addresses: list[str]) -> dict[str, str]:
    """The pages, each of which has at least one message of a catalogue."""
    ask = {"accept-language": WELSH}
    pages = {one: client.get(one, headers=ask).content.decode() for one in addresses}
    assert [one for one, page in pages.items() if OPENED not in page] == []
    return pages


@pytest.mark.usefixtures("_all_in_welsh")
def test_nor_of_what_was_corrected_or_imported(client: Client) -> None:
    pages = read_in_welsh(client, corrected_and_imported())
    known = sorted([*words_of_records(), *words_of_the_past()], key=len, reverse=True)
    found = {one: left for one, page in pages.items() if (left := left_over(page, known))}
    assert found == {}


@pytest.mark.usefixtures("_all_in_welsh")
def test_the_public_reads_no_sentence_of_ours_that_cannot_be_translated(client: Client) -> None:
    ours = ["/", "/super-complaints", "/subscribe", "/subscribe/asked", "/subscribe/confirm/x"]
    addresses = [*ours, "/subscribe/stop/x", "/no-such-page", *(f"/{one}" for one in PAGES)]
    addresses += ["/proof", *everything_published()]
    known = words_of_records()
    pages = read_in_welsh(client, addresses)
    wrong = client.post("/subscribe", {"address": "x"}, headers={"accept-language": WELSH})
    pages["wrong"] = wrong.content.decode()
    found = {one: left for one, page in pages.items() if (left := left_over(page, known))}
    assert found == {}
