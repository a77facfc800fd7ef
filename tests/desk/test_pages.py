"""The desk shows what needs whom, and nothing to those whom it does not concern."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from complaints.models import Complaint
from deadlines.models import Deadline
from publication.london import in_words
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import (
    a_draft,
    a_registered_complaint,
    a_submitted_complaint,
    an_acknowledged_complaint,
    an_eligible_complaint,
)
from tests.builders.investigations import a_proposed_finding, an_open_investigation
from tests.builders.publication import (
    a_report_in_sign_off,
    a_sealed_report,
    approve,
    prepared,
    signed_off,
)
from tests.cast import play
from tests.fixtures.browser import BrowseAs, assert_accessible

RECEIVED = date(2018, 12, 18)


@pytest.mark.django_db
def test_the_intake_officer_is_told_to_acknowledge_with_the_day_it_is_due(
    client: Client, intake_officer: Membership
) -> None:
    complaint = a_registered_complaint(received_on=RECEIVED)
    page = signed_in_as(client, intake_officer).get("/casework/").content.decode()
    assert "Acknowledge super-complaint" in page
    assert complaint.reference in page
    assert "due Monday 24 December 2018" in page
    assert "Overdue" in page


@pytest.mark.django_db
def test_what_is_acknowledged_no_longer_needs_the_intake_officer(
    client: Client, intake_officer: Membership
) -> None:
    an_acknowledged_complaint()
    page = signed_in_as(client, intake_officer).get("/casework/").content.decode()
    assert "Acknowledge super-complaint" not in page
    assert "Nothing is due from you" in page


@pytest.mark.django_db
def test_whom_nothing_waits_for_is_shown_the_next_dates_of_their_cases(
    client: Client, lead_investigator: Membership
) -> None:
    an_open_investigation()
    page = signed_in_as(client, lead_investigator).get("/casework/").content.decode()
    assert "Nothing is due from you" in page
    assert "Next dates in your cases" in page
    assert "Send a progress report" in page


@pytest.mark.django_db
def test_a_stranger_is_shown_no_date_of_a_case(
    client: Client, unassigned_investigator: Membership
) -> None:
    an_open_investigation()
    page = signed_in_as(client, unassigned_investigator).get("/casework/").content.decode()
    assert "Next dates" not in page


@pytest.mark.django_db
def test_the_overview_of_a_sealed_case_says_when_it_is_public(client: Client) -> None:
    release = a_sealed_report()
    overview = f"/casework/cases/{release.reference}"
    reader = signed_in_as(client, play("press_officer"))
    assert "No time is set yet" in reader.get(overview).content.decode()
    at = prepared(release).release_at
    assert at
    assert in_words(at) in reader.get(overview).content.decode()


@pytest.mark.django_db
def test_a_clock_that_is_met_says_so_once(client: Client, intake_officer: Membership) -> None:
    complaint = an_acknowledged_complaint()
    address = f"/casework/cases/{complaint.reference}"
    page = signed_in_as(client, intake_officer).get(address).content.decode()
    assert "Met on" in page
    assert ">Met<" not in page


@pytest.mark.django_db
def test_each_authority_is_asked_for_its_own_view(
    client: Client, iopc_decision_maker: Membership
) -> None:
    an_acknowledged_complaint()
    page = signed_in_as(client, iopc_decision_maker).get("/casework/").content.decode()
    assert "Record your authority’s view of eligibility" in page


@pytest.mark.django_db
def test_each_authority_is_led_to_a_finding_that_lies_before_it(
    client: Client, decision_makers: dict[str, Membership]
) -> None:
    finding = a_proposed_finding()
    complaint = finding.investigation.complaint
    wanted = reverse("investigations:finding", args=[complaint.reference, finding.number])
    for by in decision_makers.values():
        asked = signed_in_as(client, by).get("/casework/").content.decode()
        assert "Agree finding" in asked
        assert f'href="{wanted}"' in asked


@pytest.mark.django_db
def test_each_authority_is_asked_to_sign_off_until_it_has(
    client: Client, iopc_decision_maker: Membership
) -> None:
    report = a_report_in_sign_off()
    browse = signed_in_as(client, iopc_decision_maker)
    assert "Sign off the report" in browse.get("/casework/").content.decode()
    signed_off(report)
    assert "Sign off the report" not in browse.get("/casework/").content.decode()


@pytest.mark.django_db
def test_a_release_is_approved_once_by_each_and_only_by_those_who_may(
    client: Client, press_officer: Membership, second_press_officer: Membership
) -> None:
    release = prepared(a_sealed_report())
    asked = "Approve the release"
    assert asked in signed_in_as(client, press_officer).get("/casework/").content.decode()
    approve(release, press_officer)
    assert asked not in client.get("/casework/").content.decode()
    other = signed_in_as(Client(), second_press_officer)
    assert asked in other.get("/casework/").content.decode()
    investigator = signed_in_as(Client(), play("investigator"))
    assert asked not in investigator.get("/casework/").content.decode()


@pytest.mark.django_db
def test_the_list_finds_a_case_by_words_of_its_title_or_by_reference(
    client: Client, intake_officer: Membership
) -> None:
    one = a_registered_complaint(title="Searches of children")
    other = a_registered_complaint(title="Bail without conditions")
    browse = signed_in_as(client, intake_officer)
    page = browse.get("/casework/cases", {"q": "children"}).content.decode()
    assert one.reference in page
    assert other.reference not in page
    page = browse.get("/casework/cases", {"q": other.reference.lower()}).content.decode()
    assert other.reference in page
    assert one.reference not in page


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["%", "_", "'; --", "\x00", "a" * 5000, "100%_\\"])
def test_hostile_words_find_nothing_and_break_nothing(
    client: Client, intake_officer: Membership, words: str
) -> None:
    a_registered_complaint(title="Searches of children")
    answer = signed_in_as(client, intake_officer).get(
        "/casework/cases", {"q": words, "status": "x' or 1=1", "sort": "password", "page": "-7"}
    )
    assert answer.status_code == 200


@pytest.mark.django_db
def test_a_body_s_draft_is_nobody_else_s_business(
    client: Client, intake_officer: Membership
) -> None:
    a_draft(title="Not yet sent")
    page = signed_in_as(client, intake_officer).get("/casework/cases").content.decode()
    assert "Not yet sent" not in page
    assert "No cases yet" in page


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["unassigned_investigator", "submitter", "responder", "stranger"])
def test_a_case_is_not_there_for_those_whom_it_does_not_concern(
    client: Client, who: str, request: pytest.FixtureRequest
) -> None:
    complaint = an_eligible_complaint()
    browse = signed_in_as(client, request.getfixturevalue(who))
    assert browse.get(f"/casework/cases/{complaint.reference}").status_code == 404


@pytest.mark.django_db
def test_the_overview_tells_steps_clocks_and_what_happened(
    client: Client, hmicfrs_decision_maker: Membership
) -> None:
    complaint = an_eligible_complaint()
    browse = signed_in_as(client, hmicfrs_decision_maker)
    page = browse.get(f"/casework/cases/{complaint.reference}").content.decode()
    assert "Send a progress report" in page
    assert "Found eligible" in page
    assert "Acknowledge receipt" in page


@pytest.mark.django_db
def test_the_working_of_a_clock_names_its_law_and_its_days(
    client: Client, intake_officer: Membership
) -> None:
    a_registered_complaint(received_on=RECEIVED)
    browse = signed_in_as(client, intake_officer)
    page = browse.get("/casework/deadlines").content.decode()
    assert "Monday 24 December 2018" in page
    address = page.split('href="/casework/deadlines/')[1].split('"')[0]
    page = browse.get(f"/casework/deadlines/{address}").content.decode()
    assert "SI 2018/748 reg. 5" in page
    assert "Friday 21 December 2018" in page
    assert "Saturday 22 December 2018" in page


@pytest.mark.django_db
def test_the_clock_of_a_fictional_case_says_that_it_is_fictional(
    client: Client, intake_officer: Membership
) -> None:
    complaint = a_submitted_complaint()
    browse = signed_in_as(client, intake_officer)
    address = f"/casework/deadlines/{Deadline.objects.get(case_key=complaint.key).pk}"
    assert "Fictional example" not in browse.get(address).content.decode()
    Complaint.objects.filter(pk=complaint.pk).update(fictional=True)
    assert "Fictional example" in browse.get(address).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["Stops of night workers", "Stops of workers (fictional)"])
def test_a_fictional_case_is_marked_once_in_the_list_of_cases(
    title: str, client: Client, intake_officer: Membership
) -> None:
    complaint = a_submitted_complaint()
    Complaint.objects.filter(pk=complaint.pk).update(fictional=True, title=title)
    page = signed_in_as(client, intake_officer).get("/casework/cases").content.decode()
    assert title in page
    assert page.lower().count("fictional") == 1


@pytest.mark.django_db
def test_each_cell_of_the_list_says_on_a_narrow_page_what_its_column_is_called(
    client: Client, intake_officer: Membership
) -> None:
    a_registered_complaint()
    page = signed_in_as(client, intake_officer).get("/casework/cases").content.decode()
    titles = re.findall(r'<th scope="col"[^>]*>\s*(?:<a [^>]*>)?([^<]*)', page)
    # The reference heads its row, and needs no label.
    labels = ["Reference", *re.findall(r'data-label="([^"]*)"', page)]
    assert labels == [title.strip() for title in titles]


@pytest.mark.committed
def test_the_desk_is_accessible_wide_and_narrow(
    browse_as: BrowseAs, hmicfrs_decision_maker: Membership
) -> None:
    a_registered_complaint(received_on=RECEIVED)
    complaint = an_eligible_complaint()
    page = browse_as(hmicfrs_decision_maker)
    for address in ("/casework/", "/casework/cases", f"/casework/cases/{complaint.reference}"):
        page.goto(address)
        assert_accessible(page)
    page.goto("/casework/deadlines")
    assert_accessible(page)
    page.click("main .work a")
    assert_accessible(page)
