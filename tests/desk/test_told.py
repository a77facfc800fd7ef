"""The tracker of a body: at each stage what was promised and done, and in plain words what is late.

2 April 2026 is the Thursday before Easter, so that five working days end on Friday 10 April.
"""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from complaints.models import Complaint
from complaints.stages import Stage
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import (
    a_not_eligible_complaint,
    a_submitted_complaint,
    acknowledged,
    decided,
)
from tests.builders.investigations import a_case_under_investigation
from tests.builders.publication import a_published_case, an_embargoed_case
from tests.cast import play

pytestmark = pytest.mark.django_db

STAGE = re.compile(
    r'<li class="stages__stage.*?">(.*?)</li>\s*(?=<li class="stages__stage|</ol>)', re.S
)
TAGS = re.compile(r"<[^>]*>|\s+")


def stages_of(complaint: Complaint) -> dict[str, str]:
    """What the body reads at each stage of its tracker, by the stage's name."""
    client = signed_in_as(Client(), play("body_approver"))
    answer = client.get(reverse("complaints:tracker", args=[complaint.reference]))
    assert answer.status_code == 200
    found = STAGE.findall(answer.content.decode())
    texts = [" ".join(unescape(TAGS.sub(" ", one)).split()) for one in found]
    for stage, text in zip(Stage, texts, strict=True):
        assert text.startswith(stage.label)
    return {str(stage.label): text for stage, text in zip(Stage, texts, strict=True)}


def test_a_promise_stands_on_its_stage_with_its_working(
    frozen_clock: time_machine.Traveller,
) -> None:
    told = stages_of(a_submitted_complaint())
    received = told["Received"]
    assert "Received on Thursday 2 April 2026." in received
    assert "We will acknowledge it by the end of Friday 10 April 2026." in received
    assert "Friday 3 April 2026: not counted, Good Friday" in received
    assert "Friday 10 April 2026: day 5" in received
    assert "The law sets no date for this." in told["Checking eligibility"]
    assert "April" not in " ".join(list(told.values())[1:])


def test_what_is_late_is_said_plainly(frozen_clock: time_machine.Traveller) -> None:
    complaint = a_submitted_complaint()
    frozen_clock.shift(timedelta(days=8))
    assert "late" not in stages_of(complaint)["Received"]
    frozen_clock.shift(timedelta(days=1))
    assert (
        "We are late. We were to acknowledge it by the end of Friday 10 April 2026, 1 day ago, "
        "and have not done it yet." in stages_of(complaint)["Received"]
    )


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (5, "Acknowledgement due by Friday 10 April 2026. Met on Tuesday 7 April 2026. How"),
        (
            11,
            "Acknowledgement due by Friday 10 April 2026. Met on Monday 13 April 2026, "
            "3 days after it was due. We were late.",
        ),
    ],
)
def test_what_was_done_stands_beside_what_was_promised(
    frozen_clock: time_machine.Traveller, after: int, said: str
) -> None:
    complaint = a_submitted_complaint()
    frozen_clock.shift(timedelta(days=after))
    acknowledged(complaint)
    assert said in stages_of(complaint)["Received"]


def test_the_next_report_on_progress_is_promised_once_it_is_eligible(
    frozen_clock: time_machine.Traveller,
) -> None:
    told = stages_of(decided(acknowledged(a_submitted_complaint())))
    assert "Decided on Thursday 2 April 2026." in told["Checking eligibility"]
    investigating = told["Investigating"]
    assert (
        "We will send you a report on progress by the end of Wednesday 27 May 2026."
        in investigating
    )
    assert "56 days, of which Thursday 2 April 2026 is the first." in investigating
    assert "The law sets no date for this." in told["Report published"]


def test_the_day_of_the_report_is_not_told_before_it_is_public() -> None:
    complaint = an_embargoed_case()
    before = stages_of(complaint)
    assert "Public since" not in before["Report published"]
    assert before["Following up"] == "Following up"
    after = stages_of(a_published_case())
    assert "Public since" in after["Report published"]
    assert "Answers are due by" in after["Following up"]
    assert "We will send" not in after["Investigating"]


def test_an_investigation_tells_nothing_that_was_not_sent() -> None:
    told = stages_of(a_case_under_investigation())
    assert told["Writing report"] == "Writing report"


def test_a_case_that_left_the_line_keeps_its_dates(client: Client) -> None:
    complaint = a_not_eligible_complaint()
    signed_in_as(client, play("body_approver"))
    page = client.get(reverse("complaints:tracker", args=[complaint.reference])).content.decode()
    assert 'class="stages"' not in page
    assert "Eligibility decided" in page
    assert "Acknowledgement due by" in page
