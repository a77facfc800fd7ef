"""What a body sent and no scanner could read: one person opens it for another, and says why."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.services.walls import raise_wall
from audit.models import AuditEntry
from complaints.models import Complaint, MessageFile
from complaints.services import correspondence, evidence_relied_on, submission
from complaints.services.unchecked import open_unchecked
from documents.events import DocumentEvent
from documents.models import StoredFile
from documents.services.scanning import scan
from tests.builders import complaints as built
from tests.builders.accounts import signed_in_as
from tests.builders.documents import EICAR, a_pdf_with_password
from tests.cast import play
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db

REASON = "The body has it in no other form."


def at(name: str, *args: object) -> str:
    return reverse(f"complaints:{name}", args=args)


@pytest.fixture
def complaint() -> Complaint:
    """A complaint with one file that nobody can check, among its evidence."""
    by = play("body_approver")
    draft = built.a_complete_draft(by=by, files=0)
    upload = built.an_upload("locked.pdf", content=a_pdf_with_password())
    piece = evidence_relied_on.attach(draft, upload=upload, title="Locked", shows="All.", by=by)
    scan(piece.file_id or 0)
    return submission.submit(draft, signatory=built.SIGNATORY, by=by)


@pytest.fixture
def locked(complaint: Complaint) -> StoredFile:
    """That file."""
    file = complaint.supporting_documents.get().file
    assert file
    return file


def test_a_file_is_opened_for_one_named_person_who_is_told_the_reason_of_nobody_else(
    client: Client, complaint: Complaint, locked: StoredFile
) -> None:
    document = complaint.supporting_documents.get()
    file_page = at("supporting_document", complaint.reference, document.pk)
    decider = play("iopc_decision_maker")
    officer = signed_in_as(client, play("intake_officer"))
    shown = officer.get(at("eligibility", complaint.reference)).content.decode()
    opening = at("open_unchecked", complaint.reference, locked.pk)
    assert opening in shown
    assert file_page not in shown
    answer = officer.post(opening, {"reader": decider.pk, "reason": REASON}, follow=True)
    assert "may open “locked.pdf” unchecked" in answer.content.decode()
    assert officer.get(file_page)["Location"] == at("eligibility", complaint.reference)

    reader = signed_in_as(Client(), decider)
    shown = reader.get(at("eligibility", complaint.reference)).content.decode()
    assert "It was opened for you unchecked." in shown
    assert reader.get(file_page)["Content-Type"] == "application/pdf"
    entry = AuditEntry.objects.get(chain=complaint.key, event=DocumentEvent.FILE_OPENED_UNCHECKED)
    assert (entry.detail["reason"], entry.detail["membership"]) == (REASON, decider.pk)


def test_a_file_of_a_message_is_opened_in_the_same_way(client: Client) -> None:
    complaint = built.a_submitted_complaint()
    upload = built.an_upload("locked.pdf", content=a_pdf_with_password())
    by, officer = play("body_approver"), play("intake_officer")
    correspondence.send_message(complaint, text="Here it is.", uploads=[upload], by=by)
    sent = MessageFile.objects.get()
    scan(sent.file_id)
    signed_in_as(client, officer)
    assert (
        at("open_unchecked", complaint.reference, sent.file_id)
        in client.get(at("messages", complaint.reference)).content.decode()
    )
    open_unchecked(complaint, file=sent.file, reader=officer, reason=REASON, by=officer)
    page = at("message_file", complaint.reference, sent.pk)
    assert page in client.get(at("messages", complaint.reference)).content.decode()
    assert client.get(page)["Content-Type"] == "application/pdf"


def test_the_page_says_what_is_missing(
    client: Client, complaint: Complaint, locked: StoredFile
) -> None:
    officer = signed_in_as(client, play("intake_officer"))
    page = officer.post(
        at("open_unchecked", complaint.reference, locked.pk), {"reason": ""}
    ).content.decode()
    assert "Choose the person who may have the file." in page
    assert "Say why they need it although it is not checked." in page


@pytest.mark.parametrize("name", ["submitter", "stranger", "responder", "unassigned_investigator"])
def test_nobody_else_opens_it(complaint: Complaint, locked: StoredFile, name: str) -> None:
    with pytest.raises(PermissionDenied):
        open_unchecked(
            complaint, file=locked, reader=play("intake_officer"), reason=REASON, by=play(name)
        )


def test_it_is_opened_for_nobody_who_may_not_read_the_case(
    complaint: Complaint, locked: StoredFile
) -> None:
    walled = play("iopc_decision_maker")
    by = play("administrator")
    raise_wall(complaint, person=walled.user, reason="A relative works there.", by=by)
    for reader in (walled, play("unassigned_investigator"), play("stranger")):
        with pytest.raises(ActRefusedError, match="may not read this case"):
            open_unchecked(
                complaint, file=locked, reader=reader, reason=REASON, by=play("intake_officer")
            )


def test_a_file_of_another_case_is_not_opened(complaint: Complaint, locked: StoredFile) -> None:
    other, officer = built.a_submitted_complaint(), play("intake_officer")
    with pytest.raises(ActRefusedError, match="did not come with this"):
        open_unchecked(other, file=locked, reader=officer, reason=REASON, by=officer)


def test_an_infected_file_is_never_opened(client: Client) -> None:
    by, officer = play("body_approver"), play("intake_officer")
    draft = built.a_complete_draft(by=by, files=0)
    upload = built.an_upload("infected.txt", content=EICAR)
    piece = evidence_relied_on.attach(draft, upload=upload, title="It", shows="All.", by=by)
    scan(piece.file_id or 0)
    complaint = submission.submit(draft, signatory=built.SIGNATORY, by=by)
    page = at("open_unchecked", complaint.reference, piece.file_id)
    assert signed_in_as(client, officer).get(page).status_code == 404
    assert piece.file
    with pytest.raises(ActRefusedError, match="is not a file that could not be checked"):
        open_unchecked(complaint, file=piece.file, reader=officer, reason=REASON, by=officer)
