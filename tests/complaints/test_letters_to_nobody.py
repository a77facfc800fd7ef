"""A body of which nobody can read here is sent its letters in a way that is kept with each."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, Organisation
from audit.models import AuditEntry
from complaints.events import ComplaintEvent
from complaints.models import Complaint
from complaints.services import acknowledgement, letter_texts, withdrawal
from investigations.services import progress
from notifications.models import Message
from tests.builders.accounts import organisation, signed_in_as
from tests.builders.complaints import a_registered_complaint, an_acknowledged_complaint
from tests.builders.investigations import an_open_investigation
from tests.cast import play
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db

WAY = "By post to 21 High Street"
WARNING = "Nobody at Southall Black Sisters can read a letter here"


def a_letter_of_a_body_without_accounts() -> Complaint:
    return a_registered_complaint(lead_body=organisation("sbs"))


def gone(body: Organisation) -> None:
    """Everybody of a body has left it."""
    Membership.objects.filter(organisation=body).update(ended_at=timezone.now())


def at(page: str, complaint: Complaint) -> str:
    return reverse(f"complaints:{page}", args=[complaint.reference])


def mailed_to(body: Organisation) -> list[str]:
    return [one.body for one in Message.objects.filter(address=body.mailbox).order_by("pk")]


def test_a_body_without_accounts_is_asked_at_its_mailbox_to_confirm() -> None:
    complaint = a_letter_of_a_body_without_accounts()
    [asked] = mailed_to(complaint.lead_body)
    assert "Confirm that it is yours, or tell us that it is not." in asked
    assert "say who will read our letters and write to us" in " ".join(asked.split())


def test_the_page_warns_asks_how_it_is_sent_and_the_letters_show_it(client: Client) -> None:
    complaint = a_letter_of_a_body_without_accounts()
    signed_in_as(client, play("intake_officer"))
    play("submitter")
    choice = client.get(reverse("complaints:register")).content.decode()
    assert "Southall Black Sisters (no account here)" in choice
    assert "Centre for Women&#x27;s Justice<" in choice
    text = letter_texts.acknowledgement(complaint)
    assert WARNING in client.get(at("acknowledge", complaint)).content.decode()
    silent = client.post(at("acknowledge", complaint), {"text": text, "send": "yes"})
    assert "Enter how you send it to the body." in silent.content.decode()
    seen = client.post(at("acknowledge", complaint), {"text": text, "way": WAY}).content.decode()
    assert f"Sent outside this service: {WAY}" in seen
    typed = {"text": text, "way": WAY, "send": "yes"}
    letters = client.post(at("acknowledge", complaint), typed, follow=True).content.decode()
    assert f"Now download the letter and send it as you recorded: {WAY}" in letters
    assert f"Sent outside this service: {WAY}" in letters
    assert WARNING in letters
    entry = AuditEntry.objects.get(event=ComplaintEvent.LETTER_SENT)
    assert entry.detail["way"] == WAY


def test_the_mailbox_of_the_body_is_told_and_whom_to_ask_for_an_account() -> None:
    complaint = a_letter_of_a_body_without_accounts()
    text = letter_texts.acknowledgement(complaint)
    acknowledgement.acknowledge(complaint, text=text, way=WAY, by=play("intake_officer"))
    told = mailed_to(complaint.lead_body)[-1]
    assert "Receipt of your super-complaint was acknowledged." in told
    assert f"Write to {organisation('hmicfrs').name} at {organisation('hmicfrs').mailbox}" in told
    assert complaint.title not in told


def test_a_letter_without_a_way_waits_for_somebody_who_can_read_it() -> None:
    complaint, officer = a_letter_of_a_body_without_accounts(), play("intake_officer")
    with pytest.raises(ActRefusedError, match="Nobody at Southall Black Sisters can read this"):
        acknowledgement.acknowledge(complaint, text="We have it.", way=" ", by=officer)
    with pytest.raises(ActRefusedError, match="Nobody at Southall Black Sisters can read this"):
        withdrawal.withdraw(
            complaint, reason="Asked.", asked_for_by_body=True, text="Over.", by=officer
        )
    before = len(mailed_to(complaint.lead_body))
    reader = play("submitter")
    Membership.objects.filter(pk=reader.pk).update(organisation=complaint.lead_body)
    letter = acknowledgement.acknowledge(complaint, text="We have it.", by=officer)
    assert letter.way == ""
    assert len(mailed_to(complaint.lead_body)) == before
    assert Message.objects.filter(recipient=reader, body__contains="acknowledged").count() == 1


def test_a_case_is_withdrawn_without_a_letter_and_so_without_a_way(client: Client) -> None:
    complaint = an_acknowledged_complaint()
    gone(complaint.lead_body)
    signed_in_as(client, play("intake_officer"))
    typed = {"asked_for_by_body": "yes", "reason": "It asked.", "text": "", "send": "yes"}
    lacking = client.post(at("withdraw", complaint), {**typed, "text": "It is withdrawn."})
    assert "Enter how you send it to the body." in lacking.content.decode()
    client.post(at("withdraw", complaint), typed)
    complaint.refresh_from_db()
    assert complaint.status == "withdrawn"


def test_a_progress_report_asks_how_it_is_sent_once_everybody_has_left(client: Client) -> None:
    investigation, lead = an_open_investigation(), play("lead_investigator")
    report = progress.write(investigation, text="So far.", by=lead)
    gone(investigation.complaint.lead_body)
    page = reverse(
        "investigations:send_progress_report", args=[investigation.case_reference, report.number]
    )
    signed_in_as(client, lead)
    assert "can read a letter here" in client.get(page).content.decode()
    read = {"version": report.version}
    assert "Enter how you send it to the body." in client.post(page, read).content.decode()
    client.post(page, {**read, "way": WAY})
    letter = investigation.complaint.letters.get(kind="progress_report")
    assert letter.way == WAY
