"""The receipt that a body is given at once."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from accounts.models import Organisation
from audit.models import AuditEntry
from complaints.events import ComplaintEvent
from complaints.models import Complaint
from complaints.services import evidence_relied_on, submission
from complaints.services.letters import MADE_UP
from complaints.services.receipts import TEMPLATE
from deadlines.models import HolidayYear
from documents.pdf import printed_html
from documents.printed import thawed
from tests.builders.complaints import (
    SIGNATORY,
    a_complete_draft,
    a_registered_complaint,
    a_submitted_complaint,
    an_acknowledged_complaint,
    described,
)
from tests.cast import play

pytestmark = pytest.mark.django_db


def printed(complaint: Complaint) -> dict[str, Any]:
    """What the receipt of a complaint states."""
    document = complaint.letters.get(kind="receipt").document
    assert document is not None
    return thawed(document.context)  # type: ignore[no-any-return]


def test_a_receipt_lists_each_file_with_its_hash_and_names_its_entry() -> None:
    complaint = a_submitted_complaint(files=3)
    stated = printed(complaint)
    files = [each.file for each in complaint.supporting_documents.select_related("file")]
    assert [(f["name"], f["size_bytes"], f["sha256"]) for f in stated["files"]] == [
        (file.original_name, file.size_bytes, file.sha256) for file in files
    ]
    entry = AuditEntry.objects.get(chain=complaint.key, event=ComplaintEvent.RECEIVED)
    assert stated["anchor"] == {
        "chain": complaint.key,
        "number": entry.number,
        "sha256": entry.sha256,
    }
    assert stated["reference"] == complaint.reference


@pytest.mark.parametrize("fictional", [True, False])
def test_what_a_made_up_body_is_sent_says_above_all_that_it_is_made_up(fictional: bool) -> None:
    Organisation.objects.filter(pk=play("body_approver").organisation_id).update(
        fictional=fictional
    )
    complaint = an_acknowledged_complaint(approver=play("body_approver"))
    for letter in complaint.letters.select_related("document"):
        assert letter.document
        html = printed_html(
            letter.document.template, thawed(letter.document.context), title="Letter"
        )
        assert (MADE_UP in html) is fictional, letter.kind
    assert {one.kind for one in complaint.letters.all()} == {"receipt", "acknowledgement"}


def test_a_receipt_lists_each_link_and_calls_none_a_file() -> None:
    by = play("body_approver")
    draft = a_complete_draft(by=by)
    link = evidence_relied_on.add_link(draft, link="example.org", title="A report", by=by)
    described(link, by=by)
    submission.submit(draft, signatory=SIGNATORY, by=by)
    stated = printed(draft)
    assert stated["links"] == [{"title": "A report", "address": "https://example.org"}]
    assert len(stated["files"]) == 1


def test_a_receipt_says_when_receipt_is_acknowledged_by_and_how_it_was_counted() -> None:
    """Law: SI 2018/748 reg. 5: received Tuesday 18 December 2018, due Monday 24 December."""
    with time_machine.travel(datetime(2018, 12, 18, 9, 0, tzinfo=UTC)):
        deadline = printed(a_submitted_complaint())["acknowledge_by"]
    assert deadline["due_on"].isoformat() == "2018-12-24"
    days = [(each["day"].day, each["number"], each["reason"]) for each in deadline["working"]]
    assert days == [
        (18, 1, ""),
        (19, 2, ""),
        (20, 3, ""),
        (21, 4, ""),
        (22, None, "Saturday"),
        (23, None, "Sunday"),
        (24, 5, ""),
    ]


def test_the_receipt_of_a_letter_says_the_day_it_came_and_when_it_was_entered() -> None:
    with time_machine.travel(datetime(2018, 12, 20, 9, 0, tzinfo=UTC)):
        letter = printed(a_registered_complaint(received_on=date(2018, 12, 18)))
        portal = printed(a_submitted_complaint())
    html = " ".join(printed_html(TEMPLATE, letter, title="Receipt").split())
    assert "<dt>Received</dt> <dd>Tuesday 18 December 2018, by" in html
    assert "<dt>Entered</dt> <dd>Thursday 20 December 2018 at 09:00:00 GMT</dd>" in html
    html = " ".join(printed_html(TEMPLATE, portal, title="Receipt").split())
    assert "<dt>Received</dt> <dd>Thursday 20 December 2018 at 09:00:00 GMT, by" in html


def test_a_year_without_holidays_is_said_on_the_receipt_and_stops_nothing() -> None:
    HolidayYear.objects.filter(year=2026).delete()
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)):
        deadline = printed(a_submitted_complaint())["acknowledge_by"]
    assert deadline["due_on"] is None
    assert "2026" in deadline["not_computable"]


def test_a_second_click_makes_no_second_receipt() -> None:
    approver = play("body_approver")
    complaint = submission.submit(a_complete_draft(by=approver), signatory=SIGNATORY, by=approver)
    submission.submit(complaint, signatory=SIGNATORY, by=approver)
    assert complaint.letters.filter(kind="receipt").count() == 1
