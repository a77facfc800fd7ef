"""Rounds about a missing part: both sides read them all, with files and days that passed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from accounts.roles import Role
from clock.london import london_today
from complaints.models import Complaint, PartRequest
from complaints.services import correspondence
from documents.errors import UploadRefusedError
from tests.builders.accounts import a_membership, signed_in_as
from tests.builders.complaints import a_submitted_complaint, an_upload
from tests.cast import play

pytestmark = pytest.mark.django_db


def asked(complaint: Complaint, what: str = "Who is your contact?") -> PartRequest:
    by = london_today() + timedelta(days=7)
    return correspondence.ask_for_part(
        complaint, part="contact", asked=what, answer_by=by, by=play("intake_officer")
    )


def due(part: PartRequest, *, days_ago: int) -> None:
    """As it stands once the day to answer by has passed."""
    day = london_today() - timedelta(days=days_ago)
    PartRequest.objects.filter(pk=part.pk).update(answer_by=day)


def read(who: Membership, name: str, complaint: Complaint, *more: object) -> str:
    address = reverse(f"complaints:{name}", args=[complaint.reference, *more])
    answer = signed_in_as(Client(), who).get(address)
    assert answer.status_code == 200, name
    return " ".join(answer.content.decode().split())


def test_an_answered_round_stays_readable_to_the_body_and_its_reviewer(client: Client) -> None:
    complaint = a_submitted_complaint()
    first = asked(complaint)
    signed_in_as(client, play("submitter"))
    address = reverse("complaints:answer_part", args=[complaint.reference, first.pk])
    files = [an_upload("mandate.txt"), an_upload("minutes.txt")]
    assert client.post(address, {"answer": "Ann Roe", "uploads": files}).status_code == 302
    asked(complaint, what="And her deputy?")
    for who in (play("submitter"), a_membership(Role.BODY_REVIEWER, at="cwj")):
        page = read(who, "own_messages", complaint)
        for words in ("Round 1", "Who is your contact?", "Ann Roe", "mandate", "Round 2"):
            assert words in page
        assert "Intake officer" not in page
        assert "and what we asked you for" in read(who, "tracker", complaint)
    page = read(play("intake_officer"), "messages", complaint)
    assert "Answered" in page
    assert "minutes" in page


def test_the_files_of_an_answer_are_further_evidence_and_are_not_taken_twice() -> None:
    complaint = a_submitted_complaint()
    same, by = b"The same words.", play("submitter")
    first, second = asked(complaint), asked(complaint)
    correspondence.answer_part(
        complaint, asked_for=first, answer="A", uploads=[an_upload("a.txt", content=same)], by=by
    )
    piece = first.files.get()
    assert (piece.title, piece.added_at is not None) == ("a", True)
    assert piece in complaint.supporting_documents.all()
    with pytest.raises(UploadRefusedError):
        correspondence.answer_part(
            complaint, asked_for=second, answer="B", uploads=[an_upload(content=same)], by=by
        )
    second.refresh_from_db()
    assert second.answered_at is None
    mixed = [an_upload("c.txt", content=same), an_upload("d.txt")]
    files = correspondence.answer_part(
        complaint, asked_for=second, answer="B", uploads=mixed, by=by
    )
    assert [piece.title for piece in files.kept] == ["d"]
    assert ["already here as “a”" in reason for reason in files.refused] == [True]
    assert second.files.count() == 1


def test_a_day_that_has_passed_is_said_to_both_sides_and_the_answer_is_still_taken() -> None:
    complaint = a_submitted_complaint()
    part = asked(complaint)
    assert "passed" not in read(play("submitter"), "answer_part", complaint, part.pk)
    due(part, days_ago=2)
    said = "The day to answer by passed 2 days ago."
    assert said in read(play("intake_officer"), "messages", complaint)
    assert said in read(play("submitter"), "own_messages", complaint)
    assert "That day has passed" in read(play("submitter"), "tracker", complaint)
    assert "That day passed 2 days ago" in read(
        play("submitter"), "answer_part", complaint, part.pk
    )
    correspondence.answer_part(complaint, asked_for=part, answer="Ann", by=play("submitter"))
    late = "2 days after the day it was asked for"
    assert late in read(play("intake_officer"), "messages", complaint)
    assert late in read(play("submitter"), "own_messages", complaint)
