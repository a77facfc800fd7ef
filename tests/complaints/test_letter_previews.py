"""A letter is previewed as it is printed: the same words, from the same pieces of HTML."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from complaints.models import Letter
from complaints.services import letter_texts
from complaints.services.letters import NOT_PUBLIC_YET, TEMPLATE, as_printed
from documents.pdf import printed_html
from investigations.services import progress
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import (
    REASONS,
    WHY_ELIGIBLE,
    a_submitted_complaint,
    with_views,
)
from tests.builders.investigations import an_open_investigation
from tests.cast import play

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("eligible", [True, False])
def test_the_preview_is_the_letter_as_it_is_printed(client: Client, eligible: bool) -> None:
    complaint = a_submitted_complaint()
    against = {} if eligible else {"ground": "content", "reasons": REASONS}
    with_views(complaint, eligible=eligible, **against)
    browse = signed_in_as(client, play("hmicfrs_decision_maker"))
    address = reverse("complaints:decide", args=[complaint.reference])
    reasons = WHY_ELIGIBLE if eligible else REASONS
    text = letter_texts.decision(complaint, eligible=eligible, reasons=reasons)
    typed = {"reasons": reasons, "text": text}
    page = said(browse.post(address, typed).content.decode())
    browse.post(address, {**typed, "send": "yes"})
    letter = complaint.letters.latest("sent_at")
    printed = said(printed_html(TEMPLATE, as_printed(letter), title="Letter"))
    for words in (NOT_PUBLIC_YET, "Contact Person", f"Our reference: {complaint.reference}"):
        assert words in page
    beginning, end = printed.index("<address>"), printed.index("<h2>Proof")
    for piece in printed[beginning:end].split("<h1>"):
        assert piece.split("</h1>")[-1].strip() in page
    assert f"<h3>{letter.subject}</h3>" in page


def said(html: str) -> str:
    """HTML without the line breaks and blanks of its source."""
    return re.sub(r">\s+|\s+<", lambda found: found[0].strip(), " ".join(html.split()))


def test_a_progress_report_is_previewed_as_a_letter(client: Client) -> None:
    investigation, lead = an_open_investigation(), play("lead_investigator")
    report = progress.write(investigation, text="We began.\n\n- with files", by=lead)
    reference = investigation.complaint.reference
    address = reverse("investigations:send_progress_report", args=[reference, report.number])
    page = said(signed_in_as(client, lead).get(address).content.decode())
    assert f"<p>Our reference: {reference}</p>" in page
    assert "<h3>Progress report 1 on your super-complaint</h3><p>We began.</p>" in page
    assert NOT_PUBLIC_YET not in page


def test_a_title_longer_than_the_line_above_a_letter_is_cut() -> None:
    complaint = a_submitted_complaint(title="Immigration " * 20)
    subject = letter_texts.subject(Letter.Kind.ACKNOWLEDGEMENT, complaint)
    assert len(subject) == 200
    assert subject.endswith("…")
