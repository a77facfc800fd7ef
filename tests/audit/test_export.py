"""A case's record as files, verified by a program that stands alone."""

import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from audit.chain import head
from audit.export import write_export
from tests.builders.audit import CASE, happens


def offline(folder: Path, *arguments: str) -> tuple[int, str]:
    """Run the exported program by itself, with nothing of ours within reach."""
    done = subprocess.run(  # noqa: S603  (our own program)
        [sys.executable, "-I", "-S", "verify.py", "record.jsonl", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={},
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def exported(db: None, tmp_path: Path) -> Path:
    """A case's record, exported with its personal data."""
    happens(CASE, 5)
    assert write_export(CASE, tmp_path, private=True) == 5
    return tmp_path


def a_head() -> str:
    last = head(CASE)
    assert last is not None
    return f"{last.number}:{last.sha256}"


def test_an_export_is_verified_offline(exported: Path) -> None:
    code, said = offline(exported, "--head", a_head())
    assert (code, said) == (0, f"WHOLE: 5 entries, the last is {a_head()}\n")


def test_without_a_head_the_reader_is_told_what_is_not_shown(exported: Path) -> None:
    assert "cut short would look the same" in offline(exported)[1]


def test_an_export_holds_no_personal_data_unless_asked(exported: Path, tmp_path: Path) -> None:
    write_export(CASE, tmp_path / "plain")
    assert "Somebody" in (exported / "record.jsonl").read_text()
    assert "Somebody" not in (tmp_path / "plain" / "record.jsonl").read_text()
    assert offline(tmp_path / "plain", "--head", a_head())[0] == 0


def test_an_export_says_how_it_is_verified(exported: Path, tmp_path: Path) -> None:
    said = StringIO()
    call_command("export_record", "--chain", CASE, "--to", str(tmp_path / "out"), stdout=said)
    assert f"python3 verify.py record.jsonl --head {a_head()}" in said.getvalue()


def cut(lines: list[str]) -> list[str]:
    return lines[:-1]


def changed(lines: list[str]) -> list[str]:
    return [*lines[:2], lines[2].replace("Ynys", "Sir"), *lines[3:]]


def removed(lines: list[str]) -> list[str]:
    return [*lines[:2], *lines[3:]]


def other_person(lines: list[str]) -> list[str]:
    return [*lines[:2], lines[2].replace("Somebody", "Nobody"), *lines[3:]]


def broken(lines: list[str]) -> list[str]:
    return [*lines[:2], lines[2][:40], *lines[3:]]


@pytest.mark.parametrize(
    ("forged", "words"),
    [
        (cut, "entry 5 was given away, but the record ends at entry 4"),
        (changed, "entry 3: its content and hash differ"),
        (removed, "entry 3 is missing: 4 stands in its place"),
        (other_person, "entry 3: its personal data and their hash differ"),
        (broken, "BAD: "),
        (lambda _: [], "the record ends at entry 0"),
    ],
)
def test_a_forged_export_is_found_offline(
    exported: Path, forged: Callable[[list[str]], list[str]], words: str
) -> None:
    record = exported / "record.jsonl"
    lines = record.read_text().splitlines()
    record.write_text("".join(f"{line}\n" for line in forged(lines)))
    code, said = offline(exported, "--head", a_head())
    assert code == 1
    assert words in said


def test_a_record_written_anew_differs_from_the_head_its_reader_holds(
    exported: Path, tmp_path: Path
) -> None:
    code, said = offline(exported, "--head", f"3:{'a' * 64}")
    assert (code, said) == (1, "BAD: entry 3 is not the one that was given away\n")
