"""The pages of a report and its release, from the first word to the public, as each person."""

import re
from datetime import UTC
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clock.london import LONDON
from complaints.models import Complaint
from investigations.models import Investigation
from publication.london import in_words
from publication.models import Release, Report, Sealing
from publication.services.seal_making import make_seal
from publication.states import ReportStatus
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import an_eligible_complaint
from tests.builders.investigations import an_agreed_finding, an_open_investigation, screened
from tests.builders.publication import (
    a_report_being_drafted,
    a_report_in_sign_off,
    a_sealed_release,
    a_sealed_report,
    a_signed_off_report,
    armed,
    in_seconds,
    made_public,
    prepared,
    signed_off,
)
from tests.builders.recommendations import a_recommendation
from tests.builders.walked import as_made
from tests.cast import play

pytestmark = pytest.mark.django_db
WALKED = (a_report_in_sign_off,)


def as_(name: str, *, fresh: bool = True) -> Client:
    """A browser in which one of the cast is signed in."""
    return signed_in_as(Client(), play(name), fresh=fresh)


def at(name: str, of: Complaint | Release | Report, *more: Any) -> str:
    return reverse(f"publication:{name}", args=[of.reference, *more])


def text(response: Any) -> str:
    """What a page says, on one line."""
    assert response.status_code == 200, response.status_code
    said = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(said.split())


def sent(client: Client, address: str, **typed: Any) -> str:
    """Post a form, follow where it leads, and read that page."""
    return text(client.post(address, typed, follow=True))


@pytest.fixture
def case() -> Complaint:
    """A case with an agreed finding and a recommendation, of which no report is begun."""
    investigation = an_open_investigation(an_eligible_complaint())
    screened(an_agreed_finding(investigation).evidence.get())
    a_recommendation(investigation.complaint)
    return investigation.complaint


def test_a_report_is_written_signed_off_and_sealed_through_its_pages(case: Complaint) -> None:
    author = as_("investigator")
    assert "The report has four parts" in text(author.get(at("report", case)))
    begun = sent(author, at("report", case), title="Behind closed files")
    assert "Behind closed files" in begun
    for key in ("steps-taken", "conclusions", "further-action", "recommendations"):
        address = at("edit_section", case, key)
        version = author.get(address).context["form"].initial["version"]
        assert "The section is changed" in sent(
            author, address, text=f"Words of {key}.", version=version
        )
    address = at("edit_notice", case)
    version = author.get(address).context["form"].initial["version"]
    notice = sent(
        author, address, title="Behind closed files", headline="Files kept shut", version=version
    )
    assert "Files kept shut" in notice
    assert "lacks the sign-off of HMICFRS, IOPC, College" in sent(author, at("propose", case))
    for name in ("hmicfrs", "iopc", "college"):
        reader = as_(f"{name}_decision_maker")
        for key in ("steps-taken", "conclusions", "further-action", "recommendations"):
            seen = reader.get(at("section", case, key)).context["built"].text_sha256
            assert "Signed off for" in sent(reader, at("sign_off", case, key), text_sha256=seen)
    lead = as_("lead_investigator")
    assert "Waiting to be made." in sent(lead, at("seal", case))
    make_seal(Sealing.objects.get(report__complaint=case).pk)
    sealed = text(lead.get(at("sealing", case), follow=True))
    assert "The report is sealed" in sealed
    assert "The time of publication is not set." in sealed


@pytest.mark.parametrize("name", ["report", "notice", "section"])
def test_a_page_of_a_report_asks_as_much_of_many_rows_as_of_few(name: str) -> None:
    report, lead = a_report_being_drafted(), as_("lead_investigator")
    investigation = Investigation.objects.get(complaint=report.complaint)
    address = at(name, report, *(["conclusions"] if name == "section" else []))
    few = queries_of(lead, address)
    for _ in range(3):
        an_agreed_finding(investigation)
        a_recommendation(report.complaint)
    assert queries_of(lead, address) == few


def queries_of(client: Client, address: str) -> int:
    """How many queries the second visit to a page asks."""
    text(client.get(address))
    with CaptureQueriesContext(connection) as asked:
        text(client.get(address))
    return len(asked)


def test_the_seal_is_offered_once_all_that_it_needs_is_met() -> None:
    report = a_report_in_sign_off()
    lead = as_("lead_investigator")
    before = text(lead.get(at("report", report.complaint)))
    assert "Seal the report" not in before
    assert "when all is met that the seal needs" in before
    signed_off(report)
    after = text(lead.get(at("report", report.complaint)))
    assert "Seal the report" in after
    assert "when all is met that the seal needs" not in after


def test_a_release_with_both_approvals_asks_for_no_third(sealed: Release) -> None:
    armed(sealed, in_seconds(3600))
    decider = as_("iopc_decision_maker")
    assert "Approve the release" not in text(decider.get(at("release", sealed.complaint)))


@pytest.fixture(scope="module")
def made(shared_rows: None) -> Release:
    """A sealed report's release, made once."""
    return a_sealed_report()


@pytest.fixture
def sealed(made: Release) -> Release:
    """A sealed report's release."""
    return as_made(made)


def typed_instant(**other: str) -> dict[str, str]:
    day = timezone.localtime(in_seconds(86400), LONDON).date()
    return {
        "on_day": str(day.day),
        "on_month": str(day.month),
        "on_year": str(day.year),
        "at": "10:00",
        "way": "By secure mail",
        **other,
    }


def test_the_instant_is_set_and_two_people_approve_it(sealed: Release) -> None:
    press = as_("press_officer")
    page = sent(press, at("prepare", sealed), **typed_instant())
    assert "Publishes at 10:00 GMT" in page
    instant = Release.objects.get(pk=sealed.pk).release_at
    assert instant is not None
    assert f"{in_words(instant)}, that is {instant.astimezone(UTC):%H:%M} UTC" in page
    for name, said in (("press_officer", "1 of 2"), ("hmicfrs_decision_maker", "2 of 2")):
        reader = as_(name)
        form = reader.get(at("approve", sealed)).context["form"]
        page = sent(
            reader,
            at("approve", sealed),
            root_sha256=form.initial["root_sha256"],
            release_at=form.initial["release_at"],
            seen="on",
        )
        assert said in page


def test_a_time_set_on_a_page_that_is_out_of_date_is_refused(sealed: Release) -> None:
    press = as_("press_officer")
    opened = press.get(at("prepare", sealed))
    assert b'name="seen"' in opened.content
    seen = opened.context["form"].initial["seen"]
    prepared(sealed)
    typed = typed_instant(seen=seen, way="By hand, sealed twice")
    answer = press.post(at("prepare", sealed), typed)
    assert answer.status_code == 409
    standing = Release.objects.get(pk=sealed.pk)
    assert standing.release_at
    page = answer.content.decode()
    assert in_words(standing.release_at) in page
    assert "By hand, sealed twice" in page
    now = answer.context["form"].initial["seen"]
    assert press.post(at("prepare", sealed), {**typed, "seen": now}).status_code == 302


def test_a_time_that_does_not_exist_is_an_error_of_the_form(sealed: Release) -> None:
    typed = typed_instant(on_day="28", on_month="3", on_year="2027", at="01:30")
    response = as_("press_officer").post(at("prepare", sealed), typed)
    assert "does not exist in London" in text(response)
    typed = typed_instant(on_day="31", on_month="10", on_year="2027", at="01:30")
    assert "Add BST for the first" in text(as_("press_officer").post(at("prepare", sealed), typed))
    typed["at"] = "01:30 GMT"
    assert "Publishes at 01:30 GMT" in sent(as_("press_officer"), at("prepare", sealed), **typed)


def test_approving_asks_for_a_fresh_sign_in(sealed: Release) -> None:
    response = as_("press_officer", fresh=False).get(at("approve", prepared(sealed)))
    assert response.status_code == 302
    assert "sign-in" in response["Location"] or "reauth" in response["Location"]


def test_an_approval_of_a_page_that_is_out_of_date_is_refused(sealed: Release) -> None:
    release = prepared(sealed)
    assert release.release_at
    stale = release.release_at.isoformat()
    prepared(release, in_seconds(3 * 86400))
    response = as_("press_officer").post(
        at("approve", release),
        {"root_sha256": release.root_sha256, "release_at": stale, "seen": "on"},
    )
    assert "has changed since you opened this page" in text(response)
    assert not release.approvals.exists()


def test_one_person_holds_and_two_lift(sealed: Release) -> None:
    page = sent(as_("press_officer"), at("hold", sealed), reason="A name must be checked.")
    assert "Publication is held" in page
    placed = sealed.releaseholds.get()
    assert "a second must" in sent(as_("press_officer"), at("lift", sealed, placed.pk))
    assert "Somebody else must lift it" in sent(as_("press_officer"), at("lift", sealed, placed.pk))
    page = sent(as_("iopc_decision_maker"), at("lift", sealed, placed.pk))
    assert "Since" not in page
    assert "Hold publication" in page


def test_the_preview_is_what_was_sealed_and_says_that_it_is_not_public(sealed: Release) -> None:
    reader = as_("iopc_decision_maker")
    page = text(reader.get(at("preview", sealed)))
    assert "It is not public." in page
    assert "Written by hand for conclusions." in page
    assert "Notes to editors" in text(reader.get(at("preview_page", sealed, "notice")))
    pdf: Any = reader.get(at("preview_file", sealed, "report.pdf"))
    assert b"".join(pdf.streaming_content).startswith(b"%PDF-")
    assert pdf["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", ["release", "preview", "desk"])
def test_whoever_is_not_of_the_case_finds_no_release(sealed: Release, name: str) -> None:
    address = reverse("publication:desk") if name == "desk" else at(name, sealed)
    for who in ("stranger", "submitter", "responder", "auditor", "administrator"):
        assert as_(who).get(address).status_code == 404, who
    response = as_("unassigned_investigator").get(address)
    assert response.status_code == (200 if name == "desk" else 404)
    assert sealed.title not in response.content.decode()


def test_the_desk_lists_what_is_to_come_and_what_is_public(sealed: Release) -> None:
    armed(sealed)
    other = made_public(a_sealed_release(sealed.complaint, report=None, slug="other"))
    page = text(as_("press_officer").get(reverse("publication:desk")))
    assert sealed.title in page.split("Published")[0]
    assert other.title in page.split("Published", 1)[1]


def test_after_publication_one_suspends_and_a_correction_is_begun(sealed: Release) -> None:
    made_public(sealed)
    press = as_("press_officer")
    assert "Public since" in text(press.get(at("release", sealed)))
    assert "temporarily withdrawn" in sent(press, at("suspend", sealed), reason="A mistake.")
    assert "edition 2" in sent(press, at("correct", sealed), reason="A figure was wrong.")


def test_a_report_is_sent_back_and_its_case_returned(case: Complaint) -> None:
    report = a_report_in_sign_off(None)
    page = sent(as_("iopc_decision_maker"), at("send_back", report), reason="Too long.")
    assert "with its drafters again" in page
    page = sent(
        as_("iopc_decision_maker"), at("return_to_investigation", report), reason="Ask once more."
    )
    assert "The case is back with the investigation" in page
    assert "The report goes on." in sent(as_("investigator"), at("resume", report))


def test_two_who_edit_one_section_see_both_texts() -> None:
    report = a_report_in_sign_off()
    address = at("edit_section", report, "conclusions")
    first, second = as_("investigator"), as_("lead_investigator")
    version = first.get(address).context["form"].initial["version"]
    sent(first, address, text="The first text.", version=version)
    response: HttpResponse = second.post(  # type: ignore[assignment]
        address, {"text": "The second text.", "version": version}
    )
    assert response.status_code == 409
    assert "The first text." in response.content.decode()
    assert "The second text." in response.content.decode()


def test_the_seal_is_opened_with_a_reason() -> None:
    report = a_signed_off_report()
    sent(as_("lead_investigator"), at("seal", report))
    make_seal(Sealing.objects.get(report=report).pk)
    assert "The seal is open" in sent(
        as_("lead_investigator"), at("unseal", report), reason="A name is wrong."
    )
    report.refresh_from_db()
    assert report.status == ReportStatus.DRAFTING


def test_an_opinion_and_an_exclusion_are_given_through_pages() -> None:
    report = a_report_in_sign_off()
    page = sent(
        as_("iopc_decision_maker"),
        at("opinion", report),
        matter="finding 1",
        text="Go further.",
        version=0,
    )
    assert "Independent Office for Police Conduct on finding 1" in page
    page = sent(
        as_("hmicfrs_decision_maker"),
        at("exclude", report),
        passage="A safe house",
        ground="safety",
        reason="People live there.",
    )
    assert "It might endanger" in page
