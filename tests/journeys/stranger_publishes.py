"""The end of the stranger's walk: from a sealed report to a closed recommendation."""

import time
from datetime import UTC, datetime, timedelta

from clock.london import LONDON
from tests.journeys.entrance import Visit
from tests.journeys.stranger_investigates import HEADLINE, REPORT
from tests.journeys.walker import Person

EMBARGO = timedelta(minutes=3)
# Each look draws a page, and the suite beside needs the processor too.
BETWEEN_LOOKS_S = 8.0


def armed(visit: Visit, reference: str, decider: str) -> datetime:
    """A time three minutes ahead, two approvals, and the word that the body was sent it."""
    press = visit["Press officer"].go("Publish", exact=True).go(reference)
    press.go("Set time and sending")
    instant = (datetime.now(UTC) + EMBARGO).replace(second=0, microsecond=0) + timedelta(minutes=1)
    there = instant.astimezone(LONDON)
    press.fill_date("Day of publication", there.date()).fill("Time in London", f"{there:%H:%M}")
    press.fill("How the report is sent", "By secure mail").press("Set the time")
    press.go("The report", exact=True).reads(REPORT).go("Back to the publication desk")
    for called in ("Second press officer", decider):
        approver = visit.at_home(called, f"Approve the release for {reference}")
        approver.choose("I have read the preview").press("Approve the release")
    sent = "Record that it was sent"
    press.until(sent).press(sent).reads("Two people approve it")
    return instant


def crossed(visit: Visit, reference: str, instant: datetime) -> None:
    """Nobody outside learns of it until its instant; within seconds of it everybody may."""
    reader, last_look = visit.anybody(), instant - timedelta(seconds=5)
    while (left_s := seconds_to(last_look)) > 0:
        learns_nothing(reader, reference)
        # No page says when its embargo ends, so there is nothing to wait for but the clock.
        time.sleep(min(left_s, BETWEEN_LOOKS_S))
    learns_nothing(reader, reference)
    # The embargo is real, and so is the wait for its end.
    time.sleep(max(seconds_to(instant + timedelta(seconds=1)), 0))
    reader.go("Super-complaints", exact=True).go(reference).go(REPORT)
    reader.reads("Record every search.").reads("As found.")
    pdf = reader.page.get_by_role("link", name="Download as PDF").get_attribute("href")
    assert reader.page.request.get(str(pdf)).body().startswith(b"%PDF")
    reader.go("Press notice").reads(HEADLINE)


def learns_nothing(reader: Person, reference: str) -> None:
    """The public list names neither the case nor its report."""
    seen = reader.go("Super-complaints", exact=True).page.inner_text("body")
    assert reference not in seen
    assert REPORT not in seen


def seconds_to(then: datetime) -> float:
    """How long it is until an instant; below nothing when it has passed."""
    return (then - datetime.now(UTC)).total_seconds()


def answered(visit: Visit, reference: str, force: str) -> None:
    """One person at the force writes, another approves and submits; then it is published."""
    work = f"Recommendation 1 of {reference}"
    responder = visit["Responder"].until(reference).go(work)
    responder.go("Write an answer").choose("Accepted")
    responder.choose("Action taken or planned")
    responder.fill("What, by whom", "We record each search.").press("Save and check")
    approver = visit["Response approver"].go("Recommendations to answer").go(work)
    approver.go("Go on with your answer").press("Approve this version").press("Submit the answer")
    lead = visit.at_case("Lead investigator", reference).go("Publication", exact=True)
    lead.go("Responses to its recommendations").press("Let the public read it")
    the_public_reads_the_answer(visit.anybody(), reference)
    lead = visit.at_case("Lead investigator", reference).go("Answers", exact=True).go(force)
    lead.reads("We record each").fill("Reason for closing", "Seen on a visit.").press("Close")
    lead.reads("Closed")


def the_public_reads_the_answer(reader: Person, reference: str) -> None:
    """From the front page to the words of the force."""
    reader.go("Super-complaints", exact=True).go(reference).reads("We record each search.")
