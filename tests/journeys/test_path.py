"""The first super-complaint, from its first word to an answer, role by role, through the pages.

Real server, worker, queue, scanner and browser. The embargo is crossed in real time.
"""

import time
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from clock.london import LONDON, london_today
from documents.models import StoredFile
from documents.states import ScanState
from notifications.models import Message
from publication.models import Release
from recommendations.models import Response
from recommendations.states import ResponseStatus
from supercomplaints.celery import app
from tests.builders.accounts import organisation
from tests.cast import PARTS, play
from tests.fixtures.browser import BrowseAs
from tests.fixtures.service import Started, wait_until
from tests.journeys.walker import Walker

DECIDERS = ("hmicfrs_decision_maker", "iopc_decision_maker", "college_decision_maker")
SECTIONS = ("steps-taken", "conclusions", "further-action", "recommendations")
TITLE = "Searches that nobody records"
REPORT = "Searches on record"


@pytest.mark.timeout(900)
def test_a_super_complaint_is_carried_from_submission_to_response(
    browse_as: BrowseAs, worker: Started
) -> None:
    for name in PARTS:
        play(name)
    walker = Walker(browse_as)
    reference = submitted(walker)
    acknowledged_and_found_eligible(walker, reference)
    investigated(walker, reference)
    recommended(walker, reference)
    reported_and_sealed(walker, reference)
    slug, instant = armed(walker, reference)
    crossed(walker, slug, reference, instant)
    answered(walker, reference)
    # All were sent but the one that comes with others tomorrow.
    waiting = Message.objects.get(sent_at=None)
    assert waiting.waits
    assert "on the team of an investigation" in waiting.body


def submitted(walker: Walker) -> str:
    body = walker.become("body_approver")
    body.open("/portal/new").fill("Title of the super-complaint", TITLE).press("Start a draft")
    part = body.page.url
    body.open(f"{part}/contact").fill("Name of the contact person", "Contact 1")
    body.fill("E-mail address", "contact@example.invalid").choose("Yes").press("Save and continue")
    body.open(f"{part}/features").fill("Feature 1", "Searches of homes are not recorded.")
    body.choose("Yes").press("Save and continue")
    body.open(f"{part}/forces").choose("All forces").choose("Yes").press("Save and continue")
    body.open(f"{part}/harm").fill("harm", "People do not report crimes.")
    body.choose("Yes").press("Save and continue")
    body.open(f"{part}/evidence").fill("evidence", "We rely on forty accounts.")
    body.choose("Yes").press("Save and continue")
    body.open(f"{part}/evidence").upload("Choose files", "accounts.txt", b"Forty accounts.")
    body.press("Add files").follow("Answer the next open question")
    body.fill("What does it show", "What forty people said.").press("Save and continue")
    body.open(f"{part}/check").follow("Continue to the declaration")
    body.reads("You are about to submit").follow("Continue")
    body.fill("Your role at", "Head of policy").choose("I am authorised")
    body.press("Submit super-complaint")
    reference = body.reference
    wait_until(lambda: not unscanned(), "each file is scanned by the worker")
    body.open(f"/portal/complaints/{reference}").reads("Received")
    body.open(f"/portal/complaints/{reference}/documents").reads("Receipt")
    return reference


def unscanned() -> bool:
    waiting = (ScanState.RECEIVED, ScanState.SCANNING)
    return StoredFile.objects.filter(scan_state__in=waiting).exists()


def acknowledged_and_found_eligible(walker: Walker, reference: str) -> None:
    case = f"/casework/cases/{reference}"
    intake = walker.become("intake_officer")
    intake.open("/casework/").reads("Acknowledge super-complaint")
    intake.open(f"{case}/acknowledge").press("Preview the letter").press("Send")
    intake.open("/casework/deadlines").open(case).reads("Acknowledge receipt")
    for name in DECIDERS:
        decider = walker.become(name)
        decider.open("/casework/").reads("Record your authority’s view of eligibility")
        decider.open(f"{case}/eligibility/view").choose("Yes").press("Record this view")
    decider = walker.become(DECIDERS[0])
    decider.open(f"{case}/eligibility/decide").fill("Reasons for the decision", "It is in form.")
    decider.press("Preview the letter").press("Send")
    decider.open(f"{case}/letters").reads("Eligibility decision")
    decider.open(f"{case}/open-investigation").pick("Lead investigator", "Lead investigator")
    decider.press("Open the investigation")
    for name in ("Investigator", "Press officer", "Second press officer"):
        decider.open(f"{case}/team").pick("Person to add", f"{name},").press("Add to the team")


def investigated(walker: Walker, reference: str) -> None:
    case = f"/casework/cases/{reference}"
    lead = walker.become("lead_investigator")
    lead.open(f"{case}/lines/add").fill("Question", "How often is a search recorded?")
    lead.press("Add the line")
    worker = walker.become("investigator")
    worker.open(f"{case}/evidence/add").upload("Files", "return.txt", b"A return.")
    worker.fill("Title", "Return of Norfolk").fill("Source", "Norfolk Constabulary")
    worker.fill_date("Date received", london_today()).press("Add to the log")
    wait_until(lambda: not unscanned(), "the evidence is scanned by the worker")
    worker.open(f"{case}/evidence/E-0001").press("Mark as screened")
    lead.open(f"{case}/progress-reports/write").fill("Text of the progress report", "We began.")
    lead.press("Save")
    lead.open(f"{case}/progress-reports/1/send").press("Send the progress report")
    worker.open(f"{case}/findings/draft").fill("Title", "Half are recorded")
    worker.fill("What you conclude", "Half of the searches are not recorded.")
    worker.fill("Why", "The return says so.").press("Save")
    worker.open(f"{case}/findings/F-01/link").pick("Evidence item", "Return of Norfolk")
    worker.choose("Supports").press("Link")
    worker.open(f"{case}/findings/F-01").press("Propose to the authorities")
    for name in DECIDERS:
        decider = walker.become(name)
        decider.open(f"{case}/findings/F-01/agree").choose("I have read this text").press("Agree")
    worker.open(f"{case}/findings/F-01").reads("Agreed").open(f"{case}/analysis")


def recommended(walker: Walker, reference: str) -> None:
    case = f"/casework/cases/{reference}"
    worker = walker.become("investigator")
    worker.open(f"{case}/recommendations/draft").fill("Wording", "Record every search.")
    worker.fill("Who it applies to", "All searches of homes").choose("F-01")
    worker.pick("One force or policing body (1)", organisation("norfolk").name)
    worker.choose("Calendar days beginning").fill("Number of calendar days", "56")
    worker.pick("What the deadline is based on", "Requested").press("Save")
    worker.open(f"{case}/actions/draft").pick("Authority", "College")
    worker.fill("What it will do", "Put it into the guidance.").press("Save")


def reported_and_sealed(walker: Walker, reference: str) -> None:
    report = f"/casework/cases/{reference}/report"
    worker = walker.become("investigator")
    worker.open(report).fill("Title of the report", REPORT).press("Begin the report")
    for key in SECTIONS:
        worker.open(f"{report}/sections/{key}/change").fill("What you write", "As found.")
        worker.press("Save")
    worker.open(f"{report}/press-notice/change")
    worker.fill("Headline of the press notice", "Forces to record every search").press("Save")
    worker.open(report).press("Hand in for sign-off")
    for name in DECIDERS:
        for key in SECTIONS:
            decider = walker.become(name).open(f"{report}/sections/{key}")
            decider.press("Sign off for your authority")
    lead = walker.become("lead_investigator").open(report)
    lead.press_and_wait("Seal the report", "The report is sealed.")


def armed(walker: Walker, reference: str) -> tuple[str, datetime]:
    desk = f"/casework/publish/{reference}"
    instant = timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=2)
    there = instant.astimezone(LONDON)
    press = walker.become("press_officer")
    press.open("/casework/publish/").reads(reference)
    press.open(f"{desk}/time").fill_date("Day of publication", there.date())
    press.fill("Time in London", f"{there:%H:%M}").fill("How the report is sent", "By secure mail")
    press.press("Set the time")
    press.open(f"{desk}/preview").reads(REPORT)
    slug = Release.objects.get(reference=reference).slug
    for name in ("second_press_officer", DECIDERS[0]):
        approver = walker.become(name).open(f"{desk}/approve")
        approver.choose("I have read the preview").press("Approve the release")
    press.open(desk).press("Record that it was sent")
    return slug, instant


def crossed(walker: Walker, slug: str, reference: str, instant: datetime) -> None:
    """Not there until the instant, there within a second of it."""
    public = walker.become("anybody").page
    while timezone.now() < instant - timedelta(seconds=1):
        answer = public.request.get(f"/reports/{slug}")
        assert answer.status == 404 or timezone.now() >= instant
        time.sleep(0.5)
    time.sleep(max((instant + timedelta(seconds=1) - timezone.now()).total_seconds(), 0))
    reader = walker.become("anybody")
    reader.open(f"/reports/{slug}").reads("Record every search.")
    reader.open(f"/news/{slug}").reads("Forces to record every search")
    reader.open(f"/super-complaints/{reference}").open("/super-complaints").reads(REPORT)
    assert public.request.get(f"/reports/{slug}.pdf").body().startswith(b"%PDF")


def answered(walker: Walker, reference: str) -> None:
    """The minute tick opens the obligations; the addressee answers, the lead closes."""
    app.send_task("supercomplaints.tick")
    force = walker.become("response_approver").open("/respond/").until("Recommendation 1")
    force.follow("Recommendation 1").follow("Write an answer").choose("Accepted")
    force.choose("Action taken or planned").fill("What, by whom", "We record each search.")
    force.press("Save").press("Approve this version").press("Submit the answer")
    assert Response.objects.get().status == ResponseStatus.SUBMITTED
    lead = walker.become("lead_investigator")
    lead.open(f"/casework/cases/{reference}/answers").follow("Norfolk").reads("We record each")
    lead.fill("Reason for closing", "Seen on a visit.").press("Close")
    lead.reads("Closed for")
    lead.open(f"/casework/cases/{reference}").follow("Close the case")
    lead.fill("Reason", "Every answer is in and closed.").press("Close the case")
    lead.reads("The case is closed")
