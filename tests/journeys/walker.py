"""Walking through pages as people do: by labels and the words of buttons, each page looked at."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.cast import play
from tests.fixtures.browser import WIDE, BrowseAs, assert_accessible
from tests.house.a_run import wait_until

PATIENCE_MS = 15_000
# How long one looks at a page before it is asked for anew, as somebody who waits would.
A_LOOK_MS = 1_000
# A button whose form a page answers; one that a script sends file by file stays where it is.
SENT_WHOLE = """button => Boolean(button.form) &&
  !('uploads' in button.form.dataset && document.body.classList.contains('js-enabled'))"""
Look = Callable[[Page], None]


@dataclass
class Walker:
    """One person after another at their own browser; `look` tries each page at both widths."""

    browse_as: BrowseAs
    pages: dict[str, Page] = field(default_factory=dict)
    tried: set[str] = field(default_factory=set)

    def become(self, who: str) -> "Person":
        """The person of that name, at their own browser."""
        if who not in self.pages:
            self.pages[who] = self.browse_as(play(who) if who != "anybody" else None)
            self.pages[who].set_default_timeout(PATIENCE_MS)
        return Person(self.pages[who], self.look)

    def look(self, page: Page) -> None:
        """Try a page once for each kind of address, wide and at 320 px."""
        kind = re.sub(r"[0-9A-Z]{10}|SC-\d+-\d+|\d+", "*", page.url.split("//")[1])
        if kind not in self.tried:
            assert_accessible(page)
            page.set_viewport_size(WIDE)
            self.tried.add(kind)


@dataclass
class Person:
    """Somebody at a page."""

    page: Page
    look: Look

    def open(self, address: str) -> Self:
        """Open an address, which must be there, and look at the page."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.ok, f"{address}: {answer.status}"
        self.look(self.page)
        return self

    def follow(self, words: str) -> Self:
        """Follow a link by its words."""
        self.page.locator("main a", has_text=words).first.click()
        self.page.wait_for_load_state()
        self.look(self.page)
        return self

    def go(self, words: str, *, exact: bool = False) -> Self:
        """Follow a link from anywhere on the page, its navigation too, by its words."""
        link = self.page.get_by_role("link", name=words, exact=exact)
        drawn_as_button = self.page.get_by_role("button", name=words, exact=exact)
        link.or_(drawn_as_button.and_(self.page.locator("a"))).first.click()
        self.page.wait_for_load_state()
        self.look(self.page)
        return self

    def fill(self, label: str, text: str) -> Self:
        """Type into a field by its label."""
        self._labelled(label).fill(text)
        return self

    def fill_date(self, legend: str, day: date) -> Self:
        """Type a date into its three boxes."""
        boxes = self.page.get_by_role("group", name=legend)
        for name, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            boxes.get_by_label(name, exact=True).fill(str(number))
        return self

    def choose(self, label: str) -> Self:
        """Choose a radio button or tick a box by its label."""
        self._labelled(label).check(force=True)
        return self

    def pick(self, label: str, words: str) -> Self:
        """Pick from a list by words that the option holds."""
        options = self._labelled(label).locator("option")
        named = next(text for text in options.all_inner_texts() if words in text)
        self._labelled(label).select_option(label=named)
        return self

    def upload(self, label: str, name: str, content: bytes) -> Self:
        """Choose a file."""
        file = FilePayload(name=name, mimeType="text/plain", buffer=content)
        self._labelled(label).set_input_files(file)
        return self

    def press(self, words: str) -> Self:
        """Press a button, and look at where it leads: no error of the form."""
        self.tries(words)
        summary = self.page.locator(".govuk-error-summary")
        assert summary.count() == 0, f"{self.page.url}: {summary.inner_text()}"
        self.look(self.page)
        return self

    def tries(self, words: str) -> Self:
        """Press a button, whatever its form says; the page that answers has come."""
        button = self.page.get_by_role("button", name=words).first
        if button.evaluate(SENT_WHOLE):
            with self.page.expect_navigation():
                button.click()
        else:
            button.click()
            self.page.wait_for_load_state()
        return self

    def press_and_wait(self, button: str, words: str) -> Self:
        """Press a button whose page goes on by itself, and wait until a page says this."""
        self.page.get_by_role("button", name=button).first.click()
        self.page.get_by_text(words).first.wait_for()
        self.look(self.page)
        return self

    def until(self, words: str) -> Self:
        """Read the page again and again until it says this."""
        wait_until(lambda: self._says_at_last(words), f"{self.page.url} says “{words}”")
        return self

    def _says_at_last(self, words: str) -> bool:
        seen = expect(self.page.locator("body"))
        try:
            seen.to_contain_text(words, use_inner_text=True, timeout=A_LOOK_MS)
        except AssertionError:
            self.page.reload()
            return False
        return True

    def reads(self, words: str) -> Self:
        """The page says this."""
        said = " ".join(self.page.inner_text("body").split())
        assert words in said, f"{self.page.url} does not say “{words}”:\n{said[:3000]}"
        return self

    @property
    def reference(self) -> str:
        """The reference that the page speaks of."""
        found = re.search(r"SC-\d{4}-\d{3,}", self.page.inner_text("body"))
        assert found, self.page.url
        return found[0]

    def _labelled(self, label: str) -> Locator:
        return self.page.get_by_label(label).first


@dataclass
class Counted(Person):
    """Somebody whose actions are counted: each click and each choice, but not typing or files."""

    actions: list[str] = field(default_factory=list)

    def follow(self, words: str) -> Self:
        """Follow a link, which is one action."""
        self.actions.append(words)
        return super().follow(words)

    def go(self, words: str, *, exact: bool = False) -> Self:
        """Follow a link from anywhere on the page, which is one action."""
        self.actions.append(words)
        return super().go(words, exact=exact)

    def choose(self, label: str) -> Self:
        """Choose a radio button or tick a box, which is one action."""
        self.actions.append(label)
        return super().choose(label)

    def pick(self, label: str, words: str) -> Self:
        """Pick from a list, which is one action."""
        self.actions.append(label)
        return super().pick(label, words)

    def press(self, words: str) -> Self:
        """Press a button, which is one action."""
        self.actions.append(words)
        return super().press(words)
