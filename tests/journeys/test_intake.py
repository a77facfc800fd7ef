"""Journey J2: the intake desk acknowledges, the authorities decide; with and without JavaScript.

The actions of a step are counted as a person makes them: links followed and buttons pressed.
"""

from dataclasses import dataclass, field
from functools import partial
from typing import Self

import pytest
from playwright.sync_api import Page

from complaints.models import Complaint
from deadlines.models import Deadline
from deadlines.states import DeadlineState
from documents.models import RenderedDocument
from documents.services.rendering import render
from notifications.models import Message
from tests.builders.complaints import a_submitted_complaint
from tests.cast import PARTS, play
from tests.fixtures.browser import NARROW, WIDE, BrowseAs
from tests.journeys.walker import Person, Walker

pytestmark = pytest.mark.timeout(300)

# Issue and journey J2: to acknowledge, letter included, from the home page.
TO_ACKNOWLEDGE = 5


class WithoutScripts(Walker):
    """People whose browsers run no script; axe is a script, so there it can't look on."""

    def look(self, page: Page) -> None:
        """A page fits its width, wide and at 320 px."""
        for viewport in (NARROW, WIDE):
            page.set_viewport_size(viewport)
            needed = page.evaluate("document.documentElement.scrollWidth")
            assert needed <= viewport["width"], page.url


@dataclass
class Counted(Person):
    """Somebody whose actions are counted."""

    actions: list[str] = field(default_factory=list)

    def follow(self, words: str) -> Self:
        """Follow a link, which is one action."""
        self.actions.append(words)
        return super().follow(words)

    def press(self, words: str) -> Self:
        """Press a button, which is one action."""
        self.actions.append(words)
        return super().press(words)


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
    told = Message.objects.filter(recipient=play("body_approver"), case_key=complaint.key)
    assert told.filter(body__contains="was acknowledged").exists()
    rendered(complaint)
    body = walker.become("body_approver").open(f"/portal/complaints/{complaint.reference}")
    body.reads("Checking eligibility").reads("Met on")
    letter = f"/portal/complaints/{complaint.reference}/documents/{sent.pk}"
    assert body.page.request.get(letter).body().startswith(b"%PDF")
