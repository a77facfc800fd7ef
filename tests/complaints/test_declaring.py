"""The interruption and the declaration before a super-complaint is received, once."""

import threading
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Designation, Membership
from audit.models import AuditEntry
from complaints.events import ComplaintEvent
from complaints.models import Complaint, Declaration, Letter
from complaints.services import submission
from complaints.services.declaring import Signatory, words_for
from notifications.models import Message
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import (
    DECLARED,
    SIGNATORY,
    a_complete_draft,
    a_draft,
    a_registered_complaint,
    a_submitted_complaint,
)
from tests.cast import play
from tests.complaints.test_portal_pages import page_of
from tests.publication.connections import at_once
from workflow.errors import ActRefusedError

TIMES = 5


def address(draft: Complaint, page: str = "submit") -> str:
    return reverse(f"complaints:{page}", args=[draft.key])


@pytest.mark.django_db
def test_who_declared_in_which_role_and_words_and_when_is_kept(
    client: Client, body_approver: Membership
) -> None:
    draft = a_complete_draft(by=body_approver)
    page = page_of(signed_in_as(client, body_approver), "submit", draft.key)
    words = words_for(draft.lead_body)
    assert words in unescape(page)
    assert f'value="{body_approver.user.name}"' in page
    typed = {**DECLARED, "name": " Non Ŵyn ", "role": "Prif weithredwr"}
    assert client.post(address(draft), typed).status_code == 302
    draft.refresh_from_db()
    kept = draft.declaration
    assert (kept.name, kept.role, kept.words) == ("Non Ŵyn", "Prif weithredwr", words)
    assert (kept.by, kept.declared_at) == (body_approver, draft.submitted_at)


@pytest.mark.django_db
def test_the_record_says_that_it_was_declared_and_names_nobody_in_its_open_part() -> None:
    complaint = a_submitted_complaint()
    entry = AuditEntry.objects.get(chain=complaint.key, event=ComplaintEvent.RECEIVED)
    assert entry.detail["declared_at"]
    assert SIGNATORY.name not in str(entry.detail)
    assert SIGNATORY.role not in str(entry.detail)
    assert entry.private.content["declared_by"] == SIGNATORY.name


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("left_out", "sentence"),
    [
        ("name", "Enter your full name."),
        ("role", "Enter your role at the organisation."),
        ("authorised", "Confirm that you are authorised to make it."),
    ],
)
def test_nothing_is_submitted_without_the_whole_declaration(
    client: Client, body_approver: Membership, left_out: str, sentence: str
) -> None:
    draft = a_complete_draft(by=body_approver)
    answer = signed_in_as(client, body_approver).post(address(draft), {**DECLARED, left_out: ""})
    assert sentence in answer.content.decode()
    draft.refresh_from_db()
    assert (draft.reference, Declaration.objects.count()) == ("", 0)


@pytest.mark.django_db
def test_no_verb_and_no_row_does_without_who_declares(body_approver: Membership) -> None:
    draft = a_complete_draft(by=body_approver)
    with pytest.raises(ActRefusedError, match="name and the role"):
        submission.submit(draft, signatory=Signatory("A Person", " "), by=body_approver)
    draft.refresh_from_db()
    assert draft.submitted_at is None
    kept = a_submitted_complaint().declaration
    with pytest.raises(IntegrityError, match="which_role"), transaction.atomic():
        Declaration.objects.filter(pk=kept.pk).update(role="")


@pytest.mark.django_db
def test_a_letter_declares_nothing_in_the_portal() -> None:
    assert not hasattr(a_registered_complaint(), "declaration")


@pytest.mark.django_db
def test_one_page_says_what_submitting_means_before_the_declaration(
    client: Client, body_approver: Membership
) -> None:
    draft = a_complete_draft(by=body_approver)
    checked = page_of(signed_in_as(client, body_approver), "check", draft.key)
    assert address(draft, "before_submitting") in checked
    page = unescape(page_of(client, "before_submitting", draft.key))
    assert "You can’t change it afterwards" in page
    assert "clock starts" in page
    for part in draft.regime.parts.all():
        assert part.organisation.name in page
    assert address(draft) in page
    assert address(draft, "check") in page
    draft.refresh_from_db()
    assert draft.reference == ""


@pytest.mark.django_db
def test_nobody_is_interrupted_who_cannot_submit(
    client: Client, body_approver: Membership, submitter: Membership
) -> None:
    full, half = a_complete_draft(by=submitter), a_draft(by=submitter)
    signed_in_as(client, submitter)
    for draft in (full, half):
        answer = client.get(address(draft, "before_submitting"))
        assert answer["Location"] == address(draft)
    signed_in_as(client, body_approver)
    Designation.objects.filter(organisation=submitter.organisation).delete()
    assert client.get(address(full, "before_submitting"))["Location"] == address(full)


@pytest.mark.committed
def test_however_often_the_button_is_pressed_it_is_submitted_once() -> None:
    draft, approver = a_complete_draft(), play("body_approver")
    page = signed_in_as(Client(), approver)
    signed_in: dict[str, Any] = {name: each.value for name, each in page.cookies.items()}
    Message.objects.all().delete()
    answers: list[Any] = []
    gathered = threading.Lock()

    def press() -> None:
        browser = Client()
        browser.cookies.load(signed_in)
        answer = browser.post(address(draft), DECLARED)
        with gathered:
            answers.append(answer)

    at_once(press, times=TIMES)
    draft.refresh_from_db()
    there = reverse("complaints:submitted", args=[draft.reference])
    assert [(each.status_code, each["Location"]) for each in answers] == [(302, there)] * TIMES
    assert Declaration.objects.filter(complaint=draft).count() == 1
    assert draft.letters.filter(kind=Letter.Kind.RECEIPT).count() == 1
    received = AuditEntry.objects.filter(chain=draft.key, event=ComplaintEvent.RECEIVED)
    assert received.count() == 1
    told = [(each.address, each.subject) for each in Message.objects.all()]
    assert told, "The body and the receiving authority are told."
    assert len(told) == len(set(told))
