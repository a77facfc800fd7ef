"""Files that a real browser sends in pieces: how far each is, what is refused, what is cut off.

The real web process and the real worker take them in; the files are larger than one piece.
"""

import hashlib
import os
import re
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Page, Request, expect

from complaints.models import Complaint
from complaints.services.arriving import TASK
from complaints.services.evidence_relied_on import MOST_PIECES
from complaints.tasks import take_in_upload
from documents import storage
from documents.models import UploadInPieces
from documents.receiving import PIECE_BYTES
from documents.services import pieces
from tests.accessibility.pictures import pictured
from tests.builders.complaints import a_draft
from tests.cast import play
from tests.fixtures.browser import BrowseAs, assert_accessible
from tests.fixtures.line import Line, line_to
from tests.fixtures.service import PATIENCE_S, Started, process, wait_until

pytestmark = pytest.mark.timeout(120)

# The head of a sound file, whose content may be anything.
HEAD = b"RIFF\xff\xff\xff\x7fWAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00"
# Megabytes go out, are hashed twice and are judged by a worker that has just begun.
PATIENCE_MS = 1000 * PATIENCE_S
HALF_A_PIECE = PIECE_BYTES // 2
# The first piece of 16 MB has come and is counted, and some of the second.
BEYOND_THE_FIRST = re.compile(r"^(1[7-9]|2\d|3[01])\.\d MB of 40\.0 MB")


@pytest.fixture
def draft(committed: None) -> Complaint:
    """A draft with a title only."""
    return a_draft(by=play("submitter"))


def large(folder: Path, name: str = "interview.wav", long: float = 2.5) -> Path:
    """A sound file of so many pieces."""
    path = folder / name
    path.write_bytes(HEAD + os.urandom(int(long * PIECE_BYTES)))
    return path


def small(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content)
    return path


def evidence_of(draft: Complaint) -> str:
    return reverse("complaints:part", args=[draft.key, "evidence"])


def at_the_evidence(browse_as: BrowseAs, draft: Complaint, *, through: str = "") -> Page:
    """The page of the evidence, at the browser of whoever writes the draft."""
    page = browse_as(play("submitter"), **({"base_url": through} if through else {}))
    page.goto(evidence_of(draft))
    return page


def announced(draft: Complaint, path: Path) -> UploadInPieces:
    """The upload that a browser will find begun when the file is chosen."""
    return pieces.announce(
        draft.key,
        name=path.name,
        size_bytes=path.stat().st_size,
        changed_ms=path.stat().st_mtime_ns // 1_000_000,
        then=TASK,
        by=play("submitter"),
    )


def sends(page: Page, *files: Path) -> None:
    page.get_by_label("Choose files").set_input_files(list(files))
    page.get_by_role("button", name="Add files").click()


def told(page: Page, words: str) -> None:
    expect(page.locator("[data-uploads-told]")).to_have_text(words, timeout=PATIENCE_MS)


def offsets_sent(page: Page) -> list[int]:
    """Where the pieces begin that the browser sends from now on."""
    sent: list[int] = []

    def note(request: Request) -> None:
        if request.method == "PATCH":
            sent.append(int(request.headers["upload-offset"]))

    page.on("request", note)
    return sent


def stopped_in_the_second_piece(page: Page, line: Line, folder: Path) -> Path:
    """A large file is sent, and the line stops when the first piece and some more has gone."""
    line.stops_after(PIECE_BYTES + HALF_A_PIECE)
    sends(page, path := large(folder))
    row = page.locator("[data-upload-state]").first
    expect(row).to_contain_text(BEYOND_THE_FIRST, timeout=PATIENCE_MS)
    wait_until(first_is_counted, "the first piece is counted, while the second is on its way")
    return path


def first_is_counted() -> bool:
    return UploadInPieces.objects.get().received_bytes == PIECE_BYTES


def is_lost(page: Page) -> None:
    expect(page.get_by_text("The connection is lost.")).to_be_visible(timeout=PATIENCE_MS)


def is_stored(draft: Complaint, path: Path) -> None:
    """The draft has the very bytes of a file, and nothing is left of its pieces."""
    document = draft.supporting_documents.get(title=path.stem)
    assert document.file is not None
    assert document.file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    lying = storage.place("uploads", document.file.storage_key).read_bytes()
    assert lying == path.read_bytes()
    upload = UploadInPieces.objects.get(stored_file=document.file)
    assert not (storage.pieces_folder() / upload.storage_key).exists()


def test_several_files_are_sent_and_each_refused_one_says_why(
    browse_as: BrowseAs, draft: Complaint, worker: Started, tmp_path: Path
) -> None:
    page = at_the_evidence(browse_as, draft)
    sound = large(tmp_path)
    sends(
        page,
        sound,
        small(tmp_path, "Arolwg ŵyl.txt", "Tŷ a gŵr."),
        small(tmp_path, "page.html", "<html><script>alert(1)</script></html>"),
        small(tmp_path, "empty.txt", ""),
        small(tmp_path, "<img src=x onerror=alert(1)>.txt", "Plain."),
    )
    told(page, "3 files were added. 2 files were not added: the reason is beside each.")
    rows = page.locator(".upload--refused")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="page.html")).to_contain_text("is a web page")
    expect(rows.filter(has_text="empty.txt")).to_contain_text("is empty")
    expect(page.get_by_role("heading", name="Your evidence: 3 of 200")).to_be_visible()
    expect(page.locator(".evidence-card")).to_have_count(3)
    pictured(page, "uploads-refused")
    assert_accessible(page)
    is_stored(draft, sound)
    for name in ("empty.txt", "page.html"):
        page.get_by_role("button", name=f"Take off the list {name}").click()
    expect(rows).to_have_count(0)
    sends(page, small(tmp_path, "again.txt", "Plain."))
    told(page, "1 file was not added: the reason is beside each.")
    expect(rows).to_contain_text("It was not added again.")
    page.get_by_role("button", name="Take off the list again.txt").click()
    page.reload()
    expect(page.locator(".upload")).to_have_count(0)


@pytest.mark.timeout(300)
def test_two_hundred_files_are_sent_at_once_and_the_one_beyond_says_so(
    browse_as: BrowseAs, draft: Complaint, worker: Started, tmp_path: Path
) -> None:
    page = at_the_evidence(browse_as, draft)
    limit = MOST_PIECES
    names = [f"Tystiolaeth ŷ {number:03}.txt" for number in range(limit + 1)]
    sends(page, *(small(tmp_path, name, f"What {name} says.") for name in names))
    expect(page.locator("[data-uploads-told]")).to_have_text(
        f"{limit} files were added. 1 file was not added: the reason is beside each.",
        timeout=240_000,
    )
    expect(page.locator(".upload--refused")).to_contain_text(f"can have {limit}")
    expect(page.get_by_role("heading", name=f"Your evidence: {limit} of {limit}")).to_be_visible()
    kept = draft.supporting_documents.values_list("title", flat=True)
    assert len({*kept} & {Path(name).stem for name in names}) == limit


def test_a_killed_server_is_waited_for_and_nothing_is_sent_twice(
    browse_as: BrowseAs, draft: Complaint, worker: Started, tmp_path: Path
) -> None:
    with process("web", called="first") as first, line_to(first.url) as line:
        page = at_the_evidence(browse_as, draft, through=line.url)
        sent = offsets_sent(page)
        path = stopped_in_the_second_piece(page, line, tmp_path)
        first.kill()
        is_lost(page)
        pictured(page, "uploads-cut")
        expect(page.get_by_role("button", name="Try again now")).to_be_visible()
        assert_accessible(page)
        assert UploadInPieces.objects.get().received_bytes == PIECE_BYTES
        line.is_mended()
        with process("web", called="second", port=first.url.rpartition(":")[2]):
            told(page, "1 file was added.")
            is_stored(draft, path)
            assert sent.count(0) == sent.count(2 * PIECE_BYTES) == 1


def test_a_closed_browser_finds_how_far_it_came_and_goes_on(
    browse_as: BrowseAs, draft: Complaint, line: Line, tmp_path: Path
) -> None:
    page = at_the_evidence(browse_as, draft, through=line.url)
    path = stopped_in_the_second_piece(page, line, tmp_path)
    page.context.close()

    again = at_the_evidence(browse_as, draft)
    row = again.locator(".upload")
    expect(row).to_contain_text("16.0 MB of 40.0 MB has come. To go on, choose the same file again")
    pictured(again, "uploads-to-go-on")
    assert_accessible(again)
    sent = offsets_sent(again)
    sends(again, path)
    expect(again.get_by_text("All of it has come.")).to_be_visible(timeout=PATIENCE_MS)
    take_in_upload(UploadInPieces.objects.get().pk)
    told(again, "1 file was added.")
    expect(row).to_have_count(0)
    assert sent == [PIECE_BYTES, 2 * PIECE_BYTES]
    is_stored(draft, path)


def test_another_file_of_the_same_name_size_and_date_is_refused_and_not_mixed(
    browse_as: BrowseAs, draft: Complaint, tmp_path: Path
) -> None:
    path = large(tmp_path, long=1.5)
    upload = announced(draft, path)
    pieces.add_piece(upload, offset=0, content=HEAD + bytes(PIECE_BYTES - len(HEAD)))
    page = at_the_evidence(browse_as, draft)
    sent = offsets_sent(page)
    sends(page, path)
    refused = page.locator(".upload--refused")
    expect(refused).to_contain_text("Part of another file of this name", timeout=PATIENCE_MS)
    assert sent == []
    with page.expect_response("**/forget"):
        page.get_by_role("button", name="Take off the list interview.wav").click()
    page.reload()
    sends(page, path)
    expect(page.get_by_text("All of it has come.")).to_be_visible(timeout=PATIENCE_MS)
    assert sent == [0, PIECE_BYTES]


def test_the_next_piece_is_on_its_way_while_the_one_before_is_written(
    browse_as: BrowseAs, draft: Complaint, tmp_path: Path
) -> None:
    upload = announced(draft, path := large(tmp_path))
    page = at_the_evidence(browse_as, draft)
    sent = offsets_sent(page)
    with transaction.atomic():
        counted = UploadInPieces.objects.select_for_update().get()
        sends(page, path)
        row = page.locator("[data-upload-state]").first
        expect(row).to_contain_text("32.0 MB of 40.0 MB", timeout=PATIENCE_MS)
        assert counted.received_bytes == 0
    expect(page.get_by_text("All of it has come.")).to_be_visible(timeout=PATIENCE_MS)
    assert sent == [0, PIECE_BYTES, 2 * PIECE_BYTES]
    assert (storage.pieces_folder() / upload.storage_key).read_bytes() == path.read_bytes()


def test_a_file_is_cancelled_while_it_is_sent(
    browse_as: BrowseAs, draft: Complaint, line: Line, tmp_path: Path
) -> None:
    page = at_the_evidence(browse_as, draft, through=line.url)
    stopped_in_the_second_piece(page, line, tmp_path)
    upload = UploadInPieces.objects.get()
    assert (storage.pieces_folder() / upload.storage_key).exists()
    pictured(page, "uploads-under-way")
    assert_accessible(page)
    page.get_by_role("button", name="Cancel interview.wav").click()
    line.is_mended()
    expect(page.locator(".upload")).to_have_count(0)
    expect(page.get_by_label("Choose files")).to_be_focused()
    page.reload()
    expect(page.locator(".upload")).to_have_count(0)
    assert not UploadInPieces.objects.exists()
    assert not (storage.pieces_folder() / upload.storage_key).exists()


def test_whoever_is_signed_out_is_told_that_the_file_goes_on_later(
    browse_as: BrowseAs, draft: Complaint, line: Line, tmp_path: Path
) -> None:
    page = at_the_evidence(browse_as, draft, through=line.url)
    stopped_in_the_second_piece(page, line, tmp_path)
    Session.objects.all().delete()
    line.is_mended()
    refused = page.locator(".upload--refused")
    expect(refused).to_contain_text("You are signed out.", timeout=PATIENCE_MS)
    assert UploadInPieces.objects.get().received_bytes >= PIECE_BYTES
