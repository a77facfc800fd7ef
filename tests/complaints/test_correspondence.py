"""Messages, missing parts, further evidence and requests to withdraw: both sides, and strangers."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from clock.london import london_today
from complaints.models import Complaint, Message, MessageFile, PartRequest
from complaints.services import correspondence, withdrawal_requests
from complaints.states import CaseStatus
from deadlines.models import Deadline
from documents.errors import UploadRefusedError
from notifications.models import Message as Notice
from supercomplaints.templatetags.govuk import london_instant
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import (
    HARM,
    a_draft,
    a_registered_complaint,
    a_submitted_complaint,
    a_withdrawn_complaint,
    acknowledged,
    an_acknowledged_complaint,
    an_eligible_complaint,
    an_upload,
)
from tests.cast import play
from workflow.errors import ActRefusedError, TransitionRefusedError

pytestmark = pytest.mark.django_db
WALKED = (an_acknowledged_complaint, a_submitted_complaint)

OURS = ("own_messages", "add_evidence", "ask_to_withdraw")
THEIRS = ("messages", "ask_for_part", "decline_withdrawal")


def at(name: str, complaint: Complaint, *more: object) -> str:
    """The address of a page of a complaint."""
    return reverse(f"complaints:{name}", args=[complaint.reference, *more])


def said(client: Client, who: Membership, name: str, complaint: Complaint, *more: object) -> str:
    """A page as this member reads it."""
    answer = signed_in_as(client, who).get(at(name, complaint, *more))
    assert answer.status_code == 200, name
    return " ".join(answer.content.decode().split())


def asked(complaint: Complaint, *, what: str = "Name a contact person.") -> PartRequest:
    """The body is asked for its contact person by next week."""
    by = london_today() + timedelta(days=7)
    return correspondence.ask_for_part(
        complaint, part="contact", asked=what, answer_by=by, by=play("intake_officer")
    )


def test_messages_go_both_ways_with_their_files_and_name_no_staff_to_the_body(
    client: Client,
) -> None:
    complaint = an_acknowledged_complaint()
    signed_in_as(client, play("submitter"))
    typed = {"text": "Here are two tables.", "uploads": [an_upload("a.txt"), an_upload("b.txt")]}
    assert client.post(at("own_messages", complaint), typed).status_code == 302
    signed_in_as(client, play("intake_officer"))
    assert client.post(at("messages", complaint), {"text": "We have them."}).status_code == 302
    assert [message.from_body for message in Message.objects.all()] == [True, False]
    desk = said(client, play("hmicfrs_decision_maker"), "messages", complaint)
    assert "a.txt" in desk
    assert "Intake officer" in desk
    body = said(client, play("body_approver"), "own_messages", complaint)
    assert "b.txt" in body
    assert "We have them." in body
    assert "Intake officer" not in body
    told = Notice.objects.filter(case_key=complaint.key)
    assert told.filter(recipient=play("intake_officer"), body__contains="sent a message").exists()
    assert told.filter(recipient=play("submitter"), body__contains="A message on your").exists()


def tool() -> SimpleUploadedFile:
    """A program, which is never taken in."""
    return an_upload("tool.exe", content=b"MZ\x90\x00" + b"\0" * 200)


def test_a_refused_file_sends_no_part_of_its_message(client: Client) -> None:
    complaint = an_acknowledged_complaint()
    signed_in_as(client, play("submitter"))
    page = client.post(at("own_messages", complaint), {"text": "See.", "uploads": [tool()]})
    assert "tool.exe" in page.content.decode()
    assert not Message.objects.exists()


def test_of_several_files_of_a_message_those_refused_are_named_and_the_others_go(
    client: Client,
) -> None:
    complaint = an_acknowledged_complaint()
    signed_in_as(client, play("submitter"))
    address = at("own_messages", complaint)
    refused = [tool(), SimpleUploadedFile("empty.txt", b"")]
    nothing = client.post(address, {"text": "See.", "uploads": refused}).content.decode()
    assert nothing.count("“tool.exe” is not") == nothing.count("“empty.txt” is empty") == 1
    assert nothing.count('<li><a href="#') == len(refused)
    assert not Message.objects.exists()
    typed = {"text": "See.", "uploads": [an_upload("a.txt"), tool()]}
    page = client.post(address, typed, follow=True).content.decode()
    assert "The message is sent." in page
    assert "A file was not sent with it. “tool.exe” is not" in page
    assert [str(file) for file in Message.objects.get().files.all()] == ["a.txt"]


def test_of_several_files_of_further_evidence_those_refused_are_named_and_the_others_kept(
    client: Client,
) -> None:
    complaint = an_acknowledged_complaint()
    signed_in_as(client, play("submitter"))
    typed = {
        "uploads": [an_upload("a.txt"), tool(), an_upload("b.txt")],
        "title": "T",
        "shows": "S",
    }
    page = client.post(at("add_evidence", complaint), typed).content.decode()
    assert "2 of 3 files were added." in page
    assert "“tool.exe” is not a kind of file" in page
    added = complaint.supporting_documents.exclude(added_at=None)
    assert sorted((one.title, one.shows) for one in added) == [("a", "S"), ("b", "S")]


@pytest.mark.parametrize("who", ["other_body_submitter", "responder", "administrator", "stranger"])
def test_nobody_else_learns_that_there_are_messages(client: Client, who: str) -> None:
    complaint = an_acknowledged_complaint()
    message = correspondence.send_message(
        complaint, text="Ours.", uploads=[an_upload()], by=play("submitter")
    ).message
    part, file = asked(complaint), message.files.get()
    signed_in_as(client, play(who))
    for name in (*OURS, *THEIRS):
        assert client.get(at(name, complaint)).status_code == 404, name
    for name, pk in (
        ("answer_part", part.pk),
        ("own_message_file", file.pk),
        ("message_file", file.pk),
    ):
        assert client.get(at(name, complaint, pk)).status_code == 404, name
    with pytest.raises(PermissionDenied):
        correspondence.send_message(complaint, text="Mine.", by=play(who))


def test_what_hangs_on_one_complaint_is_not_found_under_another(client: Client) -> None:
    mine = a_submitted_complaint()
    theirs = a_submitted_complaint(approver=play("body_approver"))
    message = correspondence.send_message(
        theirs, text="Theirs.", uploads=[an_upload()], by=play("submitter")
    ).message
    foreign = message.files.get().pk, asked(theirs).pk
    signed_in_as(client, play("submitter"))
    assert client.get(at("own_message_file", mine, foreign[0])).status_code == 404
    assert client.get(at("answer_part", mine, foreign[1])).status_code == 404
    answered = client.post(at("answer_part", mine, foreign[1]), {"answer": "No."})
    assert answered.status_code == 404
    signed_in_as(client, play("intake_officer"))
    assert client.get(at("message_file", mine, foreign[0])).status_code == 404
    assert not PartRequest.objects.exclude(answer="").exists()


def test_the_desk_has_no_door_through_the_portal_nor_the_body_through_the_desk(
    client: Client,
) -> None:
    complaint = an_acknowledged_complaint()
    signed_in_as(client, play("intake_officer"))
    assert {client.get(at(name, complaint)).status_code for name in OURS} == {404}
    signed_in_as(client, play("body_approver"))
    assert {client.get(at(name, complaint)).status_code for name in THEIRS} == {404}


def test_a_missing_part_is_asked_for_and_answered_beside_what_was_submitted(
    client: Client,
) -> None:
    complaint = a_submitted_complaint()
    signed_in_as(client, play("intake_officer"))
    day = london_today() + timedelta(days=7)
    typed = {"part": "harm", "asked": "Which groups are harmed?"}
    boxes = {"answer_by_day": day.day, "answer_by_month": day.month, "answer_by_year": day.year}
    assert client.post(at("ask_for_part", complaint), {**typed, **boxes}).status_code == 302
    assert "We need something from you by" in said(client, play("submitter"), "tracker", complaint)
    part = PartRequest.objects.get()
    answer = at("answer_part", complaint, part.pk)
    assert client.post(answer, {"answer": "Women without status."}).status_code == 302
    workbench = said(client, play("iopc_decision_maker"), "eligibility", complaint)
    assert HARM in workbench
    assert "Women without status." in workbench
    complaint.refresh_from_db()
    assert complaint.harm == HARM
    assert "We need something" not in said(client, play("submitter"), "tracker", complaint)


def test_a_second_round_keeps_the_first_and_an_answer_is_given_once() -> None:
    complaint = a_submitted_complaint()
    first, second = asked(complaint), asked(complaint, what="And a telephone number.")
    by = play("submitter")
    correspondence.answer_part(complaint, asked_for=first, answer="Contact 1", by=by)
    with pytest.raises(ActRefusedError, match="answered already"):
        correspondence.answer_part(complaint, asked_for=first, answer="Contact 2", by=by)
    correspondence.answer_part(complaint, asked_for=second, answer="None", by=by)
    assert [row.answer for row in complaint.part_requests.all()] == ["Contact 1", "None"]


def test_asking_for_a_part_moves_no_clock_and_comes_before_the_decision_only() -> None:
    """A statutory period can't be paused."""
    complaint = a_submitted_complaint()
    before = list(Deadline.objects.values_list("due_on", "state"))
    asked(complaint)
    assert list(Deadline.objects.values_list("due_on", "state")) == before
    with pytest.raises(ActRefusedError, match="until eligibility is decided"):
        asked(an_eligible_complaint())


def test_only_the_receiving_authority_asks_and_only_the_body_answers() -> None:
    complaint = a_submitted_complaint()
    part = asked(complaint)
    with pytest.raises(ActRefusedError, match="Only a body"):
        correspondence.answer_part(
            complaint, asked_for=part, answer="Ours", by=play("intake_officer")
        )
    with pytest.raises(ActRefusedError, match="Only HMICFRS"):
        correspondence.ask_for_part(
            complaint,
            part="harm",
            asked="More.",
            answer_by=london_today(),
            by=play("submitter"),
        )


def test_further_evidence_is_dated_and_the_same_bytes_are_refused(client: Client) -> None:
    complaint = an_eligible_complaint()
    signed_in_as(client, play("submitter"))
    typed = {"uploads": an_upload("later.txt", content=b"Later."), "title": "Later", "shows": ""}
    assert client.post(at("add_evidence", complaint), typed).status_code == 302
    assert complaint.supporting_documents.get(title="Later").added_at is not None
    again = an_upload("again.txt", content=b"Later.")
    with pytest.raises(UploadRefusedError, match="already here"):
        correspondence.add_evidence(
            complaint, upload=again, title="Again", shows="", by=play("submitter")
        )
    desk = said(client, play("hmicfrs_decision_maker"), "eligibility", complaint)
    assert "after submission" in desk


def test_both_sides_are_told_of_a_message_s_file_that_the_case_has_already(
    client: Client,
) -> None:
    complaint, other = an_acknowledged_complaint(), an_acknowledged_complaint()
    by = play("submitter")
    for case, text in ((other, "Elsewhere."), (complaint, "First."), (complaint, "Again.")):
        table = an_upload(f"{text[:-1]}.txt", content=b"One table.")
        correspondence.send_message(case, text=text, by=by, uploads=[table])
    first = complaint.messages.get(text="First.")
    desk = said(client, play("intake_officer"), "messages", complaint)
    assert desk.count("The same file as") == 1
    then = london_instant(first.sent_at)
    assert f"The same file as one sent at {then}." in desk.partition("Again.")[2]
    as_evidence = an_upload("evidence.txt", content=b"One table.")
    added = correspondence.add_evidence(complaint, upload=as_evidence, title="", shows="", by=by)
    body = said(client, by, "own_messages", complaint)
    assert body.count(f"The same file as evidence {added.number}.") == 2
    assert "The same file as" not in said(client, by, "own_messages", other)


def test_nothing_is_sent_on_a_closed_case_or_a_draft(client: Client) -> None:
    for complaint in (a_withdrawn_complaint(), a_draft()):
        with pytest.raises(ActRefusedError, match="closed"):
            correspondence.send_message(complaint, text="Late.", by=play("submitter"))
    closed = a_withdrawn_complaint()
    assert "send no more" in said(client, play("submitter"), "own_messages", closed)
    assert "Nothing more can be sent" in said(client, play("submitter"), "add_evidence", closed)
    assert not MessageFile.objects.exists()


def test_a_body_asks_to_withdraw_and_the_desk_declines_with_a_reason(client: Client) -> None:
    complaint = an_acknowledged_complaint()
    signed_in_as(client, play("body_approver"))
    for _press in range(2):
        assert client.post(at("ask_to_withdraw", complaint), {"reason": "Solved."}).status_code in (
            200,
            302,
        )
    assert complaint.withdrawal_requests.count() == 1
    complaint.refresh_from_db()
    assert complaint.status == CaseStatus.SUBMITTED
    desk = said(client, play("intake_officer"), "messages", complaint)
    assert "Solved." in desk
    assert "Give the reason" in (
        client.post(at("decline_withdrawal", complaint), {"because": ""}).content.decode()
    )
    declined = client.post(at("decline_withdrawal", complaint), {"because": "Others are harmed."})
    assert declined.status_code == 302
    assert "Others are harmed." in said(client, play("submitter"), "tracker", complaint)


def test_only_an_approver_asks_to_withdraw_and_only_before_the_end() -> None:
    with pytest.raises(PermissionDenied):
        withdrawal_requests.ask_to_withdraw(
            an_acknowledged_complaint(), reason="Solved.", by=play("submitter")
        )
    with pytest.raises(TransitionRefusedError):
        withdrawal_requests.ask_to_withdraw(
            a_withdrawn_complaint(), reason="Solved.", by=play("body_approver")
        )


def test_the_database_keeps_an_answer_with_its_person_and_instant() -> None:
    part = asked(a_submitted_complaint())
    with pytest.raises(IntegrityError, match="an_answer_has"), transaction.atomic():
        PartRequest.objects.filter(pk=part.pk).update(answer="Somebody’s")


def test_the_tracker_says_plainly_what_was_promised_met_and_late(client: Client) -> None:
    long_ago = london_today() - timedelta(days=60)
    complaint = a_registered_complaint(received_on=long_ago)
    page = said(client, play("body_approver"), "tracker", complaint)
    assert "We are late." in page
    acknowledged(complaint)
    page = said(client, play("body_approver"), "tracker", complaint)
    assert "We were late." in page
    assert "Met on" in page
    assert "We are late." not in page
    in_time = said(client, play("body_approver"), "tracker", an_acknowledged_complaint())
    assert "late." not in in_time
