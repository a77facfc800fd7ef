"""A stranger to the data carries a new case through the pages of a running `bin/run`.

Nothing but a browser and the mail files: no shell, no command, no record of the demo. The one door
in is the demo's administrator on the sign-in page; everybody else is invited. After its first
address nobody types another: each page is found by links and buttons. No browser of theirs runs a
script. It takes about six minutes, three to four of which are the embargo.
"""

import pytest
from playwright.sync_api import Browser

from tests.house.a_run import a_run
from tests.journeys.entrance import Mailbox, Visit
from tests.journeys.stranger_investigates import investigated, recommended, sealed
from tests.journeys.stranger_publishes import answered, armed, crossed
from tests.journeys.walker import Person

HMICFRS = "His Majesty's Inspectorate"
FORCE = "Norfolk Constabulary"
DECIDERS = {
    "HMICFRS decision-maker": HMICFRS,
    "IOPC decision-maker": "Independent Office for Police Conduct",
    "College decision-maker": "College of Policing",
}
TITLE = "Searches that nobody records"


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
    found_eligible(visit, reference)
    investigated(visit, reference, DECIDERS)
    recommended(visit, reference, FORCE)
    sealed(visit, reference, DECIDERS)
    instant = armed(visit, reference, "HMICFRS decision-maker")
    crossed(visit, reference, instant)
    answered(visit, reference, FORCE)


def invited(visit: Visit) -> None:
    """A new body is designated, and everybody who will be needed is invited."""
    administrator = visit.administrator()
    designated(administrator, visit.body)
    for role in ("Submitter", "Body approver"):
        visit.invite(administrator, role, visit.body)
    for role in ("Intake officer", "Investigator", "Lead investigator", "Press officer"):
        visit.invite(administrator, role, HMICFRS)
    visit.invite(administrator, "Press officer", HMICFRS, called="Second press officer")
    for called, place in DECIDERS.items():
        visit.invite(administrator, "Authority decision-maker", place, called=called)
    for role in ("Responder", "Response approver"):
        visit.invite(administrator, role, FORCE).reads("Recommendations to answer")


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
    approver.go("Continue to the declaration").go("Continue")
    approver.fill("Your role at", "Head of policy").choose("I am authorised")
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
    body.go("The evidence you rely on").upload("Choose files", "accounts.txt", b"Forty accounts.")
    body.press("Add files").go("Answer the next open question")
    body.fill("What does it show", "What forty people said.").press("Save and continue")
    body.go("All sections")


def acknowledged(visit: Visit, reference: str) -> None:
    """The officer finds it among what needs them, and answers within its clock."""
    officer = visit["Intake officer"].go("Home", exact=True)
    officer.go(f"Acknowledge super-complaint for {reference}")
    officer.press("Preview the letter").press("Send").reads("its clock has stopped")
    visit["Submitter"].go("Your super-complaints").go(reference).reads("Acknowledgement")


def found_eligible(visit: Visit, reference: str) -> None:
    """Each authority says what it holds; the one that received it decides and opens."""
    for called in DECIDERS:
        work = f"Record your authority’s view of eligibility for {reference}"
        decider = visit.at_home(called, work).go("Record our view")
        decider.choose("Yes").press("Record this view")
    decider = visit.at_home("HMICFRS decision-maker", f"eligibility decision for {reference}")
    decider.go("Write the decision letter").fill("Reasons for the decision", "It is in form.")
    decider.press("Preview the letter").press("Send")
    decider.reads("Eligibility decision")
    opener = visit.at_home("HMICFRS decision-maker", f"Open the investigation for {reference}")
    opener.pick("Lead investigator", f"Lead investigator {visit.number}")
    opener.press("Open the investigation").go("Team", exact=True)
    for called in ("Investigator", "Press officer", "Second press officer"):
        opener.pick("Person to add", f"{called} {visit.number},").press("Add to the team")
