"""The pages of an investigation: what they show, and what comes of what is typed."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clock.london import london_today
from complaints.models import Complaint
from complaints.services.withdrawal import withdraw
from documents.services.scanning import scan
from investigations.models import EvidenceItem, Finding, Investigation
from investigations.services import evidence, findings
from investigations.states import FindingStatus, Sensitivity
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import an_eligible_complaint
from tests.builders.investigations import (
    a_finding,
    a_proposed_finding,
    an_evidence_item,
    an_open_investigation,
    an_upload,
)
from tests.builders.walked import as_made
from tests.cast import play

pytestmark = pytest.mark.django_db
DIALOG = re.compile(r"<dialog.*?</dialog>", re.DOTALL)


@pytest.fixture(scope="module")
def made(shared_rows: None) -> Investigation:
    return an_open_investigation()


@pytest.fixture
def investigation(made: Investigation) -> Investigation:
    return as_made(made)


@pytest.fixture
def investigator_at_work(client: Client, investigation: Investigation) -> Client:
    return signed_in_as(client, play("investigator"))


def at(name: str, complaint: Complaint, *further: int) -> str:
    return reverse(f"investigations:{name}", args=[complaint.reference, *further])


def today(name: str) -> dict[str, Any]:
    """Today, in the three boxes of a date."""
    day = london_today()
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def described(**other: Any) -> dict[str, Any]:
    return {
        "title": "Survey",
        "source": "Kent Police",
        "sensitivity": "official",
        **today("received_on"),
        **other,
    }


def test_a_decision_maker_opens_the_investigation(client: Client) -> None:
    complaint = an_eligible_complaint()
    lead = play("lead_investigator")
    signed_in_as(client, play("iopc_decision_maker"))
    answer = client.post(at("open", complaint), {"lead": lead.pk, "members": []})
    assert answer["Location"] == at("team", complaint)
    assert b"Leads this case" in client.get(at("team", complaint)).content


def test_evidence_is_added_with_its_provenance(
    investigator_at_work: Client, investigation: Investigation
) -> None:
    complaint = investigation.complaint
    sent = described(uploads=an_upload(b"Kent has 4 cases.\n"))
    answer = investigator_at_work.post(at("add_evidence", complaint), sent)
    assert answer["Location"] == at("evidence_item", complaint, 1)
    shown = investigator_at_work.get(answer["Location"]).content.decode()
    assert EvidenceItem.objects.get().file.sha256 in shown
    assert "Registered" in shown


def test_of_several_files_the_bad_one_is_named_and_the_others_are_kept(
    investigator_at_work: Client, investigation: Investigation
) -> None:
    files = [an_upload(name="north.txt"), an_upload(b"<svg></svg>", "drawing.svg"), an_upload()]
    sent = described(title="", uploads=files)
    answer = investigator_at_work.post(at("add_evidence", investigation.complaint), sent)
    shown = answer.content.decode()
    assert "drawing.svg" in shown
    assert "E-0001 north" in shown
    assert investigation.evidence.count() == 2


def test_a_date_in_the_future_is_refused_in_words(
    investigator_at_work: Client, investigation: Investigation
) -> None:
    year = london_today().year + 1
    sent = described(uploads=an_upload(), received_on_year=year)
    answer = investigator_at_work.post(at("add_evidence", investigation.complaint), sent)
    assert "must be today or in the past" in answer.content.decode()
    assert not EvidenceItem.objects.exists()


def test_the_file_is_handed_out_only_when_it_is_clean(
    investigator_at_work: Client, investigation: Investigation
) -> None:
    registered = an_evidence_item(investigation)
    where = at("evidence_file", investigation.complaint, registered.number)
    assert investigator_at_work.get(where).status_code == 302
    assert not registered.custody.filter(kind="read").exists()
    scan(registered.file_id)
    answer = investigator_at_work.get(where)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.getvalue().startswith(b"Return")
    assert registered.custody.filter(kind="read").count() == 1


def test_a_sensitive_file_asks_why_before_it_opens(
    investigator_at_work: Client, investigation: Investigation
) -> None:
    registered = an_evidence_item(investigation, sensitivity=Sensitivity.SENSITIVE)
    scan(registered.file_id)
    where = at("evidence_file", investigation.complaint, registered.number)
    assert "Why you open it" in investigator_at_work.get(where).content.decode()
    answer = investigator_at_work.post(where, {"purpose": "To draft F-01."})
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.getvalue().startswith(b"Return")
    assert registered.custody.get(kind="read").note == "To draft F-01."


def test_a_restricted_item_is_counted_and_not_named_to_others(
    client: Client, investigation: Investigation
) -> None:
    an_evidence_item(investigation, sensitivity=Sensitivity.RESTRICTED, title="Victim account")
    signed_in_as(client, play("iopc_decision_maker"))
    shown = client.get(at("evidence", investigation.complaint)).content.decode()
    assert "1 restricted item is not shown" in shown
    assert "Victim account" not in shown
    for name in ("evidence_item", "evidence_file"):
        assert client.get(at(name, investigation.complaint, 1)).status_code == 404


def test_the_filter_of_the_log_is_in_the_address(
    investigator_at_work: Client, investigation: Investigation
) -> None:
    an_evidence_item(investigation, title="Survey of forces")
    an_evidence_item(investigation, title="Interview", source="A charity")
    where = at("evidence", investigation.complaint)
    shown = investigator_at_work.get(f"{where}?q=charity&unlinked=on&sort=title").content.decode()
    assert "Interview" in shown
    assert "Survey of forces" not in shown
    nothing = investigator_at_work.get(f"{where}?q=%25&status=x&line=zz").content.decode()
    assert "No item matches" in nothing


@pytest.mark.parametrize("name", ["evidence", "matrix", "findings"])
def test_a_list_asks_the_database_as_often_for_many_rows_as_for_few(
    investigator_at_work: Client, investigation: Investigation, name: str
) -> None:
    where = at(name, investigation.complaint)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            investigator_at_work.get(where)
        return len(asked)

    a_finding(investigation)
    queries()  # The first page of a session renews it.
    few = queries()
    for _turn in range(4):
        a_finding(investigation)
    assert queries() == few <= 20


def test_the_log_shows_a_page_at_a_time(
    investigator_at_work: Client, investigation: Investigation
) -> None:
    for _turn in range(27):
        an_evidence_item(investigation)
    where = at("evidence", investigation.complaint)
    shown = [investigator_at_work.get(f"{where}?page={page}").content for page in (1, 2, 99)]
    assert [page.count(b'scope="row"') for page in shown] == [25, 2, 2]


def test_two_people_correct_one_item_and_the_second_sees_both_texts(
    investigator_at_work: Client, investigation: Investigation
) -> None:
    registered = an_evidence_item(investigation)
    mine = described(title="Mine", reason="Better.", version=registered.version)
    evidence.correct(
        registered,
        changes={"title": "Theirs"},
        reason="First.",
        version=registered.version,
        by=play("lead_investigator"),
    )
    where = at("correct_evidence", investigation.complaint, registered.number)
    answer = investigator_at_work.post(where, mine)
    assert answer.status_code == 409
    assert {b"Mine", b"Theirs"} <= set(answer.content.split(b'"')) or b"Theirs" in answer.content
    registered.refresh_from_db()
    assert registered.title == "Theirs"


def test_a_finding_goes_from_draft_to_agreement_through_its_pages(
    investigator_at_work: Client, investigation: Investigation
) -> None:
    complaint = investigation.complaint
    item = an_evidence_item(investigation)
    text = {"title": "Sharing", "conclusion": "Forces share.", "reasons": "Returns.", "version": 0}
    investigator_at_work.post(at("draft_finding", complaint), text)
    link = {"evidence_item": item.pk, "bearing": "supports", "note": "Page 2"}
    investigator_at_work.post(at("link_evidence", complaint, 1), link)
    investigator_at_work.post(at("propose_finding", complaint, 1))
    for slug in ("hmicfrs", "iopc", "college"):
        client = signed_in_as(Client(), play(f"{slug}_decision_maker"))
        opened = client.get(at("agree_finding", complaint, 1)).context["form"]
        sent = {"text_sha256": opened.initial["text_sha256"], "read": "on"}
        client.post(at("agree_finding", complaint, 1), sent)
    assert Finding.objects.get().status == FindingStatus.AGREED


def test_an_agreement_to_an_old_text_comes_back_with_the_new_one(
    client: Client, investigation: Investigation
) -> None:
    finding = a_proposed_finding(investigation)
    signed_in_as(client, play("iopc_decision_maker"))
    where = at("agree_finding", investigation.complaint, finding.number)
    old = finding.text_sha256
    findings.change(
        finding,
        title=finding.title,
        conclusion="Otherwise.",
        reasons="",
        feature=None,
        version=finding.version,
        by=play("investigator"),
    )
    answer = client.post(where, {"text_sha256": old, "read": "on"}, follow=True)
    shown = answer.content.decode()
    assert "was changed while you read it" in shown
    assert "Otherwise." in shown
    assert not finding.agreements.exists()


def test_proposing_without_support_says_what_is_missing(
    investigator_at_work: Client, investigation: Investigation
) -> None:
    findings.draft(investigation, title="A", conclusion="B", by=play("investigator"))
    where = at("propose_finding", investigation.complaint, 1)
    shown = investigator_at_work.post(where, follow=True).content.decode()
    assert "no evidence that supports it" in shown


def test_the_matrix_shows_what_bears_on_what_and_what_is_missing(
    investigator_at_work: Client, investigation: Investigation
) -> None:
    a_finding(investigation)
    an_evidence_item(investigation, title="Unused")
    shown = investigator_at_work.get(at("matrix", investigation.complaint)).content.decode()
    assert "Supports" in shown
    assert "it rests on one source alone" in shown
    assert "1 evidence item</a> bears on no finding" in " ".join(shown.split())


def test_a_line_is_changed_beside_a_colleague_and_dropped_on_its_pages(
    investigator_at_work: Client, investigation: Investigation
) -> None:
    complaint, page = investigation.complaint, investigator_at_work
    page.post(at("add_line", complaint), {"question": "Who knew?", "version": 0})
    assert 'value="1"' in page.get(at("change_line", complaint, 1)).content.decode()
    page.post(at("change_line", complaint, 1), {"question": "Who knew what?", "version": 1})
    late = page.post(at("change_line", complaint, 1), {"question": "Since when?", "version": 1})
    both = late.content.decode()
    assert late.status_code == 409
    assert "Who knew what?" in both
    assert "Since when?" in both
    page.post(at("drop_line", complaint, 1), {"reason": "It leads nowhere."})
    shown = page.get(at("lines", complaint)).content.decode()
    assert "Who knew what?" in shown
    assert "It leads nowhere." in shown
    assert at("change_line", complaint, 1) not in shown


@pytest.mark.parametrize(
    "name", ["team", "lines", "evidence", "findings", "matrix", "progress_reports"]
)
def test_an_empty_page_says_what_will_appear_on_it(
    investigator_at_work: Client, investigation: Investigation, name: str
) -> None:
    answer = investigator_at_work.get(at(name, investigation.complaint))
    assert answer.status_code == 200


def test_a_progress_report_is_written_changed_and_sent(
    investigator_at_work: Client, investigation: Investigation
) -> None:
    complaint = investigation.complaint
    investigator_at_work.post(
        at("write_progress_report", complaint), {"text": "We asked.", "version": 0}
    )
    change = {"text": "We asked all.", "version": 1}
    investigator_at_work.post(at("change_progress_report", complaint, 1), change)
    lead = signed_in_as(Client(), play("lead_investigator"))
    shown = lead.get(at("send_progress_report", complaint, 1)).content.decode()
    assert "We asked all." in shown
    # What was read was the text before the change: it is not sent unseen.
    unread = lead.post(at("send_progress_report", complaint, 1), {"version": 1}, follow=True)
    assert "Read it again, then send it." in unread.content.decode()
    assert investigation.progress_reports.get().sent_at is None
    lead.post(at("send_progress_report", complaint, 1), {"version": 2})
    assert investigation.progress_reports.get().sent_at is not None


def test_once_the_work_is_over_pages_say_so_and_offer_no_button(
    client: Client, investigation: Investigation
) -> None:
    finding = a_finding(investigation)
    withdraw(
        investigation.complaint,
        reason="The body asked for it.",
        asked_for_by_body=True,
        by=play("iopc_decision_maker"),
    )
    signed_in_as(client, play("lead_investigator"))
    for name in ("team", "lines", "evidence", "findings", "progress_reports"):
        shown = client.get(at(name, investigation.complaint)).content.decode()
        assert "is withdrawn" in shown, name
        # The dialog about the session stands on every page, whatever its case.
        assert 'class="govuk-button"' not in DIALOG.sub("", shown), name
    answer = client.post(at("propose_finding", investigation.complaint, 1), follow=True)
    assert b"withdrawn, so the work on it" in answer.content
    finding.refresh_from_db()
    assert finding.status == FindingStatus.DRAFT
