"""File names: what could mislead goes, what a person wrote stays."""

import pytest

from documents.naming import LONGEST_NAME, clean_name, ending_of


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Datganiad tŷ ŵyl.pdf", "Datganiad tŷ ŵyl.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\someone\\notes.txt", "notes.txt"),
        ("report\x00.pdf", "report.pdf"),
        ("line\r\nbreak.pdf", "line break.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("zero\u200bwidth.pdf", "zerowidth.pdf"),
        ("...hidden.txt", "hidden.txt"),
        ("", "unnamed"),
        ("///", "unnamed"),
        ("\u202e\u200b", "unnamed"),
    ],
)
def test_a_name_keeps_its_letters_and_loses_what_misleads(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_an_over_long_name_is_cut_before_its_ending() -> None:
    name = clean_name("a" * 5000 + ".pdf")
    assert len(name) == LONGEST_NAME
    assert name.endswith("a.pdf")


def test_an_over_long_ending_is_no_ending() -> None:
    assert ending_of("a." + "b" * 4000) == ""
    assert len(clean_name("a." + "b" * 4000)) == LONGEST_NAME


def test_one_way_of_writing_an_accent_is_kept() -> None:
    assert clean_name("cafe\u0301.txt") == "café.txt"
