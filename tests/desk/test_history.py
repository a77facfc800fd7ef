"""History that others made is entered as facts, and nothing about it is made up."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from accounts.models import Organisation
from audit.models import AuditEntry
from complaints.events import ComplaintEvent
from complaints.models import Complaint, EligibilityDecision
from complaints.states import Precision
from deadlines.models import Deadline
from desk.history.facts import past_cases
from desk.history.importing import import_history
from notifications.models import Message
from publication.models import Release
from recommendations.models import Obligation
from tests.builders.accounts import signed_in_as
from tests.cast import play

pytestmark = pytest.mark.django_db

SAFE_TO_SHARE = "SC-2018-001"


def test_the_five_cases_enter_with_their_dates_as_exactly_as_they_are_known() -> None:
    import_history(past_cases())
    known = {
        complaint.reference: (complaint.received_on, complaint.received_precision)
        for complaint in Complaint.objects.all()
    }
    assert len(known) == 5
    assert known[SAFE_TO_SHARE] == (date(2018, 12, 18), Precision.DAY)
    assert known["SC-2020-791"] == (date(2020, 3, 1), Precision.MONTH)


def test_entering_twice_enters_once() -> None:
    assert len(import_history(past_cases())) == 5
    entries = AuditEntry.objects.count()
    assert import_history(past_cases()) == []
    assert AuditEntry.objects.count() == entries


def test_no_clock_runs_and_nobody_is_told() -> None:
    import_history(past_cases())
    assert not Deadline.objects.exists()
    assert not Message.objects.exists()


def test_a_decision_whose_day_is_unknown_says_by_when_it_is_known() -> None:
    import_history(past_cases())
    decision = EligibilityDecision.objects.get(complaint__reference=SAFE_TO_SHARE)
    assert decision.decided_on is None
    assert decision.known_by == date(2019, 3, 29)
    assert decision.by is None


def test_each_of_the_forces_addressed_has_a_row_whose_answer_is_not_known() -> None:
    import_history(past_cases())
    rows = Obligation.objects.filter(
        recommendation__complaint__reference=SAFE_TO_SHARE, recommendation__number="1"
    )
    assert rows.count() == 43
    assert not Obligation.objects.filter(answer_not_known=False).exists()
    assert not Obligation.objects.owed().exists()


def test_an_addressee_is_not_told_that_it_owes_what_is_not_known(client: Client) -> None:
    import_history(past_cases())
    asked = signed_in_as(client, play("responder")).get("/respond/").content.decode()
    assert "Answer not known to us" in asked
    assert "Answer owed" not in asked
    assert "answer by" not in asked


def test_the_record_says_imported_now_with_the_day_it_happened_and_its_source() -> None:
    import_history(past_cases())
    complaint = Complaint.objects.get(reference=SAFE_TO_SHARE)
    entries = AuditEntry.objects.filter(chain=complaint.key, event=ComplaintEvent.IMPORTED)
    received = next(entry for entry in entries if entry.detail.get("kind") == "received")
    assert received.detail["happened_on"] == "2018-12-18"
    assert received.detail["source"] == "HMICFRS publication page"
    assert received.at.year >= 2026
    assert received.by_label == "service"


def test_no_approval_is_invented_and_the_instant_is_the_real_one() -> None:
    import_history(past_cases())
    release = Release.objects.get(reference=SAFE_TO_SHARE)
    assert release.imported
    assert not release.approvals.exists()
    assert release.release_at == datetime(2020, 12, 17, 10, tzinfo=UTC)


def test_every_addressee_named_is_an_organisation_or_group_of_the_reference_rows() -> None:
    before = Organisation.objects.count()
    import_history(past_cases())
    assert Organisation.objects.count() == before
