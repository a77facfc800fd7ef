"""The PDF of a letter wherever it is shown: how far it is, why it failed, and a new try."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from audit.models import AuditEntry
from complaints.models import Letter
from documents.models import RenderedDocument
from documents.services.rendering import render
from documents.states import RenderState
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import a_submitted_complaint
from tests.cast import play
from tests.fixtures.browser import BrowseAs, assert_accessible

WALKED = (a_submitted_complaint,)

TEMPLATE = "pdf/receipt.html"
Address = Callable[[Letter], str]


def at(name: str, letter: Letter) -> str:
    """The address of a page of the letter’s case."""
    return reverse(f"complaints:{name}", args=[letter.complaint.reference])


def own_progress(letter: Letter) -> str:
    return reverse("complaints:own_letter_progress", args=[letter.complaint.reference, letter.pk])


def staff_progress(letter: Letter) -> str:
    return reverse("complaints:letter_progress", args=[letter.complaint.reference, letter.pk])


def remake(letter: Letter) -> str:
    return reverse("complaints:remake_letter", args=[letter.complaint.reference, letter.pk])


def page(name: str, address: str) -> str:
    answer = signed_in_as(Client(), play(name)).get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return answer.content.decode()


def a_failed_receipt() -> Letter:
    """The receipt of a case, whose PDF could not be made."""
    letter: Letter = a_submitted_complaint().letters.get(kind="receipt")
    RenderedDocument.objects.update(template="pdf/of_nothing.html")
    assert letter.document
    render(letter.document.pk)
    RenderedDocument.objects.update(template=TEMPLATE)
    letter.refresh_from_db()
    return letter


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("submitter", lambda letter: at("submitted", letter)),
        ("submitter", lambda letter: at("tracker", letter)),
        ("body_approver", lambda letter: at("documents", letter)),
        ("body_approver", own_progress),
        ("intake_officer", lambda letter: at("letters", letter)),
        ("iopc_decision_maker", lambda letter: at("letters", letter)),
        ("intake_officer", staff_progress),
    ],
)
def test_wherever_a_failed_pdf_is_shown_its_reason_and_a_new_try_are(
    who: str, where: Address
) -> None:
    letter = a_failed_receipt()
    shown = page(who, where(letter))
    assert "Its template is missing or broken." in shown
    assert f'action="{remake(letter)}"' in shown
    followed = signed_in_as(Client(), play(who)).post(remake(letter), follow=True)
    assert "Waiting to be made." in followed.content.decode()
    assert followed.headers["Refresh"]
    assert letter.document
    render(letter.document.pk)
    assert "Its template is missing" not in page(who, where(letter))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "status"),
    [("auditor", 404), ("stranger", 404), ("other_body_submitter", 404), ("press_officer", 404)],
)
def test_a_new_try_is_for_those_whose_letter_it_is_or_who_write_letters(
    who: str, status: int
) -> None:
    letter = a_failed_receipt()
    assert signed_in_as(Client(), play(who)).post(remake(letter)).status_code == status
    assert AuditEntry.objects.filter(event="document:requested").count() == 1


@pytest.mark.django_db
def test_an_auditor_reads_the_failure_and_has_no_button() -> None:
    letter = a_failed_receipt()
    for address in (at("letters", letter), staff_progress(letter)):
        shown = page("auditor", address)
        assert "Its template is missing or broken." in shown
        assert remake(letter) not in shown


@pytest.mark.django_db
def test_a_letter_of_another_case_has_no_progress_here() -> None:
    letter, other = a_failed_receipt(), a_submitted_complaint()
    reader = signed_in_as(Client(), play("body_approver"))
    crossed = own_progress(letter).replace(letter.complaint.reference, str(other.reference))
    assert reader.get(crossed).status_code == 404
    stranger = signed_in_as(Client(), play("other_body_submitter"))
    assert stranger.get(own_progress(letter)).status_code == 404


@pytest.mark.django_db
def test_the_progress_of_a_letter_says_stage_and_page() -> None:
    letter: Letter = a_submitted_complaint().letters.get(kind="receipt")
    for who, address, listed in (
        ("submitter", own_progress(letter), at("submitted", letter)),
        ("intake_officer", staff_progress(letter), at("letters", letter)),
    ):
        assert address in page(who, listed)
        RenderedDocument.objects.update(
            state=RenderState.RENDERING, stage="Laying out pages", page_number=2
        )
        assert "Laying out pages, page 2." in page(who, address)


@pytest.mark.committed
def test_the_pages_of_a_failed_pdf_are_accessible_and_fit(browse_as: BrowseAs) -> None:
    letter = a_failed_receipt()
    own = browse_as(play("body_approver"))
    for address in (at("submitted", letter), at("documents", letter), own_progress(letter)):
        own.goto(address)
        assert_accessible(own)
    staff = browse_as(play("intake_officer"))
    for address in (at("letters", letter), staff_progress(letter)):
        staff.goto(address)
        assert_accessible(staff)
    staff.get_by_role("button", name="Try again").click()
    expect(staff.get_by_text("Waiting to be made.")).to_be_visible()
