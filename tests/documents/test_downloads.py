"""Handing out files: to keep, never to run, and only when they are clean."""

from typing import cast

import pytest

from accounts.models import Membership
from documents import storage
from documents.downloads import disposition, file_response
from documents.errors import FileClosedError
from tests.builders.documents import EICAR, TEXT, a_checked_file, a_stored_file


def test_a_checked_file_comes_as_an_attachment_that_nothing_runs(submitter: Membership) -> None:
    answer = file_response(a_checked_file(by=submitter, name="Tŷ “1”.txt"))
    assert b"".join(cast("list[bytes]", answer.streaming_content)) == TEXT
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Length"] == str(len(TEXT))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox;")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"] == (
        "attachment; filename=\"T_ _1_.txt\"; filename*=UTF-8''T%C5%B7%20%E2%80%9C1%E2%80%9D.txt"
    )


def test_a_file_not_yet_checked_does_not_open(submitter: Membership) -> None:
    with pytest.raises(FileClosedError, match=r"waiting for a virus check.*once it has been"):
        file_response(a_stored_file(by=submitter))


def test_a_quarantined_file_does_not_open(submitter: Membership) -> None:
    with pytest.raises(FileClosedError, match="quarantined"):
        file_response(a_checked_file(by=submitter, content=EICAR))


def test_a_file_whose_bytes_are_gone_says_so(submitter: Membership) -> None:
    stored = a_checked_file(by=submitter)
    storage.place("uploads", stored.storage_key).unlink()
    with pytest.raises(FileClosedError, match="missing"):
        file_response(stored)


@pytest.mark.parametrize("name", ['a"; filename="b.exe', "a\r\nSet-Cookie: b", "a%20b;c\\d"])
def test_a_hostile_name_stays_inside_its_header(name: str) -> None:
    header = disposition(name)
    plain = header.split('filename="')[1].split('"; filename*=')[0]
    assert not set('"\r\n%;\\') & set(plain)
    assert "\n" not in header
    assert "\r" not in header
