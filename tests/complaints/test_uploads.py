"""The files of a draft that a browser sends in pieces: its pages, and who reaches them."""

import base64
import hashlib
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from complaints.models import Complaint
from complaints.services import submission
from complaints.services.evidence_relied_on import Description, describe
from complaints.tasks import take_in_upload
from documents import receiving
from documents.models import UploadInPieces
from supercomplaints.celery import app
from tests.builders import complaints as built
from tests.builders.accounts import signed_in_as
from tests.builders.documents import TEXT
from workflow.errors import GuardRefusedError


@pytest.fixture
def draft(submitter: Membership) -> Complaint:
    """A draft that lacks nothing."""
    return built.a_complete_draft(by=submitter, files=0)


@pytest.fixture
def sender(client: Client, submitter: Membership) -> Client:
    """The browser of whoever began the draft."""
    return signed_in_as(client, submitter)


def announce(sender: Client, draft: Complaint, **said: Any) -> Any:
    told = {"name": "facts.txt", "size": len(TEXT), "changed": 1, **said}
    return sender.post(reverse("complaints:announce_upload", args=[draft.key]), told)


def send(sender: Client, address: str, content: bytes, offset: int = 0, digest: str = "") -> Any:
    headers = {"Upload-Offset": str(offset)}
    if digest:
        headers["Content-Digest"] = digest
    kind = "application/octet-stream"
    return sender.patch(address, content, content_type=kind, headers=headers)


def digest_of(content: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


def test_a_file_comes_in_two_pieces_and_is_in_the_evidence(
    sender: Client, draft: Complaint
) -> None:
    begun = announce(sender, draft)
    assert begun.status_code == 201
    address = begun.json()["address"]
    first = send(sender, address, TEXT[:5], digest=digest_of(TEXT[:5]))
    assert first.json()["offset"] == 5
    assert send(sender, address, TEXT[5:], offset=5).json()["whole"] is True
    assert sender.get(address).json()["taken_in"] is False
    take_in_upload(UploadInPieces.objects.get().pk)
    assert sender.get(address).json()["taken_in"] is True
    document = draft.supporting_documents.get()
    assert document.title == "facts"
    assert document.file
    assert document.file.sha256 == hashlib.sha256(TEXT).hexdigest()


def test_the_task_that_an_upload_names_exists(sender: Client, draft: Complaint) -> None:
    announce(sender, draft)
    app.loader.import_default_modules()
    assert UploadInPieces.objects.get().then in app.tasks


def test_announcing_the_same_file_again_says_where_to_go_on(
    sender: Client, draft: Complaint
) -> None:
    address = announce(sender, draft).json()["address"]
    send(sender, address, TEXT[:5])
    again = announce(sender, draft).json()
    assert (again["address"], again["offset"]) == (address, 5)


def test_what_has_come_is_compared_by_its_hash_before_one_goes_on(
    sender: Client, draft: Complaint
) -> None:
    address = announce(sender, draft).json()["address"]
    send(sender, address, TEXT[:5])
    part = sender.get(address, {"start": 1, "end": 5}).json()
    assert part["sha256"] == hashlib.sha256(TEXT[1:5]).hexdigest()
    for wrong in ({"start": 0, "end": 6}, {"start": 5, "end": 5}, {"start": -1, "end": 2}):
        answer = sender.get(address, wrong)
        assert (answer.status_code, answer.json()["refusal"]) == (400, receiving.NO_PART), wrong
    assert sender.get(address, {"start": "first"}).status_code == 400
    send(sender, address, TEXT[5:], offset=5)
    take_in_upload(UploadInPieces.objects.get().pk)
    judged = sender.get(address, {"start": 0, "end": 5}).json()
    assert (judged["taken_in"], "sha256" in judged) == (True, False)


def test_a_part_to_compare_is_at_most_a_piece(
    sender: Client, draft: Complaint, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = announce(sender, draft).json()["address"]
    send(sender, address, TEXT)
    monkeypatch.setattr(receiving, "PIECE_BYTES", len(TEXT) - 1)
    assert sender.get(address, {"start": 0, "end": len(TEXT)}).status_code == 400
    assert sender.get(address, {"start": 1, "end": len(TEXT)}).status_code == 200


def test_a_piece_at_the_wrong_place_is_told_the_right_one(sender: Client, draft: Complaint) -> None:
    address = announce(sender, draft).json()["address"]
    send(sender, address, TEXT[:5])
    answer = send(sender, address, TEXT[:5])
    assert (answer.status_code, answer.json()) == (409, {"offset": 5})


@pytest.mark.parametrize(
    "digest", [digest_of(b"other"), "sha-256=:not base 64:", "md5=:AAAA:", f"sha-256=:{'=' * 44}:"]
)
def test_a_piece_damaged_on_its_way_is_not_counted(
    sender: Client, draft: Complaint, digest: str
) -> None:
    address = announce(sender, draft).json()["address"]
    answer = send(sender, address, TEXT, digest=digest)
    assert (answer.status_code, answer.json()["refusal"]) == (400, receiving.DAMAGED)
    assert sender.get(address).json()["offset"] == 0


@pytest.mark.parametrize("offset", ["", "first", "-1", "5.0"])
def test_a_piece_without_a_place_is_refused(sender: Client, draft: Complaint, offset: str) -> None:
    address = announce(sender, draft).json()["address"]
    answer = sender.patch(address, TEXT, headers={"Upload-Offset": offset})
    assert answer.status_code in {400, 409}
    assert sender.get(address).json()["offset"] == 0


def test_a_piece_that_is_too_large_is_refused(
    sender: Client, draft: Complaint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "PIECE_BYTES", len(TEXT) - 1)
    address = announce(sender, draft).json()["address"]
    assert send(sender, address, TEXT).status_code == 400


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"size": "0"}, 422),
        ({"size": str(10**18)}, 422),
        ({"size": "9" * 40}, 400),
        ({"size": "many"}, 400),
        ({"size": "-1"}, 400),
        ({"name": ""}, 400),
        ({"name": "a\x00b.txt"}, 400),
        ({"changed": "yesterday"}, 400),
    ],
)
def test_a_bad_announcement_is_refused_in_words(
    sender: Client, draft: Complaint, said: dict[str, str], status: int
) -> None:
    answer = announce(sender, draft, **said)
    assert answer.status_code == status
    assert answer.json()["refusal"].endswith(".")
    assert not UploadInPieces.objects.exists()


def test_a_file_that_is_not_taken_in_says_why(sender: Client, draft: Complaint) -> None:
    content = b"<html><script>alert(1)</script></html>"
    address = announce(sender, draft, name="a.html", size=len(content)).json()["address"]
    send(sender, address, content)
    take_in_upload(UploadInPieces.objects.get().pk)
    assert "is a web page" in sender.get(address).json()["refusal"]
    page = sender.post(f"{address}/forget", follow=True)
    assert page.status_code == 200
    assert not UploadInPieces.objects.exists()


def test_a_draft_cannot_be_submitted_while_a_file_is_on_its_way(
    sender: Client, draft: Complaint, body_approver: Membership
) -> None:
    address = announce(sender, draft).json()["address"]
    with pytest.raises(GuardRefusedError, match=r"“facts\.txt” must arrive first"):
        submission.submit(draft, signatory=built.SIGNATORY, by=body_approver)
    send(sender, address, TEXT)
    take_in_upload(UploadInPieces.objects.get().pk)
    with pytest.raises(GuardRefusedError, match=r"^Say what each piece of evidence shows"):
        submission.submit(draft, signatory=built.SIGNATORY, by=body_approver)
    said = Description("facts", shows="The facts.")
    document = draft.supporting_documents.get()
    describe(draft, document=document, said=said, version=0, by=body_approver)
    assert submission.submit(draft, signatory=built.SIGNATORY, by=body_approver).reference


@pytest.mark.parametrize("who", ["body_approver", "stranger", "intake_officer"])
def test_an_upload_is_its_senders_alone(
    sender: Client, draft: Complaint, who: str, request: pytest.FixtureRequest
) -> None:
    address = announce(sender, draft).json()["address"]
    other = signed_in_as(Client(), request.getfixturevalue(who))
    assert other.get(address).status_code == 404
    assert send(other, address, TEXT).status_code == 404
    assert other.post(f"{address}/forget").status_code == 404
    assert sender.get(address).json()["offset"] == 0


def test_an_upload_of_one_draft_is_not_reached_by_another(
    sender: Client, draft: Complaint, submitter: Membership
) -> None:
    other = built.a_draft(by=submitter, title="Another")
    address = announce(sender, draft).json()["address"]
    assert sender.get(address.replace(draft.key, other.key)).status_code == 404
