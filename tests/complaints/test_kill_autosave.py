"""Five hundred words are being typed when something is killed: at least 99 of 100 come back.

The browser is a real one with a profile on disk, ended as by a power cut: what it had in memory is
gone, its cookies too.
"""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from accounts.models import Membership
from complaints.services import drafts
from complaints.services.drafts import Statement
from drafting.models import SavedDraft
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import a_draft
from tests.cast import play
from tests.fixtures.browser import CHROMIUM, QUIET
from tests.fixtures.service import process, wait_until

pytestmark = pytest.mark.committed

FIELDS = ("harm", "harmed_1", "nature_1", "scale_2", "nature_2")
# Distinct, and some that are not plain ASCII.
WORDS = [f"{'tŷ' if number % 7 == 0 else 'w'}{number:03d}" for number in range(500)]
ENOUGH = 495
# Slow enough for a busy disk: 25 words in a second, which is ten times what people type.
A_KEY_MS = 4.0
# What is typed in the last tenth of a second before a kill may be lost: a word is there for longer.
A_SLOW_KEY_MS = 20.0


class Writer:
    """Somebody at a browser of their own, whose profile lies on disk."""

    def __init__(self, playwright: Playwright, profile: Path, by: Membership) -> None:
        self.playwright, self.profile, self.by = playwright, profile, by
        self.context: BrowserContext | None = None

    def opens(self, address: str) -> Page:
        """Start the browser on its profile, sign in and open a page."""
        self.context = self.playwright.chromium.launch_persistent_context(
            self.profile, executable_path=CHROMIUM, args=QUIET.split(), headless=True
        )
        page = self.context.pages[0]
        self.signs_in(address)
        page.goto(address)
        return page

    def signs_in(self, address: str) -> None:
        """A new session, in the browser that is open."""
        assert self.context
        name = settings.SESSION_COOKIE_NAME
        session = signed_in_as(Client(), self.by).cookies[name].value
        self.context.add_cookies([{"name": name, "value": session, "url": address}])

    def is_killed(self) -> None:
        """End every process of the browser at once."""
        ours = [pid for pid in running() if str(self.profile).encode() in command_of(pid)]
        assert ours, "No browser runs on this profile."
        for group in {os.getpgid(pid) for pid in ours}:
            os.killpg(group, signal.SIGKILL)
        wait_until(lambda: not any(command_of(pid) for pid in ours), "the browser is dead")

    def closes(self) -> None:
        """End what is still open."""
        if self.context:
            self.context.close()


def running() -> list[int]:
    """Every process of this machine, by number, but ourselves."""
    found = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal())
    return [pid for pid in found if pid != os.getpid()]


def command_of(pid: int) -> bytes:
    """The words with which a process was begun; none when it is dead."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@pytest.fixture
def writer(committed: None, playwright: Playwright, tmp_path: Path) -> Iterator[Writer]:
    """The body's approver, at a browser with a profile of its own."""
    one = Writer(playwright, tmp_path / "profile", play("body_approver"))
    yield one
    one.closes()


@pytest.fixture
def part(committed: None) -> str:
    """The path of the page on harm, of a draft with two features and so with seven long fields."""
    by = play("body_approver")
    draft = a_draft(by=by)
    features = [Statement("Searches are not recorded."), Statement("Nobody is told.")]
    drafts.save_features(draft, features=features, version=0, by=by)
    return reverse("complaints:part", args=[draft.key, "harm"])


def share(field: str) -> list[str]:
    """The hundred words that belong into a field."""
    return WORDS[FIELDS.index(field) :: len(FIELDS)]


def types(page: Page, *, halfway: Callable[[], object] = lambda: None, a_key_ms: float = 0) -> None:
    """Type the words key by key, field after field, with something happening in the middle."""
    for field in FIELDS:
        page.locator(f"textarea[name={field}]").focus()
        first, second = share(field)[:50], share(field)[50:]
        page.keyboard.type(" ".join(first), delay=a_key_ms)
        if field == FIELDS[2]:
            halfway()
        page.keyboard.type(" " + " ".join(second), delay=a_key_ms)


def recovered(page: Page, why: str, of: int = len(WORDS)) -> int:
    """How many words the page shows, each in its own field."""
    page.wait_for_load_state("networkidle")
    shown = 0
    for field in FIELDS:
        words = page.locator(f"textarea[name={field}]").input_value().split()
        shown += len(set(words) & set(share(field)))
    print(f"{why}: {shown} of {of} words, {shown / of:.1%}")
    return shown


def test_a_killed_browser_gives_back_what_was_typed(writer: Writer, server: str, part: str) -> None:
    types(writer.opens(server + part), a_key_ms=A_KEY_MS)
    writer.is_killed()
    assert recovered(writer.opens(server + part), "Browser killed") >= ENOUGH


def test_an_ended_session_takes_nothing_along(writer: Writer, server: str, part: str) -> None:
    page = writer.opens(server + part)
    types(page, halfway=Session.objects.all().delete)
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    writer.signs_in(server)
    page.goto(server + part)
    assert recovered(page, "Session ended") >= ENOUGH
    expect(page.get_by_text("This page shows what you typed")).to_be_visible()
    assert on_the_server() == len(WORDS)


def test_a_restarted_server_is_waited_for(writer: Writer, part: str) -> None:
    with process("web", called="first") as first:
        page = writer.opens(first.url + part)
        types(page, halfway=first.kill)
        expect(page.get_by_text("Not saved yet.")).to_be_visible()
    with process("web", called="second", port=first.url.rpartition(":")[2]) as second:
        saved = page.locator("[data-autosave-saved]")
        expect(saved).to_contain_text("Saved", timeout=15_000)
        assert on_the_server() == len(WORDS)
        page.locator("textarea[name=nature_2]").press_sequentially(" and on")
        wait_until(lambda: on_the_server() == len(WORDS) + 2, "what is typed later is kept too")
        writer.is_killed()
        again = writer.opens(second.url + part)
        assert recovered(again, "Server restarted") >= ENOUGH


def test_two_windows_of_one_person_lose_nothing_of_either(
    writer: Writer, server: str, part: str
) -> None:
    first = writer.opens(server + part)
    second = first.context.new_page()
    second.goto(server + part)
    for start in range(0, 100, 20):
        for window, field in ((first, "harm"), (second, "harmed_1")):
            words = share(field)[start : start + 20]
            window.locator(f"textarea[name={field}]").press_sequentially(" ".join(words) + " ")
    again = second.locator("textarea[name=harm]")
    again.press_sequentially("Another beginning.", delay=A_SLOW_KEY_MS)
    writer.is_killed()
    page = writer.opens(server + part)
    expect(page.get_by_text("You typed in 2 windows at once.")).to_be_visible()
    assert recovered(page, "Two windows killed", 200) == 200
    assert "Another" in page.locator("textarea[name=harm]").input_value()


def on_the_server() -> int:
    """How many words the server has for the page that is open."""
    content = SavedDraft.objects.filter(is_settled=False).latest("saved_at").content
    return sum(len(content[field][-1].split()) for field in FIELDS)
