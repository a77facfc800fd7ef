"""The radar finds one substance in two wordings, and tells nothing that its reader may not know."""

import math
from dataclasses import replace

import pytest
from django.db.models import QuerySet

from accounts.services.walls import raise_wall
from complaints import tasks
from complaints.models import Complaint, Substance
from complaints.radar.concepts import known, stems_of
from complaints.radar.ranking import Likeness, ranked
from complaints.radar.substance import passages_of, shares_of
from complaints.services import submission, substances
from complaints.services.drafts import Statement
from tests.builders.complaints import LETTER, SIGNATORY, a_complete_draft, a_registered_complaint
from tests.cast import play

pytestmark = pytest.mark.django_db

STRIPPED = "Children are strip searched in custody and no adult stays beside them."
OTHER_WORDS = "Minors must take off their underwear in a cell without a parent or guardian."
OTHER_MATTER = "Children wait for years until the officers in a case tell them of a charge."


def a_complaint_that(statement: str) -> Complaint:
    """Registered from a letter of one feature, and read for the radar."""
    content = replace(LETTER, features=[Statement(statement)], harm="")
    complaint = a_registered_complaint(title="A matter", content=content)
    substances.read(complaint)
    return complaint


def likest_to(complaint: Complaint, among: QuerySet[Complaint]) -> list[int]:
    """The candidates by their primary keys, the likest first."""
    others = among.exclude(pk=complaint.pk)
    return [one.complaint_id for one in ranked(shares_of(passages_of(complaint)), others)]


def test_the_same_substance_in_other_words_comes_before_the_same_words_of_another_matter() -> None:
    a_complaint_that("Farmers wait for a visit after machinery is stolen.")
    other_matter = a_complaint_that(OTHER_MATTER)
    earlier = a_complaint_that(OTHER_WORDS)
    asked = a_complaint_that(STRIPPED)
    assert likest_to(asked, Complaint.objects.all())[:2] == [earlier.pk, other_matter.pk]


def test_a_complaint_without_a_shared_term_is_not_ranked() -> None:
    a_complaint_that("Tractors vanish.")
    asked = a_complaint_that("Interpreters arrive unannounced.")
    asked.title = ""
    assert likest_to(asked, Complaint.objects.all()) == []


def test_nobody_to_rank_against_is_an_empty_ranking() -> None:
    asked = a_complaint_that(STRIPPED)
    assert ranked(shares_of(passages_of(asked)), Complaint.objects.none()) == []


def test_a_case_behind_a_wall_neither_appears_nor_moves_a_figure() -> None:
    reader = play("intake_officer")
    earlier, asked = a_complaint_that(OTHER_WORDS), a_complaint_that(STRIPPED)
    shares = shares_of(passages_of(asked))

    def seen() -> list[Likeness]:
        return ranked(shares, Complaint.objects.visible_to(reader).exclude(pk=asked.pk))

    before = seen()
    walled = a_complaint_that(STRIPPED)
    assert [one.complaint_id for one in seen()] == [walled.pk, earlier.pk]
    raise_wall(
        walled, person=reader.user, reason="A relative works there.", by=play("administrator")
    )
    assert seen() == before


def test_the_shares_of_a_substance_make_a_vector_of_length_one() -> None:
    shares = shares_of(passages_of(a_complaint_that(STRIPPED)))
    assert math.isclose(sum(share**2 for share in shares.values()), 1.0)
    assert all(0 < share <= 1 for share in shares.values())


def test_a_phrase_stands_for_its_concept_only_where_its_words_stand_together() -> None:
    together, apart = stems_of(["an appropriate adult came", "an adult found it appropriate"])
    (phrase,) = [
        one
        for one in known().phrases
        if one.concept == "#appropriate adult" and one.places[0][0].startswith("appropri")
    ]
    assert (phrase.times_in(together), phrase.times_in(apart)) == (1, 0)


@pytest.mark.parametrize(
    "text", ["", " ", "':* & | ! \\ % _ <-> (", "ŵŷ \u202e <script>", "and the of"]
)
def test_whatever_somebody_writes_is_only_text(text: str) -> None:
    shares = shares_of([(1.0, text)])
    assert ranked(shares, Complaint.objects.all()) == []


def test_what_is_submitted_is_read_within_the_minute_and_read_again_when_it_changes() -> None:
    draft = a_complete_draft(by=play("body_approver"))
    tasks.sweep()
    assert not Substance.objects.exists()
    complaint = submission.submit(draft, signatory=SIGNATORY, by=play("body_approver"))
    tasks.sweep()
    first = set(complaint.substance.terms.values_list("term", flat=True))
    assert "tractor" not in first
    assert not substances.due().exists()
    Complaint.objects.filter(pk=complaint.pk).update(
        title="Tractors", version=complaint.version + 1
    )
    tasks.sweep()
    assert "tractor" in set(complaint.substance.terms.values_list("term", flat=True)) - first


def test_other_concepts_have_every_complaint_read_again() -> None:
    complaint = a_complaint_that(STRIPPED)
    assert not substances.due().exists()
    Substance.objects.update(concepts_sha256="of an earlier release")
    assert list(substances.due()) == [complaint]


def test_reading_twice_gives_the_same() -> None:
    complaint = a_complaint_that(STRIPPED)
    first = list(complaint.substance.terms.values_list("term", "share"))
    substances.read(complaint)
    assert list(complaint.substance.terms.values_list("term", "share")) == first
