"""The middle of the stranger's walk: from an open investigation to a sealed report."""

from collections.abc import Iterable

from clock.london import london_today
from tests.journeys.entrance import Visit

SECTIONS = (
    "What we did",
    "What we found, and why",
    "What we will do ourselves",
    "What we recommend to others",
)
REPORT = "Searches on record"
HEADLINE = "Forces to record every search"


def investigated(visit: Visit, reference: str, deciders: Iterable[str]) -> None:
    """A line of enquiry, evidence, a progress report, and a finding that each authority agrees."""
    lead = visit.at_case("Lead investigator", reference).go("Lines of enquiry")
    lead.go("Add a line of enquiry").fill("Question", "How often is a search recorded?")
    lead.press("Add the line")
    evidence_logged(visit, reference)
    lead.go("Progress reports").go("Write a progress report")
    lead.fill("Text of the progress report", "We began.").press("Save")
    lead.go("Send progress report 1").press("Send the progress report")
    finding_proposed(visit, reference)
    for called in deciders:
        decider = visit.at_home(called, "Agree finding").go("Read and agree for your authority")
        decider.choose("I have read this text").press("Agree")
    visit.at_case("Investigator", reference).go("Findings", exact=True).reads("Agreed")


def evidence_logged(visit: Visit, reference: str) -> None:
    """A file that came from a force, scanned by the worker and looked at by a person."""
    investigator = visit.at_case("Investigator", reference).go("Evidence", exact=True)
    investigator.go("Add evidence").upload("Files", "return.txt", b"A return.")
    investigator.fill("Title", "Return of Norfolk").fill("Source", "Norfolk Constabulary")
    investigator.fill_date("Date received", london_today()).press("Add to the log")
    investigator.go("Evidence", exact=True).go("E-0001").until("Mark as screened")
    investigator.press("Mark as screened")


def finding_proposed(visit: Visit, reference: str) -> None:
    """What is concluded, why, and on which evidence."""
    investigator = visit.at_case("Investigator", reference).go("Findings", exact=True)
    investigator.go("Draft a finding").fill("Title", "Half are recorded")
    investigator.fill("What you conclude", "Half of the searches are not recorded.")
    investigator.fill("Why", "The return says so.").press("Save")
    investigator.go("Link evidence").pick("Evidence item", "Return of Norfolk")
    investigator.choose("Supports").press("Link").press("Propose to the authorities")


def recommended(visit: Visit, reference: str, force: str) -> None:
    """One recommendation to one force, and what an authority will do itself."""
    investigator = visit.at_case("Investigator", reference).go("Recommendations", exact=True)
    investigator.go("Draft a recommendation").fill("Wording", "Record every search.")
    investigator.fill("Who it applies to", "All searches of homes").choose("F-01")
    investigator.pick("One force or policing body (1)", force)
    investigator.choose("Calendar days beginning").fill("Number of calendar days", "56")
    investigator.pick("What the deadline is based on", "Requested").press("Save")
    investigator.go("Add an action").pick("Authority", "College")
    investigator.fill("What it will do", "Put it into the guidance.").press("Save")


def sealed(visit: Visit, reference: str, deciders: Iterable[str]) -> None:
    """Each section written and signed off by each authority, then sealed by the worker."""
    written(visit, reference)
    for called in deciders:
        decider = visit.at_home(called, f"Sign off the report for {reference}")
        for section in SECTIONS:
            decider.go(section).press("Sign off for your authority").go("Report", exact=True)
    lead = visit.at_case("Lead investigator", reference).go("Report", exact=True)
    lead.press_and_wait("Seal the report", "The report is sealed.")


def written(visit: Visit, reference: str) -> None:
    """The words between the records, the press notice, and the hand-over for sign-off."""
    investigator = visit.at_case("Investigator", reference).go("Report", exact=True)
    investigator.fill("Title of the report", REPORT).press("Begin the report")
    for section in SECTIONS:
        investigator.go(section).go("Change what is written")
        investigator.fill("What you write", "As found.").press("Save").go("Report", exact=True)
    investigator.go("Press notice").go("Change headline")
    investigator.fill("Headline of the press notice", HEADLINE).press("Save")
    investigator.go("Report", exact=True).press("Hand in for sign-off")
