"""Files that a browser sends in pieces as they are chosen, and the message that they go with."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from complaints.models import Complaint, MessageFile
from documents import storage
from documents.models import UploadInPieces
from documents.receiving import PIECE_BYTES
from tests.accessibility.pictures import pictured
from tests.builders.complaints import an_acknowledged_complaint
from tests.cast import play
from tests.complaints.test_pieces_in_the_browser import PATIENCE_MS, is_lost, large, small, told
from tests.fixtures.browser import BrowseAs, assert_accessible
from tests.fixtures.line import Line
from tests.fixtures.service import Started

pytestmark = pytest.mark.timeout(120)

# Of a piece: what is longer than one goes by itself as it is chosen, what is shorter with the form.
LARGE_ENOUGH = 1.1
TEXT = "The survey, with the interview that it rests on."


@pytest.fixture
def complaint(committed: None) -> Complaint:
    return an_acknowledged_complaint()


def at_the_messages(browse_as: BrowseAs, complaint: Complaint, *, through: str = "") -> Page:
    """The body's page of messages, with a text that is typed and not sent."""
    page = browse_as(play("submitter"), **({"base_url": through} if through else {}))
    page.goto(reverse("complaints:own_messages", args=[complaint.reference]))
    page.get_by_label("Message").fill(TEXT)
    return page


def chosen(page: Page, *files: Path) -> None:
    page.get_by_label("Files (optional)").set_input_files(list(files))


def is_sent(page: Page) -> None:
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_text("The message is sent.")).to_be_visible()


def a_large_web_page(folder: Path) -> Path:
    path = folder / "page.html"
    path.write_bytes(b"<html><script></script>".ljust(PIECE_BYTES + 1))
    return path


def test_large_files_come_as_they_are_chosen_and_all_go_with_the_message(
    browse_as: BrowseAs, complaint: Complaint, worker: Started, tmp_path: Path
) -> None:
    page = at_the_messages(browse_as, complaint)
    note = small(tmp_path, "Arolwg ŵyl.txt", "Tŷ a gŵr.")
    chosen(page, sound := large(tmp_path, long=LARGE_ENOUGH), note, a_large_web_page(tmp_path))
    told(page, "1 file was added. 1 file was not added: the reason is beside each.")
    waiting = page.get_by_role("group", name="Files that have come")
    expect(waiting.get_by_role("checkbox")).to_have_count(1, timeout=PATIENCE_MS)
    assert_accessible(page)
    pictured(page, "files-to-send")
    is_sent(page)
    sent = complaint.messages.get()
    assert sent.text == TEXT
    by_name = {one.file.original_name: one.file for one in sent.files.all()}
    assert set(by_name) == {sound.name, note.name}
    kept = storage.place("uploads", by_name[sound.name].storage_key)
    assert kept.read_bytes() == sound.read_bytes()
    expect(waiting).to_have_count(0)


def test_a_file_that_is_left_out_waits_for_the_next_message(
    browse_as: BrowseAs, complaint: Complaint, worker: Started, tmp_path: Path
) -> None:
    page = at_the_messages(browse_as, complaint)
    chosen(page, large(tmp_path, long=LARGE_ENOUGH))
    page.get_by_role("checkbox", name="interview.wav").uncheck(timeout=PATIENCE_MS)
    is_sent(page)
    assert not MessageFile.objects.exists()
    expect(page.get_by_role("checkbox", name="interview.wav")).to_be_checked()


def test_a_message_waits_for_its_files_and_loses_no_word(
    browse_as: BrowseAs, complaint: Complaint, worker: Started, line: Line, tmp_path: Path
) -> None:
    page = at_the_messages(browse_as, complaint, through=line.url)
    line.stops_after(1)
    chosen(page, large(tmp_path, long=LARGE_ENOUGH))
    page.get_by_role("button", name="Send message").click()
    told(
        page,
        "Files are still on their way. Send it once they have come, or cancel those that you "
        "leave out.",
    )
    line.is_cut()
    is_lost(page)
    line.is_mended()
    boxes = page.get_by_role("group", name="Files that have come").get_by_role("checkbox")
    expect(boxes).to_have_count(1, timeout=2 * PATIENCE_MS)
    is_sent(page)
    assert complaint.messages.get().text == TEXT
    assert MessageFile.objects.count() == 1
    assert not UploadInPieces.objects.exists()


def test_a_cancelled_file_does_not_hold_the_message_back(
    browse_as: BrowseAs, complaint: Complaint, worker: Started, line: Line, tmp_path: Path
) -> None:
    page = at_the_messages(browse_as, complaint, through=line.url)
    line.stops_after(1)
    chosen(page, large(tmp_path, long=LARGE_ENOUGH))
    expect(page.locator("[data-upload-state]")).to_have_count(1)
    page.get_by_role("button", name="Cancel interview.wav").click()
    line.is_mended()
    is_sent(page)
    assert complaint.messages.get().text == TEXT
    assert not MessageFile.objects.exists()
