"""Coming in from outside: invitations and codes from a mailbox, passwords, authenticator apps."""

import base64
import email
import hashlib
import hmac
import re
import struct
import time
from dataclasses import dataclass, field
from email.policy import default
from pathlib import Path
from typing import Self

from playwright.sync_api import Browser, BrowserContext, Page

from tests.fixtures.browser import WIDE
from tests.house.a_run import wait_until
from tests.journeys.walker import PATIENCE_MS, Look, Person

PASSWORD = "seven hundred green lanterns"
AGAIN = "Confirm that it is you"


@dataclass(frozen=True)
class Mailbox:
    """The folder of mail files of a run, read as each person reads their own mailbox."""

    folder: Path

    def find(self, to: str, pattern: str) -> str:
        """What the newest message to somebody that holds such words says, once it has come."""
        wait_until(lambda: self._newest(to, pattern), f"mail to {to} with {pattern}")
        return self._newest(to, pattern)

    def _newest(self, to: str, pattern: str) -> str:
        files = sorted(self.folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        for file in reversed(files):
            letter = email.message_from_bytes(file.read_bytes(), policy=default)
            said = re.search(pattern, str(letter.get_content()))
            if said and letter["To"] == to:
                return said[1]
        return ""


def totp(secret: str, *, at: float | None = None) -> str:
    """What an authenticator app shows for a key: RFC 6238 with its defaults."""
    step = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, step, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


@dataclass
class Invited(Person):
    """Somebody who was invited; with an authenticator app where their role asks for one."""

    address: str = ""
    mailbox: Mailbox = Mailbox(Path())
    secret: str = ""

    def accept(self) -> Self:
        """Follow the link of the invitation and choose a password."""
        self.open(self.mailbox.find(self.address, r"(http\S+/invitation/\S+)"))
        self.fill("Password", PASSWORD).press("Accept and set the password")
        return self

    def sign_in(self) -> Self:
        """With the password, then with the code that is mailed."""
        self.fill("Email address", self.address).fill("Password", PASSWORD)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.reads("Check your email")
        return self.show(self.mailbox.find(self.address, r"Your code is (\S+)\."))

    def set_up_an_app(self) -> Self:
        """Enter the key of the page into an authenticator app, and the app's code into the page."""
        self.go("Set up an app")
        self.secret = self.page.locator("code").inner_text()
        return self.show(totp(self.secret)).reads("Recovery codes").go("Continue")

    def show(self, code: str) -> Self:
        """Enter a code."""
        self.page.get_by_role("textbox", name="Code", exact=True).fill(code)
        super().press("Continue")
        return self

    def press(self, words: str) -> Self:
        """Press a button; where the page asks again who it is, show the app's code."""
        super().press(words)
        if self.page.get_by_role("heading", name=AGAIN).count():
            self.show(totp(self.secret))
        return self


def arrive(context: BrowserContext, look: Look, address: str, mailbox: Mailbox) -> Invited:
    """Somebody at their own browser, in by their invitation, with a second factor where asked."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    person = Invited(page, look, address=address, mailbox=mailbox)
    person.accept().sign_in()
    if page.get_by_role("heading", name="Set up a second factor").count():
        person.set_up_an_app()
    return person


def looks_past(_page: Page) -> None:
    """The faster test looks at each page; this one only goes through them."""


@dataclass
class Visit:
    """The people who were invited to one running service, each at their own browser."""

    browser: Browser
    address: str
    mailbox: Mailbox
    look: Look = looks_past
    number: int = 71
    people: dict[str, Invited] = field(default_factory=dict)

    def anybody(self) -> Person:
        """Somebody who came to the front page and has not signed in."""
        page = self.at_a_browser().new_page()
        page.set_default_timeout(PATIENCE_MS)
        return Person(page, self.look).open("/")

    def at_a_browser(self) -> BrowserContext:
        """A browser of somebody's own, which runs no script: no step needs one."""
        return self.browser.new_context(
            base_url=self.address, viewport=WIDE, java_script_enabled=False
        )

    def administrator(self) -> Person:
        """The one click of the demo's sign-in page."""
        return self.anybody().go("Sign in").press("Administrator 1")

    @property
    def body(self) -> str:
        """The new designated body."""
        return f"Fair Searches Alliance {self.number}"

    def invite(self, by: Person, role: str, at: str, *, called: str = "") -> Invited:
        """Invite somebody to do one thing somewhere, and let them arrive."""
        called = called or role
        name = f"{called} {self.number}"
        address = f"{name.lower().replace(' ', '-')}@example.invalid"
        by.go("Invite a person").fill("Full name", name)
        by.fill("Email address", address).pick("Organisation", at)
        by.choose(role).press("Send the invitation").reads(name)
        self.people[called] = arrive(self.at_a_browser(), self.look, address, self.mailbox)
        return self.people[called]

    def at_case(self, called: str, reference: str) -> Invited:
        """Somebody on the page of a case, found from their list of cases."""
        return self.people[called].go("Cases", exact=True).go(reference)

    def at_home(self, called: str, work: str) -> Invited:
        """Somebody who follows one thing that needs them."""
        return self.people[called].go("Home", exact=True).go(work)

    def __getitem__(self, called: str) -> Invited:
        return self.people[called]
