"""Files that come in pieces to a message, an answer or further evidence, and wait to be sent."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from clock.london import london_today, long_date
from complaints.models import Complaint, MessageFile, PartRequest
from complaints.services import correspondence
from complaints.services.unchecked import openable
from complaints.services.withdrawal import withdraw
from complaints.tasks import take_in_to_send
from complaints.views.to_send import answer_place
from documents.errors import NoneTakenError
from documents.models import StoredFile, UploadInPieces
from documents.states import ScanState
from supercomplaints.celery import app
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import an_acknowledged_complaint, an_upload
from tests.builders.documents import TEXT
from tests.cast import play
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db
WALKED = (an_acknowledged_complaint,)


@pytest.fixture
def complaint() -> Complaint:
    return an_acknowledged_complaint()


@pytest.fixture
def body(client: Client, complaint: Complaint) -> Client:
    """The browser of whoever submitted it."""
    return signed_in_as(client, play("submitter"))


def announced(sender: Client, complaint: Complaint, place: str, **said: Any) -> Any:
    told = {"name": "survey.txt", "size": len(TEXT), "changed": 1, **said}
    address = reverse("complaints:announce_to_send", args=[complaint.reference, place])
    return sender.post(address, told)


def brought(
    sender: Client, complaint: Complaint, place: str, content: bytes = TEXT, **said: Any
) -> UploadInPieces:
    """A file that has come whole, in two pieces, and was looked at."""
    begun = announced(sender, complaint, place, size=len(content), **said)
    address = begun.json()["address"]
    kind = "application/octet-stream"
    for offset, piece in ((0, content[:5]), (5, content[5:])):
        headers = {"Upload-Offset": str(offset)}
        sender.patch(address, piece, content_type=kind, headers=headers)
    upload = UploadInPieces.objects.get(token=address.rpartition("/")[2])
    take_in_to_send(upload.pk)
    upload.refresh_from_db()
    return upload


def page_of(reader: Client, name: str, complaint: Complaint, *more: object) -> str:
    address = reverse(f"complaints:{name}", args=[complaint.reference, *more])
    return reader.get(address).content.decode()


def offered(page: str) -> list[str]:
    """The files that a form says it sends."""
    return re.findall(r'name="brought" type="checkbox" value="([^"]+)" checked', page)


def test_the_task_that_an_upload_names_exists(body: Client, complaint: Complaint) -> None:
    announced(body, complaint, "message")
    app.loader.import_default_modules()
    assert UploadInPieces.objects.get().then in app.tasks


def test_a_file_waits_beside_the_message_and_goes_with_it(
    body: Client, complaint: Complaint
) -> None:
    upload = brought(body, complaint, "message")
    own_messages = reverse("complaints:own_messages", args=[complaint.reference])
    assert offered(page_of(body, "own_messages", complaint)) == [upload.token]
    assert not complaint.messages.exists()
    body.post(own_messages, {"text": "The survey.", "brought": [upload.token]})
    sent = MessageFile.objects.get(message__complaint=complaint)
    assert (sent.file, sent.message.text) == (upload.stored_file, "The survey.")
    assert offered(page_of(body, "own_messages", complaint)) == []


def test_a_message_that_is_pressed_twice_at_once_is_sent_once_with_its_file(
    body: Client, complaint: Complaint
) -> None:
    file = brought(body, complaint, "message").stored_file
    assert file
    by = play("submitter")
    correspondence.send_message(complaint, text="The survey.", uploads=[file], by=by)
    with pytest.raises(NoneTakenError, match="was sent already"):
        correspondence.send_message(complaint, text="The survey.", uploads=[file], by=by)
    assert complaint.messages.count() == 1


def test_a_file_that_is_left_out_waits_on(body: Client, complaint: Complaint) -> None:
    upload = brought(body, complaint, "message")
    own_messages = reverse("complaints:own_messages", args=[complaint.reference])
    body.post(own_messages, {"text": "Without it."})
    assert not MessageFile.objects.exists()
    page = page_of(body, "own_messages", complaint)
    assert offered(page) == [upload.token]
    assert f"waits here until {long_date(upload.kept_until)}" in page


def test_a_refused_form_still_says_which_files_go(body: Client, complaint: Complaint) -> None:
    goes, stays = (
        brought(body, complaint, "message"),
        brought(body, complaint, "message", changed=2),
    )
    own_messages = reverse("complaints:own_messages", args=[complaint.reference])
    refused = body.post(own_messages, {"text": "", "brought": [goes.token]}).content.decode()
    assert "Write the message before you send it." in refused
    assert offered(refused) == [goes.token]
    assert stays.token in refused


def test_a_file_of_one_form_is_not_offered_by_another(body: Client, complaint: Complaint) -> None:
    upload = brought(body, complaint, "evidence")
    assert offered(page_of(body, "own_messages", complaint)) == []
    assert offered(page_of(body, "add_evidence", complaint)) == [upload.token]
    own_messages = reverse("complaints:own_messages", args=[complaint.reference])
    body.post(own_messages, {"text": "Mine.", "brought": [upload.token]})
    assert not MessageFile.objects.exists()


def test_further_evidence_goes_with_its_title_and_needs_a_file(
    body: Client, complaint: Complaint
) -> None:
    address = reverse("complaints:add_evidence", args=[complaint.reference])
    none = body.post(address, {"title": "Survey", "shows": "Fear."}).content.decode()
    assert "Choose at least one file." in none
    upload = brought(body, complaint, "evidence")
    typed = {"title": "Survey", "shows": "Fear.", "brought": [upload.token]}
    assert body.post(address, typed).status_code == 302
    added = complaint.supporting_documents.exclude(added_at=None).get()
    assert (added.file, added.title, added.shows) == (upload.stored_file, "Survey", "Fear.")


def test_the_same_bytes_sent_again_are_refused_and_not_offered_again(
    body: Client, complaint: Complaint
) -> None:
    address = reverse("complaints:add_evidence", args=[complaint.reference])
    for number in (1, 2):
        upload = brought(body, complaint, "evidence", changed=number)
        answer = body.post(address, {"brought": [upload.token]})
    assert "It was not added again." in answer.content.decode()
    assert offered(answer.content.decode()) == []
    assert complaint.supporting_documents.exclude(added_at=None).count() == 1


def asked(complaint: Complaint) -> PartRequest:
    by, next_week = play("intake_officer"), london_today() + timedelta(days=7)
    return correspondence.ask_for_part(
        complaint, part="contact", asked="Who?", answer_by=next_week, by=by
    )


def test_an_answer_goes_with_its_own_files(body: Client, complaint: Complaint) -> None:
    first, second = asked(complaint), asked(complaint)
    upload = brought(body, complaint, answer_place(first.pk))
    assert offered(page_of(body, "answer_part", complaint, second.pk)) == []
    address = reverse("complaints:answer_part", args=[complaint.reference, first.pk])
    body.post(address, {"answer": "I am.", "brought": [upload.token]})
    assert first.files.get().file == upload.stored_file


def test_the_desk_sends_a_file_with_its_message_too(complaint: Complaint) -> None:
    desk = signed_in_as(Client(), play("intake_officer"))
    upload = brought(desk, complaint, "message")
    assert offered(page_of(desk, "messages", complaint)) == [upload.token]
    address = reverse("complaints:messages", args=[complaint.reference])
    desk.post(address, {"text": "As agreed.", "brought": [upload.token]})
    sent = MessageFile.objects.get(message__complaint=complaint)
    assert (sent.file, sent.message.from_body) == (upload.stored_file, False)


@pytest.mark.parametrize("reader", ["body_approver", "intake_officer"])
def test_nobody_else_is_shown_or_sends_what_waits(
    body: Client, complaint: Complaint, reader: str
) -> None:
    upload = brought(body, complaint, "message", name="unsent-survey.txt")
    StoredFile.objects.update(scan_state=ScanState.UNSCANNABLE, scanned_at=timezone.now())
    other, name = signed_in_as(Client(), play(reader)), "messages"
    if reader == "body_approver":
        name = "own_messages"
    page = page_of(other, name, complaint)
    assert (offered(page), "unsent-survey" in page) == ([], False)
    address = reverse("complaints:to_send", args=[complaint.reference, "message", upload.token])
    assert other.get(address).status_code == 404
    other.post(
        reverse(f"complaints:{name}", args=[complaint.reference]),
        {"text": "Mine.", "brought": [upload.token]},
    )
    assert not MessageFile.objects.exists()
    assert upload.stored_file_id not in openable(complaint)


@pytest.mark.parametrize("who", ["other_body_submitter", "responder", "stranger"])
def test_nobody_outside_the_case_brings_it_a_file(complaint: Complaint, who: str) -> None:
    outside = signed_in_as(Client(), play(who))
    assert announced(outside, complaint, "message").status_code in {403, 404}
    assert not UploadInPieces.objects.exists()


@pytest.mark.parametrize("place", ["draft", "answer-", "answer-x", "messages", "answer-1-2"])
def test_a_form_that_is_not_there_is_brought_nothing(
    body: Client, complaint: Complaint, place: str
) -> None:
    assert announced(body, complaint, place).status_code == 404


def test_an_answer_of_another_case_or_of_none_is_brought_nothing(
    body: Client, complaint: Complaint
) -> None:
    here, there = asked(complaint), asked(an_acknowledged_complaint())
    for place in (answer_place(there.pk), answer_place(999_999)):
        assert announced(body, complaint, place).status_code == 404
    assert announced(body, complaint, answer_place(here.pk)).status_code == 201


def test_a_closed_case_is_brought_nothing_and_says_why(body: Client, complaint: Complaint) -> None:
    late = announced(body, complaint, "message").json()["address"]
    withdraw(complaint, reason="As asked.", asked_for_by_body=True, by=play("intake_officer"))
    refused = announced(body, complaint, "message", changed=2)
    assert (refused.status_code, "is closed" in refused.json()["refusal"]) == (422, True)
    body.patch(late, TEXT, content_type="application/octet-stream", headers={"Upload-Offset": "0"})
    take_in_to_send(UploadInPieces.objects.get().pk)
    assert "is closed" in body.get(late).json()["refusal"]


def test_a_refused_file_says_why_beside_the_form_until_it_is_taken_off(
    body: Client, complaint: Complaint
) -> None:
    upload = brought(body, complaint, "message", b"<html><script>x</script></html>", name="a.html")
    assert "is a web page" in page_of(body, "own_messages", complaint)
    body.post(
        reverse("complaints:forget_to_send", args=[complaint.reference, "message", upload.token])
    )
    assert "is a web page" not in page_of(body, "own_messages", complaint)


def another_of(complaint: Complaint) -> Complaint:
    """A second super-complaint of the same body."""
    another = an_acknowledged_complaint()
    assert another != complaint
    return another


@pytest.mark.parametrize("whose", ["of another case", "of somebody else"])
def test_a_verb_sends_no_file_that_its_sender_did_not_bring(
    body: Client, complaint: Complaint, whose: str
) -> None:
    other: Membership = play("body_approver")
    if whose == "of somebody else":
        file = brought(body, complaint, "message").stored_file
    else:
        file = brought(body, another_of(complaint), "message").stored_file
        other = play("submitter")
    assert file
    with pytest.raises(ActRefusedError, match="not given by you"):
        correspondence.send_message(complaint, text="This.", by=other, uploads=[file])
    assert not complaint.messages.exists()


def test_files_given_in_the_form_go_beside_those_that_came_before(
    body: Client, complaint: Complaint
) -> None:
    upload = brought(body, complaint, "message")
    typed = {"text": "Both.", "brought": [upload.token], "uploads": [an_upload("b.txt")]}
    body.post(reverse("complaints:own_messages", args=[complaint.reference]), typed)
    assert complaint.messages.get().files.count() == 2
