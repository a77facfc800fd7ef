"""The record pages of a case and of the house: for auditors, and for nobody else."""

import csv
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import Membership, Organisation
from accounts.roles import Role
from accounts.services.people import deactivate
from accounts.services.walls import raise_wall
from audit.chain import head
from audit.erasure import erase_private_detail
from audit.events import HouseEvent, record
from audit.models import AuditEntry
from complaints.models import Complaint
from tests.builders.accounts import a_membership, an_organisation, signed_in_as
from tests.builders.complaints import an_acknowledged_complaint

pytestmark = pytest.mark.django_db
WALKED = (an_acknowledged_complaint,)
TO_THE_HOUSE = 'href="/casework/record"'


@pytest.fixture
def case() -> Complaint:
    """A complaint with a few entries."""
    return an_acknowledged_complaint()


@pytest.fixture
def reading(client: Client, auditor: Membership) -> Client:
    """A browser in which the auditor has just signed in."""
    return signed_in_as(client, auditor)


def address(case: Complaint, rest: str = "") -> str:
    return f"/casework/cases/{case.reference}/record{rest}"


def test_an_auditor_reads_what_happened_and_who_did_it(reading: Client, case: Complaint) -> None:
    page = reading.get(address(case)).content.decode()
    assert '<h1 class="govuk-heading-l">Record</h1>' in page
    assert "Receipt acknowledged" in page
    assert "(Intake officer), Intake officer" in page
    last = head(case.chain)
    assert last is not None
    assert f"The last entry is number {last.number}" in page
    assert "Not verified yet." in page


def test_an_erased_name_is_said_to_be_erased(reading: Client, case: Complaint) -> None:
    for entry in AuditEntry.objects.of_chain(case.chain):
        if entry.private_sha256:
            erase_private_detail(entry, reason="Asked for.", by=None)
    page = reading.get(address(case)).content.decode()
    assert "(Intake officer), (erased)" in page


def test_the_record_is_filtered_by_event_person_and_day(reading: Client, case: Complaint) -> None:
    def shown(**asked: str) -> int:
        return reading.get(address(case), asked).content.decode().count('class="record-entry"')

    everything = AuditEntry.objects.of_chain(case.chain).count()
    assert shown() == everything
    assert shown(event="complaint:acknowledged") == 1
    assert 0 < shown(by="intake") < everything
    day = {"_day": "1", "_month": "1", "_year": "2000"}
    assert shown(**{f"until{box}": typed for box, typed in day.items()}) == 0
    assert shown(**{f"since{box}": typed for box, typed in day.items()}) == everything
    assert shown(since_day="31", since_month="2", since_year="2026") == everything


def test_the_csv_holds_what_the_page_shows_without_names(reading: Client, case: Complaint) -> None:
    response = reading.post(address(case, ".csv?event=complaint:acknowledged"))
    content = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    header, row = list(csv.reader(io.StringIO(content)))
    assert header == ["number", "at", "event", "what", "by", "detail", "sha256"]
    assert row[2:4] == ["complaint:acknowledged", "Receipt acknowledged"]
    assert "Intake officer," not in content


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_no_cell_of_the_csv_is_a_formula(reading: Client, case: Complaint, cell: str) -> None:
    member = a_membership()
    member.organisation.name = cell
    record(HouseEvent.EXPORTED, subject=case, by=member)
    response = reading.post(address(case, ".csv"))
    content = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    before_the_export = list(csv.reader(io.StringIO(content)))[-2]
    assert before_the_export[4].startswith(f"'{cell}")


def test_an_auditor_verifies_and_the_page_says_when(reading: Client, case: Complaint) -> None:
    reading.post(address(case, "/verify"))
    page = reading.get(address(case)).content.decode()
    assert "The record is whole:" in page
    assert "Last verified at" in page


def test_an_exported_record_is_verified_anywhere(
    reading: Client, case: Complaint, tmp_path: Path
) -> None:
    response = reading.post(address(case, "/export"))
    with zipfile.ZipFile(io.BytesIO(response.content)) as files:
        files.extractall(tmp_path)
    last = head(case.chain)
    assert last is not None
    assert last.event == "record:exported"
    done = subprocess.run(  # noqa: S603  (our own program)
        [sys.executable, "-I", "verify.py", "record.jsonl", f"--head={last.number}:{last.sha256}"],
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0


@pytest.mark.parametrize("rest", ["/export", ".csv"])
def test_taking_the_record_away_asks_for_a_fresh_sign_in(
    client: Client, auditor: Membership, case: Complaint, rest: str
) -> None:
    signed_in_as(client, auditor, fresh=False)
    response = client.post(address(case, rest))
    assert response.headers["Location"].startswith("/sign-in/again")
    assert not AuditEntry.objects.filter(event="record:exported").exists()


@pytest.mark.parametrize("rest", ["", ".csv"])
def test_the_record_is_not_there_for_others(
    client: Client, case: Complaint, lead_investigator: Membership, rest: str
) -> None:
    ask = signed_in_as(client, lead_investigator).post if rest else client.get
    signed_in_as(client, lead_investigator)
    assert ask(address(case, rest)).status_code == 404


@pytest.mark.parametrize(("rest", "form"), [("/export", "zip"), (".csv", "csv")])
def test_what_is_taken_away_is_recorded(
    reading: Client, case: Complaint, rest: str, form: str
) -> None:
    reading.post(address(case, rest))
    last = head(case.chain)
    assert last is not None
    assert (last.event, last.detail["form"]) == ("record:exported", form)


def test_an_auditor_reads_the_reason_that_is_kept_beside_an_entry(
    reading: Client, case: Complaint, administrator: Membership
) -> None:
    person = a_membership().user
    raise_wall(case, person=person, reason="A cousin works there.", by=administrator)
    page = reading.get(address(case)).content.decode()
    assert "A cousin works there." in page
    assert person.name in page
    taken = reading.post(address(case, ".csv"))
    content = b"".join(taken.streaming_content).decode()  # type: ignore[attr-defined]
    assert "A cousin works there." not in content


def test_an_auditor_reads_verifies_and_takes_away_the_record_of_the_house(
    reading: Client, administrator: Membership
) -> None:
    gone = a_membership().user
    deactivate(gone, reason="Left the authority.", by=administrator)
    page = reading.get("/casework/record").content.decode()
    assert "Left the authority." in page
    assert 'href="/casework/record"' in page
    reading.post("/casework/record/verify")
    assert "The record is whole:" in reading.get("/casework/record").content.decode()
    assert reading.post("/casework/record/export").headers["Content-Type"] == "application/zip"
    rows = reading.post("/casework/record.csv?event=person:deactivated")
    assert b"person:deactivated" in b"".join(rows.streaming_content)  # type: ignore[attr-defined]
    last = head("house")
    assert last is not None
    assert last.event == "record:exported"


def test_the_house_is_not_there_for_the_auditor_of_an_authority_without_a_regime(
    client: Client,
) -> None:
    elsewhere = an_organisation(Organisation.Kind.AUTHORITY)
    signed_in_as(client, a_membership(Role.AUDITOR, at=elsewhere))
    assert client.get("/casework/record").status_code == 404
    assert client.post("/casework/record.csv").status_code == 404
    assert TO_THE_HOUSE not in client.get("/casework/cases").content.decode()


def test_the_auditor_of_an_authority_is_led_to_the_record_of_the_house(reading: Client) -> None:
    assert TO_THE_HOUSE in reading.get("/casework/cases").content.decode()


def test_the_record_of_an_unknown_case_is_404(reading: Client) -> None:
    assert reading.get("/casework/cases/SC-1999-001/record").status_code == 404
