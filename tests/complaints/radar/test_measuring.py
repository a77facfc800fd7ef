"""The measure of the radar: what it prints, and that it leaves nothing behind."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.models import Organisation
from complaints.models import Complaint, Substance
from complaints.radar import measuring
from complaints.radar.measuring import TUNING, UNTOUCHED, Rates, labelled, measure

DOCUMENTED = Path(__file__).parents[3] / "docs" / "radar.md"

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("half", [TUNING, UNTOUCHED])
def test_each_half_has_its_pairs_and_enough_to_rank_them_against(half: str) -> None:
    pairs = labelled(half)
    assert len(pairs) >= 30
    for pair in pairs:
        query, near_miss = pair["query"], pair["near_miss"]
        assert near_miss["body"] == query["body"]
        assert pair["earlier"]["title"] != query["title"] != near_miss["title"]


def test_the_last_line_is_the_untouched_half_as_json() -> None:
    printed = StringIO()
    call_command("measure_radar", pairs=3, stdout=printed)
    lines = printed.getvalue().splitlines()
    summary = json.loads(lines[-1])
    assert set(summary) == {"pairs", "top1", "top3", "trigram_top3"}
    assert summary["pairs"] == 3
    assert [line.split()[0] for line in lines[1:-1]] == [TUNING] * 3 + [UNTOUCHED] * 3


def test_a_measurement_leaves_nothing_behind() -> None:
    before = Organisation.objects.count()
    found = measure(TUNING, most=4)
    assert (found.pairs, found.candidates, found.chance) == (4, 8, Rates(1 / 8, 3 / 8))
    assert not Complaint.objects.exists()
    assert not Substance.objects.exists()
    assert Organisation.objects.count() == before


def test_the_radar_is_far_better_than_letters_alone_on_what_it_was_tuned_on() -> None:
    found = measure(TUNING)
    assert found.candidates == 60
    assert found.radar.first_three >= 0.9
    assert found.trigram.first_three < 0.5


def test_the_true_one_is_among_the_first_three_on_the_untouched_half_as_the_page_says() -> None:
    found = measure(UNTOUCHED)
    assert found.radar.first_three >= 0.9
    said = " ".join(DOCUMENTED.read_text().replace("*", "").split())
    for name in ("radar", "trigram", "chance"):
        rates = getattr(found, name)
        by = "plain trigram" if name == "trigram" else name
        row = f"| untouched | {found.pairs} | {found.candidates} | {by} |"
        assert f"{row} {rates.first:.0%} | {rates.first_three:.0%} |".replace("%", " %") in said


def test_a_radar_that_ranks_at_random_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "ranked", lambda _shares, _candidates, **_most: [])
    assert measure(TUNING, most=5).radar == Rates(0, 0)
