"""Two people at one draft, as the server meets them: pages open, forms sent, and what was said."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import count
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from complaints.models import Complaint
from complaints.views.part_pages import PAGES, answered, opened
from drafting.errors import VersionConflictError
from tests.builders.accounts import signed_in_as

# A short field holds one text only: who saves over another's has been shown it. Its words are
# known by their letter; the words of long texts are lost only where somebody takes them out.
LONG = {
    "harm": ("harm", "harmed_1", "nature_2"),
    "features": ("detail_1", "detail_2"),
    "evidence": ("relied_on",),
    "earlier": ("considered",),
}
SHORT = {"title": ("title",)}
FIELDS = LONG | SHORT
WORD = re.compile(r"\b[lt]\d+z\b")

_numbers = count(1)


def words_in(*texts: object) -> set[str]:
    """The typed words of some texts."""
    return {word for text in texts for word in WORD.findall(str(text))}


class FormOfPage(HTMLParser):
    """What the form of a page would send, unchanged."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in what a tag gives."""
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "textarea":
            self.area, self.fields[name] = name, ""
        elif tag == "input" and name and (given.get("type") != "radio" or "checked" in given):
            self.fields[name] = given.get("value", "")

    def handle_data(self, text: str) -> None:
        """Take in a long text, whose first line break is not part of it."""
        if self.area:
            self.fields[self.area] = (self.fields[self.area] + text).removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a long text."""
        if tag == "textarea":
            self.area = ""


@dataclass
class Window:
    """One opening of a page with a form: what it showed, what it would send, what was taken out."""

    part: str
    shown: set[str]
    form: dict[str, str]
    taken_out: set[str] = field(default_factory=set)

    @property
    def words(self) -> set[str]:
        """The words that it would send."""
        return words_in(*(self.form.get(name, "") for name in FIELDS[self.part]))

    @property
    def may_lose(self) -> set[str]:
        """What its author took out, or saw in a short field and wrote over."""
        return self.taken_out | {word for word in self.shown if word.startswith("t")}


@dataclass
class Ledger:
    """What the server said it has, and what an author who had seen it set aside."""

    draft: Complaint
    told: dict[str, str] = field(default_factory=dict)
    set_aside: set[str] = field(default_factory=set)
    read: dict[str, set[str]] = field(default_factory=dict)

    def stored(self, part: str) -> set[str]:
        """The words of a part as it stands, read again once somebody has sent something."""
        if part not in self.read:
            draft = Complaint.objects.get(pk=self.draft.pk)
            self.read[part] = words_in(*opened(draft, part).initial.values())
        return self.read[part]


class Editor:
    """One person of the body, who notes what they are told."""

    def __init__(self, by: Membership, ledger: Ledger, client: Client | None = None) -> None:
        self.by, self.ledger = by, ledger
        self.client = client or signed_in_as(Client(), by)
        self.windows: list[Window] = []
        self.kept: dict[str, str] = {}

    def address(self, part: str, page: str = "part") -> str:
        """Where a part is read, saved or kept."""
        return reverse(f"complaints:{page}", args=[self.ledger.draft.key, part])

    def opens(self, part: str) -> Window:
        """Open the page of a part in a window of its own."""
        return self.reads(part, self.client.get(self.address(part)).content.decode())

    def reads(self, part: str, page: str) -> Window:
        """Take in a page with a form; its script names the window."""
        form = FormOfPage(page).fields
        form |= {"typed_window": f"{next(_numbers):x}", "typed_ms": f"{next(_numbers)}"}
        form.setdefault("finished", "no")
        self.windows.append(Window(part, words_in(page), form))
        return self.windows[-1]

    def types(self, window: Window, name: str) -> None:
        """Add a word to a long field, or write over a short one."""
        is_short, number = window.part in SHORT, next(_numbers)
        before = "" if is_short else window.form.get(name, "") + " "
        if is_short:
            window.taken_out |= words_in(window.form.get(name, ""))
        window.form[name] = f"{before}{'t' if is_short else 'l'}{number}z"
        window.form["typed_ms"] = f"{next(_numbers)}"

    def takes_out(self, window: Window, word: str) -> None:
        """Take one word out of every field, on purpose."""
        for name in FIELDS[window.part]:
            window.form[name] = window.form.get(name, "").replace(word, "")
        window.taken_out.add(word)
        window.form["typed_ms"] = f"{next(_numbers)}"

    def sends(self, window: Window, page: str = "part") -> Any:
        """Send the form of a window to the page of its part, or to what keeps it."""
        self.ledger.read.clear()
        return self.client.post(self.address(window.part, page), window.form)

    def autosaves(self, window: Window) -> None:
        """As the script does, 2 s after typing stops."""
        answer = self.sends(window, "keep")
        assert answer.status_code == 200
        self.is_told_kept(window)

    def saves(self, window: Window) -> Window | None:
        """Press the button: None once it is saved, or the page that compares two texts."""
        before = self.ledger.stored(window.part)
        answer = self.sends(window)
        if answer.status_code == 302:
            self.is_told_saved(window, before)
            return None
        assert answer.status_code == 409, answer.content.decode()[:4000]
        self.is_told_kept(window)
        return self.reads(window.part, answer.content.decode())

    def saves_by_verb(self, window: Window) -> None:
        """The verb itself, without a page; a conflict changes nothing."""
        before = self.ledger.stored(window.part)
        draft = Complaint.objects.get(pk=self.ledger.draft.pk)
        form = answered(draft, window.part, window.form)
        assert form.is_valid(), form.errors
        self.ledger.read.clear()
        try:
            PAGES[window.part].save(draft, **form.content(), by=self.by)
        except VersionConflictError:
            assert self.ledger.stored(window.part) == before
            return
        self.is_told_saved(window, before)

    def is_told_saved(self, window: Window, before: set[str]) -> None:
        """Every word of the window stands now, and no other is gone that it may not lose."""
        stands = self.ledger.stored(window.part)
        assert window.words <= stands, window.words - stands
        lost = before - stands
        assert lost <= window.may_lose, f"Nobody was shown {lost - window.may_lose}."
        self.ledger.told |= dict.fromkeys(window.words, window.part)
        self.ledger.set_aside = (self.ledger.set_aside | window.may_lose) - stands

    def is_told_kept(self, window: Window) -> None:
        """The words of the window are kept for their author, until they save or set them aside."""
        self.kept |= dict.fromkeys(window.words, window.part)
        self.ledger.set_aside |= window.may_lose - window.words

    def finds_everything(self) -> None:
        """What either was told is saved stands; what this one was told is kept is shown to them."""
        for part in FIELDS:
            stands = self.ledger.stored(part)
            saved = {word for word, where in self.ledger.told.items() if where == part}
            assert saved - self.ledger.set_aside <= stands, saved - self.ledger.set_aside - stands
            kept = {word for word, where in self.kept.items() if where == part}
            if unsaved := kept - self.ledger.set_aside - stands:
                missed = unsaved - self.opens(part).shown
                assert not missed, f"{self.by} was told that {missed} is kept."
