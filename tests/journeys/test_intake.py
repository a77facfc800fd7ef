"""Journey J2: the intake desk acknowledges, the authorities decide; with and without JavaScript.

The actions of a step are counted as a person makes them: each click and each choice.
"""

from datetime import date, timedelta
from functools import partial

import pytest
from playwright.sync_api import Page

from accounts.veiled import veiled
from clock.london import london_today
from complaints.models import Complaint
from complaints.services.letters import NOT_PUBLIC_YET
from complaints.states import CaseStatus, Ground
from deadlines.models import Deadline
from deadlines.states import DeadlineState
from documents.models import RenderedDocument
from documents.services.rendering import render
from notifications.models import Message
from tests.builders.complaints import (
    REASONS,
    a_registered_complaint,
    a_submitted_complaint,
    an_acknowledged_complaint,
    with_views,
)
from tests.cast import PARTS, play
from tests.fixtures.browser import NARROW, WIDE, BrowseAs
from tests.journeys.walker import Counted, Walker

pytestmark = pytest.mark.timeout(300)

# Issue and journey J2: to acknowledge, letter included, from the home page.
TO_ACKNOWLEDGE = 5
DECIDERS = ("hmicfrs_decision_maker", "iopc_decision_maker", "college_decision_maker")


class WithoutScripts(Walker):
    """People whose browsers run no script; axe is a script, so there it can't look on."""

    def look(self, page: Page) -> None:
        """A page fits its width, wide and at 320 px."""
        for viewport in (NARROW, WIDE):
            page.set_viewport_size(viewport)
            page.wait_for_load_state()
            needed = page.locator("html").evaluate("page => page.scrollWidth")
            assert needed <= viewport["width"], page.url


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def walker(browse_as: BrowseAs, request: pytest.FixtureRequest) -> Walker:
    """Everybody of the cast, each at their own browser, with scripts or without any."""
    for name in PARTS:
        play(name)
    if request.param:
        return Walker(browse_as)
    return WithoutScripts(partial(browse_as, scripts=False))


def counted(walker: Walker, who: str) -> Counted:
    """The person of that name, with their actions counted from now on."""
    person = walker.become(who)
    return Counted(person.page, person.look)


def rendered(complaint: Complaint) -> None:
    """Have every letter's PDF made, as the worker does."""
    for document in RenderedDocument.objects.filter(case_key=complaint.key):
        render(document.pk)


def told(who: str, complaint: Complaint) -> str:
    """The message about a case that somebody was owed last; it names nothing of its substance."""
    owed = Message.objects.filter(recipient=play(who), case_key=complaint.key)
    message = owed.latest("pk")
    assert complaint.reference in message.subject
    assert complaint.title not in message.body
    return message.body


def test_intake_reads_how_the_five_days_were_worked_out(walker: Walker) -> None:
    """Law: SI 2018/748 reg. 5: from Tuesday 18 December 2018 to Christmas Eve."""
    a_registered_complaint(received_on=date(2018, 12, 18))
    intake = walker.become("intake_officer").open("/casework/intake")
    intake.follow("how we worked this out").reads("SI 2018/748 reg. 5")
    assert intake.page.locator(".days li").all_inner_texts() == [
        "Tuesday 18 December 2018",
        "Wednesday 19 December 2018",
        "Thursday 20 December 2018",
        "Friday 21 December 2018",
        "Monday 24 December 2018",
    ]
    intake.reads("Days not counted").reads("Saturday 22 December 2018")


def test_intake_acknowledges_from_the_home_page_in_five_actions(walker: Walker) -> None:
    complaint = a_submitted_complaint(approver=play("body_approver"))
    intake = counted(walker, "intake_officer").open("/casework/")
    assert intake.page.locator("main .work__row a").first.inner_text().startswith("Acknowledge")
    intake.follow("Acknowledge super-complaint").reads("Day 1 of 5")
    intake.fill("Text of the letter", f"We have {complaint.reference}.\n\n- and we read it")
    intake.press("Preview the letter").press("Send the acknowledgement")
    assert len(intake.actions) <= TO_ACKNOWLEDGE, intake.actions
    assert Deadline.objects.get(case_key=complaint.key).state == DeadlineState.MET
    sent = Complaint.objects.get(pk=complaint.pk).acknowledgement.letter
    assert sent.text == f"We have {complaint.reference}.\n\n- and we read it"
    intake.reads("Sent").reads("by Intake officer")
    assert "was acknowledged" in told("body_approver", complaint)
    assert "view of eligibility is asked for" in told(DECIDERS[1], complaint)
    rendered(complaint)
    body = walker.become("body_approver").open(f"/portal/complaints/{complaint.reference}")
    body.reads("Checking eligibility").reads("Met on")
    letter = f"/portal/complaints/{complaint.reference}/documents/{veiled(sent.pk)}"
    assert body.page.request.get(letter).body().startswith(b"%PDF")


def test_authorities_differ_meet_and_find_it_eligible(walker: Walker) -> None:
    complaint = an_acknowledged_complaint(approver=play("body_approver"))
    case = f"/casework/cases/{complaint.reference}/eligibility"
    for name in DECIDERS[:2]:
        decider = walker.become(name).open("/casework/")
        decider.follow("Record your authority’s view of eligibility").go("Record our view")
        decider.choose("Yes, eligible").press("Record this view")
    last = walker.become(DECIDERS[2]).open(f"{case}/view").choose("No, not eligible")
    last.tries("Record this view").reads("Give the reasons why it is not eligible.")
    last.choose("It does not set out").fill("Reasons", "No evidence is set out.")
    last.press("Record this view").reads("The views differ").reads("No evidence is set out.")
    last.follow("Note a meeting").fill_date("Day of the meeting", london_today())
    last.fill("What was said", "The annex holds the evidence.").press("Record the note")
    last.reads("The annex holds the evidence.").go("Record our view")
    last.choose("Yes, eligible").press("Record this view")
    lead = walker.become(DECIDERS[0]).open(case).go("Write the decision letter")
    lead.press("Preview the letter").press("Decide and send the letter").reads("Sent")
    assert Complaint.objects.get(pk=complaint.pk).status == CaseStatus.ELIGIBLE
    assert "A decision on your super-complaint was made" in told("body_approver", complaint)
    rendered(complaint)
    body = walker.become("body_approver").open(f"/portal/complaints/{complaint.reference}")
    body.reads("Eligibility decision")
    assert "annex" not in body.page.inner_text("main")
    assert body.page.locator("[aria-current=step]").inner_text().startswith("Investigating")


def test_authorities_find_it_not_eligible_and_the_letter_carries_the_reasons(
    walker: Walker,
) -> None:
    complaint = an_acknowledged_complaint(approver=play("body_approver"))
    with_views(complaint, eligible=False, ground=Ground.CONTENT, reasons=REASONS)
    lead = walker.become(DECIDERS[0]).open(f"/casework/cases/{complaint.reference}/eligibility")
    lead.go("Write the decision letter").fill("Reasons for the decision", "")
    lead.tries("Preview the letter").reads("Give the reasons for the decision.")
    assert Complaint.objects.get(pk=complaint.pk).status == CaseStatus.SUBMITTED
    lead.fill("Reasons for the decision", REASONS).press("Preview the letter")
    lead.reads(NOT_PUBLIC_YET).reads(REASONS).press("Decide and send the letter").reads("Sent")
    decision = Complaint.objects.get(pk=complaint.pk).eligibility_decision
    assert (decision.eligible, decision.reasons) == (False, REASONS)
    assert decision.letter
    assert REASONS in decision.letter.text
    assert "A decision on your super-complaint was made" in told("body_approver", complaint)
    rendered(complaint)
    body = walker.become("body_approver").open(f"/portal/complaints/{complaint.reference}")
    body.reads("Decision that it is not eligible").reads("It was found not eligible")
    letter = f"/portal/complaints/{complaint.reference}/documents/{veiled(decision.letter.pk)}"
    assert body.page.request.get(letter).body().startswith(b"%PDF")


def test_a_missing_part_is_asked_for_and_answered_and_messages_go_both_ways(
    walker: Walker,
) -> None:
    complaint = an_acknowledged_complaint(approver=play("body_approver"))
    case = f"/casework/cases/{complaint.reference}"
    intake = walker.become("intake_officer").open(f"{case}/correspondence")
    intake.follow("Ask for a missing part").choose("The evidence you rely on")
    intake.fill("What is missing", "Which table do you mean?")
    intake.fill_date("Answer by", london_today() + timedelta(days=5)).press("Ask the body")
    body = walker.become("body_approver").open(f"/portal/complaints/{complaint.reference}")
    body.reads("We need something from you").follow("Read what we ask and answer")
    body.fill("Your answer", "Table 3.").press("Send the answer")
    body.follow("Messages").fill("Message", "And a file.").upload("Files", "t.txt", b"Table 3")
    body.press("Send message").reads("t.txt")
    intake.open(f"{case}/eligibility").reads("Table 3.").open(f"{case}/correspondence")
    intake.reads("And a file.").fill("Message", "Thank you.").press("Send message")
    body.open(f"/portal/complaints/{complaint.reference}/messages").reads("Thank you.")
    body.open(f"/portal/complaints/{complaint.reference}").follow("Send further evidence")
    body.upload("Choose files", "late.txt", b"Late").press("Send these files").reads(
        "after submission"
    )
    body.open(f"/portal/complaints/{complaint.reference}").follow("Ask to withdraw it")
    body.fill("Why do you want", "It is solved.").press("Request withdrawal")
    intake.open(f"{case}/correspondence").follow("decline the request")
    intake.fill("Reason", "Others are harmed.").press("Decline the request")
    body.open(f"/portal/complaints/{complaint.reference}").reads("Others are harmed.")
