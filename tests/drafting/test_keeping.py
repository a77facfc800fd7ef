"""Each long text is kept at its own address while it is typed, for its author alone."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, Organisation
from accounts.veiled import veiled
from complaints.models import Letter, Message
from complaints.services import contact
from complaints.services.letter_templates import TEMPLATES
from complaints.services.withdrawal_requests import ask_to_withdraw
from drafting.models import SavedDraft
from publication.services import report as reporting
from tests.builders.accounts import signed_in_as
from tests.builders.cases import a_case_at
from tests.builders.complaints import a_regime, an_acknowledged_complaint, an_upload, with_views
from tests.builders.investigations import a_finding
from tests.builders.recommendations import a_recommendation, an_obligation
from tests.cast import play
from tests.complaints.two_editors import FormOfPage
from tests.fixtures.browser import BrowseAs

WALKED = (an_acknowledged_complaint,)

TYPED = "Half a sentence, and"
DAY = {"received_on_day": 2, "received_on_month": 4, "received_on_year": 2026}


def browser_of(member: Membership) -> Client:
    return signed_in_as(Client(), member)


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def is_kept_for_its_author_alone(
    address: str, *, author: str, colleague: str, field: str = "text"
) -> None:
    """What is typed comes back to its author, not to a colleague, and is nowhere stored."""
    writes, looks_on = browser_of(play(author)), browser_of(play(colleague))
    before = read(looks_on, address)
    assert f'data-autosave="{address}?keep"' in before, address
    answer = writes.post(f"{address}?keep", {field: TYPED, "version": 1, "typed_window": "a-1"})
    assert set(answer.json()) == {"saved", "mark"}, address
    shown = read(writes, address)
    assert FormOfPage(shown).fields[field] == TYPED, address
    assert "have not saved or sent yet" in shown
    assert TYPED not in read(writes, f"{address}?stored"), address
    assert TYPED not in read(looks_on, address), address
    SavedDraft.objects.all().delete()
    assert TYPED not in read(writes, address), address


@pytest.mark.django_db
def test_the_long_texts_of_a_case_are_kept_while_they_are_typed() -> None:
    finding = a_finding()
    complaint = finding.investigation.complaint
    recommended = a_recommendation(complaint)
    case = f"/casework/cases/{complaint.reference}"
    for address, field in [
        (f"{case}/findings/draft", "conclusion"),
        (f"{case}/findings/F-{finding.number:02}/change", "reasons"),
        (f"{case}/recommendations/draft", "wording"),
        (f"{case}/recommendations/R-{recommended.order:02}/change", "wording"),
        (f"{case}/actions/draft", "text"),
        (f"{case}/progress-reports/write", "text"),
    ]:
        is_kept_for_its_author_alone(
            address, author="investigator", colleague="lead_investigator", field=field
        )
    reporting.begin(complaint, title="Report", by=play("lead_investigator"))
    is_kept_for_its_author_alone(
        f"{case}/report/sections/conclusions/change",
        author="investigator",
        colleague="lead_investigator",
    )


@pytest.mark.django_db
def test_an_answer_and_the_messages_of_the_portal_are_kept_while_they_are_typed() -> None:
    is_kept_for_its_author_alone(
        f"/respond/{veiled(an_obligation().pk)}/draft",
        author="responder",
        colleague="response_approver",
        field="account",
    )
    talk = contact.open_conversation(
        a_regime(), subject="Plans", text="May we?", by=play("submitter")
    )
    for address in (
        reverse("complaints:own_messages", args=[an_acknowledged_complaint().reference]),
        reverse("complaints:own_conversation", args=[talk.pk]),
        reverse("complaints:own_conversations"),
    ):
        is_kept_for_its_author_alone(address, author="submitter", colleague="body_approver")


@pytest.mark.django_db
def test_a_meeting_and_the_words_about_a_withdrawal_are_kept_while_they_are_typed() -> None:
    complaint = an_acknowledged_complaint()
    asking = reverse("complaints:ask_to_withdraw", args=[complaint.reference])
    writes = browser_of(play("body_approver"))
    writes.post(f"{asking}?keep", {"reason": TYPED, "typed_window": "a-1"})
    assert FormOfPage(read(writes, asking)).fields["reason"] == TYPED
    ask_to_withdraw(complaint, reason="Settled.", by=play("body_approver"))
    who = {"author": "iopc_decision_maker", "colleague": "hmicfrs_decision_maker"}
    for step, field in [("meeting", "text"), ("decline_withdrawal", "because")]:
        address = reverse(f"complaints:{step}", args=[complaint.reference])
        is_kept_for_its_author_alone(address, field=field, **who)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stage", "step", "who"),
    [
        ("submitted", "acknowledge", "intake_officer"),
        ("acknowledged", "new_letter", "intake_officer"),
        ("acknowledged", "decide", "hmicfrs_decision_maker"),
        ("acknowledged", "withdraw", "intake_officer"),
        ("eligible", "reopen", "hmicfrs_decision_maker"),
    ],
)
def test_a_letter_is_kept_while_it_is_composed(stage: str, step: str, who: str) -> None:
    complaint = a_case_at(stage)
    if step == "decide":
        with_views(complaint)
    address = reverse(f"complaints:{step}", args=[complaint.reference])
    address += f"?template={TEMPLATES[0].name}" if step == "new_letter" else ""
    sent, writes = complaint.letters.count(), browser_of(play(who))
    (kept_at,) = re.findall(r'data-autosave="([^"]+)"', read(writes, address))
    typed: dict[str, Any] = {"text": TYPED, "send": "yes", "typed_window": "a-1", "typed_ms": 10}
    assert set(writes.post(kept_at, typed).json()) == {"saved", "mark"}
    shown = read(writes, address)
    assert FormOfPage(shown).fields["text"] == TYPED
    (without,) = re.findall(r'href="([^"]+stored)"', shown)
    assert TYPED not in read(writes, without)
    assert complaint.letters.count() == sent


@pytest.mark.django_db
def test_a_letter_that_was_previewed_and_sent_leaves_nothing_kept() -> None:
    complaint = a_case_at("submitted")
    address = reverse("complaints:acknowledge", args=[complaint.reference])
    writes = browser_of(play("intake_officer"))
    typed: dict[str, Any] = {"text": "Thank you.", "typed_window": "a-1", "typed_ms": 10}
    writes.post(f"{address}?keep", typed)
    preview = unescape(writes.post(address, typed | {"typed_ms": 20}).content.decode())
    fields = FormOfPage(preview).fields
    assert fields["text"] == typed["text"]
    assert writes.post(address, {**fields, "send": "yes"}).status_code == 302
    assert complaint.letters.get(kind=Letter.Kind.ACKNOWLEDGEMENT).text == typed["text"]
    writes.post(f"{address}?keep", typed)
    assert not SavedDraft.objects.filter(is_settled=False).exists()


@pytest.mark.django_db
def test_what_was_saved_or_sent_is_not_shown_again_and_a_late_copy_of_it_changes_nothing() -> None:
    complaint = an_acknowledged_complaint()
    address = reverse("complaints:own_messages", args=[complaint.reference])
    writes = browser_of(play("submitter"))
    typed = {"text": TYPED, "typed_window": "a-1", "typed_ms": 10}
    writes.post(f"{address}?keep", typed | {"uploads": "[object File]"})
    assert set(SavedDraft.objects.get().content) == {"text"}
    assert not Message.objects.exists()
    assert writes.post(address, typed | {"typed_ms": 20}).status_code == 302
    assert Message.objects.get().text == TYPED
    writes.post(f"{address}?keep", typed)
    assert FormOfPage(read(writes, address)).fields["text"] == ""


@pytest.mark.django_db
def test_a_date_that_is_half_typed_comes_back_box_by_box() -> None:
    address = reverse("complaints:meeting", args=[an_acknowledged_complaint().reference])
    writes = browser_of(play("iopc_decision_maker"))
    boxes = {"held_on_day": "27", "held_on_month": "Mar"}
    writes.post(f"{address}?keep", {"text": TYPED, **boxes, "typed_window": "a-1"})
    shown = FormOfPage(read(writes, address)).fields
    assert {name: shown[name] for name in boxes} == boxes
    assert shown["held_on_year"] == ""
    other = {**boxes, "held_on_month": "4", "typed_window": "b-2"}
    writes.post(f"{address}?keep", other)
    page = read(writes, address)
    assert FormOfPage(page).fields["held_on_month"] == "4"
    assert "27 Mar" in page


@pytest.mark.django_db
def test_a_registration_is_kept_while_it_is_typed_and_forgotten_once_it_stands() -> None:
    address, writes = reverse("complaints:register"), browser_of(play("intake_officer"))
    police = a_regime()
    typed = {"regime": police.pk, "title": TYPED, "harm": TYPED, "typed_window": "a-1"}
    writes.post(f"{address}?keep", typed)
    shown = FormOfPage(read(writes, address)).fields
    assert (shown["title"], shown["harm"], shown["regime"]) == (TYPED, TYPED, str(police.pk))
    body = Organisation.objects.get(slug="cwj")
    letter = {
        "lead_body": body.pk,
        "letter": an_upload(),
        **dict(zip(DAY, (2, 4, 2026), strict=True)),
    }
    assert writes.post(address, {**shown, **letter}).status_code == 302
    assert not SavedDraft.objects.filter(is_settled=False).exists()
    assert FormOfPage(read(writes, address)).fields["title"] == ""


@pytest.mark.django_db
def test_nothing_is_kept_where_one_may_not_write(client: Client) -> None:
    finding = a_finding()
    case = f"/casework/cases/{finding.investigation.complaint.reference}"
    for who in ("unassigned_investigator", "submitter", "press_officer"):
        signed_in_as(client, play(who))
        answer = client.post(f"{case}/findings/F-01/change?keep", {"reasons": TYPED})
        assert answer.status_code in {403, 404}
    assert not SavedDraft.objects.exists()


@pytest.mark.django_db
def test_what_is_typed_into_one_comparison_is_not_shown_in_another() -> None:
    earlier, one, other = (an_acknowledged_complaint() for _each in range(3))
    by = play("iopc_decision_maker")
    at: list[str] = [
        reverse("complaints:compare", args=[each.reference, earlier.reference])
        for each in (one, other)
    ]
    writes = browser_of(by)
    writes.post(f"{at[0]}?keep", {"reasons": TYPED, "version": 0})
    assert TYPED in read(writes, at[0])
    assert TYPED not in read(writes, at[1])


def test_a_message_typed_in_the_portal_outlives_a_closed_page(browse_as: BrowseAs) -> None:
    complaint = an_acknowledged_complaint()
    address = reverse("complaints:own_messages", args=[complaint.reference])
    page = browse_as(by := play("submitter"))
    page.goto(address)
    page.locator("textarea[name=text]").fill(TYPED)
    page.close(run_before_unload=False)  # Before two seconds are over.
    again = page.context.new_page()
    again.goto(address)
    again.get_by_text("This form shows what you typed").wait_for()
    assert again.locator("textarea[name=text]").input_value() == TYPED
    again.get_by_role("button", name="Send message").click()
    again.get_by_text("The message is sent.").wait_for()
    assert again.locator("textarea[name=text]").input_value() == ""
    assert Message.objects.get().by == by
