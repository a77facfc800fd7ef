"""A stranger to the data carries a new case through the pages of a running `bin/run`.

Nothing but a browser and the mail files: no shell, no command, no record of the demo. The one door
in is the demo's administrator on the sign-in page; everybody else is invited. After its first
address nobody types another: each page is found by links and buttons. It takes about five minutes,
three of which are the embargo.
"""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page

from tests.fixtures.browser import WIDE
from tests.house.a_run import a_run
from tests.journeys.entrance import Invited, Mailbox, arrive
from tests.journeys.walker import PATIENCE_MS, Look, Person

HMICFRS = "His Majesty's Inspectorate"
FORCE = "Norfolk Constabulary"
DECIDERS = {
    "HMICFRS decision-maker": HMICFRS,
    "IOPC decision-maker": "Independent Office for Police Conduct",
    "College decision-maker": "College of Policing",
}
TITLE = "Searches that nobody records"


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
        page = self.browser.new_context(base_url=self.address, viewport=WIDE).new_page()
        page.set_default_timeout(PATIENCE_MS)
        return Person(page, self.look).open("/")

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
        by.go("People").go("Invite a person").fill("Full name", name)
        by.fill("Email address", address).pick("Organisation", at)
        by.choose(role).press("Send the invitation").reads(name)
        context = self.browser.new_context(base_url=self.address, viewport=WIDE)
        self.people[called] = arrive(context, self.look, address, self.mailbox)
        return self.people[called]

    def __getitem__(self, called: str) -> Invited:
        return self.people[called]


@pytest.mark.timeout(900)
def test_a_stranger_carries_a_new_case_from_an_invitation_to_an_answer(browser: Browser) -> None:
    with a_run() as run:
        visit = Visit(browser, run.address, Mailbox(run.var / "mail"))
        walk(visit)


def walk(visit: Visit) -> None:
    """Every step, in order."""
    invited(visit)
    reference = submitted(visit)
    acknowledged(visit, reference)


def invited(visit: Visit) -> None:
    """A new body is designated, and everybody who will be needed is invited."""
    administrator = visit.administrator()
    designated(administrator, visit.body)
    for role in ("Submitter", "Body approver"):
        visit.invite(administrator, role, visit.body)
    visit.invite(administrator, "Intake officer", HMICFRS)
    for called, place in DECIDERS.items():
        visit.invite(administrator, "Authority decision-maker", place, called=called)


def designated(administrator: Person, body: str) -> None:
    """Enter a body that nobody has heard of, and its designation."""
    administrator.go("Reference data").go("Organisations", exact=True)
    administrator.go("Add organisation").fill("Name:", body).fill("Short name:", body)
    administrator.fill("Slug:", body.lower().replace(" ", "-")).pick("Kind:", "Designated body")
    administrator.press("Save").reads("was added successfully")
    administrator.go("Home").go("Designations", exact=True).go("Add designation")
    administrator.pick("Organisation:", body).pick("Regime:", "Police")
    administrator.fill("Designated on:", "01/11/2018").fill("Instrument:", "An order")
    administrator.press("Save").reads("was added successfully").go("People")


def submitted(visit: Visit) -> str:
    """Written by one person, submitted by another."""
    body = visit["Submitter"]
    drafted(body)
    body.go("Check your answers").go("Continue to the declaration").reads("Body approver")
    approver = visit["Body approver"]
    approver.go("Your super-complaints").go(TITLE).go("Check your answers")
    approver.go("Continue to the declaration").choose("I am authorised")
    approver.press("Submit super-complaint")
    body.go("Your super-complaints").go(TITLE).reads("Received")
    return approver.reference


def drafted(body: Person) -> None:
    """Each part that regulation 4 asks for."""
    body.go("Start a draft").fill("Title of the super-complaint", TITLE).press("Start a draft")
    body.go("Contact person").fill("Name of the contact person", "Contact 1")
    body.fill("E-mail address", "contact@example.invalid").choose("Yes").press("Save and continue")
    body.go("The feature or features").fill("Feature 1", "Searches of homes are not recorded.")
    body.choose("Yes").press("Save and continue")
    body.go("Which forces").choose("All forces").choose("Yes").press("Save and continue")
    body.go("Why it is").fill("harm", "People do not report crimes.")
    body.choose("Yes").press("Save and continue")
    body.go("The evidence you rely on").fill("evidence", "We rely on forty accounts.")
    body.choose("Yes").press("Save and continue")
    body.go("The evidence you rely on").upload("File", "accounts.txt", b"Forty accounts.")
    body.press("Add this file").go("All sections")


def acknowledged(visit: Visit, reference: str) -> None:
    """The officer finds it among what needs them, and answers within its clock."""
    officer = visit["Intake officer"].go("Home", exact=True)
    officer.go(f"Acknowledge super-complaint for {reference}")
    officer.press("Preview the letter").press("Send").reads("its clock has stopped")
    visit["Submitter"].go("Your super-complaints").go(reference).reads("Acknowledgement")
