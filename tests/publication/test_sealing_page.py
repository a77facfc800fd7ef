"""The page of a seal that is being made: its stage and page, its failure, and the way on."""

import pytest
from django.test import Client

from documents.states import RenderState
from publication.models import Report, Sealing
from publication.services import report as report_verbs
from publication.services.seal_making import make_seal
from publication.services.sealing import ask_to_seal
from tests.builders.accounts import signed_in_as
from tests.builders.publication import a_signed_off_report, signed_off
from tests.builders.walked import as_made
from tests.cast import play

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(made: Sealing) -> Sealing:
    """A seal that was asked for."""
    return as_made(made)


@pytest.fixture(scope="module")
def made(shared_rows: None) -> Sealing:
    """The seal, asked for once."""
    return ask_to_seal(a_signed_off_report(), by=play("lead_investigator"))


def progress_of(asked: Sealing) -> str:
    return f"/casework/publish/{asked.report.reference}/sealing"


def spoil(asked: Sealing) -> None:
    """Change a section, so that the seal that was asked for fails."""
    section = asked.report.sections.get(key="steps-taken")
    report_verbs.edit_section(
        section, text="Other words.", version=section.version, by=play("investigator")
    )
    make_seal(asked.pk)


def read(name: str, address: str) -> str:
    return signed_in_as(Client(), play(name)).get(address, follow=True).content.decode()


def test_the_page_says_the_stage_and_page_and_asks_again_by_itself(asked: Sealing) -> None:
    Sealing.objects.update(
        state=RenderState.RENDERING, stage="Report: laying out pages", page_number=7, page_count=9
    )
    reader = signed_in_as(Client(), play("press_officer"))
    answer = reader.get(progress_of(asked))
    assert "Report: laying out pages, page 7 of 9." in answer.content.decode()
    assert answer["Refresh"] == "3"
    assert answer["Cache-Control"] == "private, no-store"
    assert "Refresh" not in reader.get(f"{progress_of(asked)}?still")


def test_the_report_and_the_desk_lead_to_the_seal_that_is_being_made(asked: Sealing) -> None:
    case = asked.report.reference
    for address in (f"/casework/cases/{case}/report", f"/casework/publish/{case}"):
        page = read("lead_investigator", address)
        assert progress_of(asked) in page
        assert "Seal the report" not in page


def test_a_failure_says_why_and_only_who_may_seal_may_try_again(asked: Sealing) -> None:
    spoil(asked)
    page = read("lead_investigator", progress_of(asked))
    assert "has changed since the seal was asked for" in page
    assert "Try again" in page
    assert "Refresh" not in page
    page = read("press_officer", progress_of(asked))
    assert "has changed since the seal was asked for" in page
    assert "Try again" not in page
    report = read("lead_investigator", f"/casework/cases/{asked.report.reference}/report")
    assert "could not be sealed" in report


def test_a_new_try_that_lacks_something_says_so_at_once(asked: Sealing) -> None:
    spoil(asked)
    lead = signed_in_as(Client(), play("lead_investigator"))
    seal = f"/casework/cases/{asked.report.reference}/report/seal"
    assert "lacks the sign-off" in lead.post(seal, follow=True).content.decode()
    assert Sealing.objects.count() == 1
    signed_off(Report.objects.get(pk=asked.report_id))
    assert "Waiting to be made." in lead.post(seal, follow=True).content.decode()
    assert Sealing.objects.count() == 2


def test_once_sealed_the_page_leads_on_to_the_release(asked: Sealing) -> None:
    make_seal(asked.pk)
    page = read("lead_investigator", progress_of(asked))
    assert "The report is sealed. Set its time of publication." in page
    assert "As the public will see it" in page


def test_nobody_follows_a_seal_who_may_not_read_the_report(asked: Sealing) -> None:
    for name in ("stranger", "body_approver", "responder", "intake_officer"):
        answer = signed_in_as(Client(), play(name)).get(progress_of(asked))
        assert answer.status_code in {403, 404}, name
    assert (
        signed_in_as(Client(), play("lead_investigator"))
        .get(progress_of(asked).replace(asked.report.reference, "SC-2026-000"))
        .status_code
        == 404
    )
