"""A veiled number leads back to its number, and tells nothing of it."""

import runpy

import pytest
from django.urls import resolve, reverse
from pytest_django import Settings

from accounts.veiled import LONG, unveiled, veiled
from supercomplaints.private.places import CHECKOUT

OF_A_LETTER = "complaints:download"


@pytest.mark.parametrize("number", [0, 1, 2, 255, 256, 2**31 - 1, 2**40 - 1])
def test_a_number_comes_back_from_its_veil(number: int) -> None:
    assert unveiled(veiled(number)) == number
    assert veiled(number) == veiled(number)


def test_neighbours_look_nothing_alike_and_are_equally_long() -> None:
    told = [veiled(number) for number in range(1000)]
    assert len(set(told)) == 1000
    assert {len(one) for one in told} == {LONG}
    assert len({one[:4] for one in told}) > 990


@pytest.mark.parametrize("place", range(LONG))
def test_a_letter_that_is_changed_stands_for_nothing(place: int) -> None:
    told = veiled(7)
    other = "A" if told[place] != "A" else "B"
    with pytest.raises(ValueError, match="no number"):
        unveiled(told[:place] + other + told[place + 1 :])


def test_an_address_from_before_a_new_secret_still_leads_there(settings: Settings) -> None:
    before = veiled(7)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert veiled(7) != before
    assert unveiled(before) == 7
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(ValueError, match="no number"):
        unveiled(before)


@pytest.mark.parametrize(
    ("given", "secrets"), [("", []), (" ", []), ("old, older,", ["old", "older"])]
)
def test_no_blank_is_a_secret_from_before(
    monkeypatch: pytest.MonkeyPatch, given: str, secrets: list[str]
) -> None:
    monkeypatch.setenv("SECRET_KEY_FALLBACKS", given)
    read = runpy.run_path(str(CHECKOUT / "supercomplaints" / "settings.py"))
    assert read["SECRET_KEY_FALLBACKS"] == secrets


def test_an_address_holds_the_veil_and_its_view_the_number() -> None:
    address = reverse(OF_A_LETTER, args=["SC-2018-417", 7])
    assert address.endswith(f"/{veiled(7)}")
    assert resolve(address).kwargs == {"reference": "SC-2018-417", "pk": 7}
