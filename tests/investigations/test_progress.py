"""Progress reports: written, changed, sent once."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from audit.models import AuditEntry
from complaints.models import Letter
from investigations.models import Investigation, ProgressReport
from investigations.services import progress
from tests.builders.investigations import a_finding, an_open_investigation
from tests.builders.publication import a_sealed_case
from tests.cast import play
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db
WALKED = (an_open_investigation,)


@pytest.fixture
def investigation() -> Investigation:
    return an_open_investigation()


def written(investigation: Investigation) -> ProgressReport:
    return progress.write(
        investigation, text="All 43 forces have answered.", by=play("investigator")
    )


def test_a_sent_progress_report_is_a_letter_to_the_bodies(investigation: Investigation) -> None:
    sent = progress.send(written(investigation), by=play("lead_investigator"))
    letter = Letter.objects.get(kind=Letter.Kind.PROGRESS_REPORT)
    assert letter.text == "All 43 forces have answered."
    assert sent.document == letter.document
    assert sent.sent_by == play("lead_investigator")


def test_the_record_says_on_which_london_day_it_was_sent(investigation: Investigation) -> None:
    report = written(investigation)
    late_evening_in_utc = datetime(2027, 7, 1, 0, 30, tzinfo=ZoneInfo("Europe/London"))
    with time_machine.travel(late_evening_in_utc, tick=False):
        progress.send(report, by=play("lead_investigator"))
    entry = AuditEntry.objects.get(event="progress_report:sent")
    assert entry.detail["sent_on"] == date(2027, 7, 1).isoformat()


def test_sending_twice_sends_once(investigation: Investigation) -> None:
    report = written(investigation)
    first = progress.send(report, by=play("lead_investigator"))
    again = progress.send(report, by=play("lead_investigator"))
    assert first.sent_at == again.sent_at
    assert AuditEntry.objects.filter(event="progress_report:sent").count() == 1
    assert Letter.objects.filter(kind=Letter.Kind.PROGRESS_REPORT).count() == 1


def test_what_was_sent_is_not_changed(investigation: Investigation) -> None:
    sent = progress.send(written(investigation), by=play("lead_investigator"))
    with pytest.raises(ActRefusedError, match="was sent"):
        progress.change(sent, text="Other", version=sent.version, by=play("investigator"))


def test_one_progress_report_is_written_at_a_time(investigation: Investigation) -> None:
    first = written(investigation)
    with pytest.raises(ActRefusedError, match="written and not sent"):
        written(investigation)
    progress.send(first, by=play("lead_investigator"))
    assert written(investigation).number == 2


def test_an_investigator_writes_and_does_not_send(investigation: Investigation) -> None:
    with pytest.raises(PermissionDenied):
        progress.send(written(investigation), by=play("investigator"))


def test_the_bodies_are_told_how_it_goes_until_the_report_is_sent() -> None:
    sealed = Investigation.objects.get(complaint=a_sealed_case())
    sent = progress.send(written(sealed), by=play("lead_investigator"))
    assert sent.sent_at is not None
    with pytest.raises(ActRefusedError, match="sealed, so the work on it"):
        a_finding(sealed)
