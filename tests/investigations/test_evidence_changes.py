"""What happens to an item of evidence after it was registered, through its pages."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from documents import storage
from investigations.models import CustodyEvent, EvidenceItem
from investigations.states import EvidenceStatus, Sensitivity
from tests.builders.accounts import signed_in_as
from tests.builders.investigations import an_evidence_item, an_upload
from tests.cast import play

pytestmark = pytest.mark.django_db
WALKED = (an_evidence_item,)
REASON = "The force sent a corrected return."
Kind = CustodyEvent.Kind


@pytest.fixture
def item() -> EvidenceItem:
    return an_evidence_item()


@pytest.fixture
def investigator_at_work(client: Client, item: EvidenceItem) -> Client:
    return signed_in_as(client, play("investigator"))


def at(name: str, item: EvidenceItem) -> str:
    reference = item.investigation.complaint.reference
    return reverse(f"investigations:{name}", args=[reference, item.number])


def newer_file(content: bytes = b"Kent has 5 cases.\n") -> SimpleUploadedFile:
    return SimpleUploadedFile("corrected.txt", content)


def read(client: Client, item: EvidenceItem) -> str:
    return " ".join(client.get(at("evidence_item", item)).content.decode().split())


def told(answer: Any) -> str:
    """What a form that was refused says."""
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_newer_file_takes_the_place_of_an_item_and_both_pages_say_so(
    investigator_at_work: Client, item: EvidenceItem
) -> None:
    sent = {"upload": newer_file(), "reason": REASON}
    answer = investigator_at_work.post(at("supersede_evidence", item), sent)
    newer = item.investigation.evidence.get(number=2)
    assert answer["Location"] == at("evidence_item", newer)
    assert (newer.supersedes, newer.title, newer.source) == (item, item.title, item.source)
    assert REASON in read(investigator_at_work, item)
    assert newer.mark in read(investigator_at_work, item)
    assert item.mark in read(investigator_at_work, newer)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"reason": REASON}, "Choose the newer file."),
        ({"upload": b"Kent has 5 cases.\n"}, "Say why it supersedes this one."),
        ({"upload": b"<svg></svg>", "reason": REASON}, "corrected.txt"),
        ({"upload": b"", "reason": REASON}, "empty"),
    ],
)
def test_a_newer_file_that_is_refused_changes_nothing_and_says_why(
    investigator_at_work: Client, item: EvidenceItem, sent: dict[str, Any], words: str
) -> None:
    if "upload" in sent:
        sent = {**sent, "upload": newer_file(sent["upload"])}
    page = told(investigator_at_work.post(at("supersede_evidence", item), sent))
    assert words in page
    assert item.investigation.evidence.get() == item


def test_the_very_file_that_is_in_the_log_supersedes_nothing(
    investigator_at_work: Client, item: EvidenceItem
) -> None:
    lying = storage.place("uploads", item.file.storage_key)
    same = an_upload(lying.read_bytes(), "again.txt")
    sent = {"upload": same, "reason": REASON}
    page = told(investigator_at_work.post(at("supersede_evidence", item), sent))
    assert item.mark in page
    assert item.investigation.evidence.count() == 1


def test_a_copy_is_an_item_of_its_own_that_names_its_original(
    investigator_at_work: Client, item: EvidenceItem
) -> None:
    assert f"{item.title}, redacted" in told(investigator_at_work.get(at("copy_evidence", item)))
    sent = {
        "upload": newer_file(b"Kent has [redacted] cases.\n"),
        "title": "Return without names",
        "made_with": "redacted by hand",
        "sensitivity": Sensitivity.OFFICIAL,
    }
    answer = investigator_at_work.post(at("copy_evidence", item), sent)
    copy = item.investigation.evidence.get(number=2)
    assert answer["Location"] == at("evidence_item", copy)
    assert copy.file.derived_from == item.file
    assert "redacted by hand" in read(investigator_at_work, copy)
    assert item.mark in read(investigator_at_work, copy)
    assert copy.mark in read(investigator_at_work, item)


def test_a_copy_says_what_it_was_made_with(
    investigator_at_work: Client, item: EvidenceItem
) -> None:
    sent = {"upload": newer_file(), "title": "Copy", "sensitivity": Sensitivity.OFFICIAL}
    page = told(investigator_at_work.post(at("copy_evidence", item), sent))
    assert "Say what the copy was made with." in page
    assert item.investigation.evidence.count() == 1


def test_an_item_is_set_aside_and_taken_back_at_one_address(
    investigator_at_work: Client, item: EvidenceItem
) -> None:
    address = at("set_aside_evidence", item)
    assert "Give a reason." in told(investigator_at_work.post(address, {"reason": ""}))
    for status, kind, title in (
        (EvidenceStatus.NOT_RELIED_ON, Kind.NOT_RELIED_ON, f"Set {item.mark} aside"),
        (EvidenceStatus.RECEIVED, Kind.RELIED_ON_AGAIN, f"Rely on {item.mark} again"),
    ):
        assert title in told(investigator_at_work.get(address))
        answer = investigator_at_work.post(address, {"reason": REASON})
        assert answer["Location"] == at("evidence_item", item)
        item.refresh_from_db()
        assert item.status == status
        assert item.custody.filter(kind=kind, note=REASON).count() == 1


def test_whoever_is_named_may_read_a_restricted_item_and_nobody_else_beside(
    client: Client,
) -> None:
    item = an_evidence_item(sensitivity=Sensitivity.RESTRICTED)
    reader, other = play("iopc_decision_maker"), play("college_decision_maker")
    writes = signed_in_as(client, play("investigator"))
    assert "Say why they need to see it." in told(
        writes.post(at("name_reader", item), {"reader": reader.pk})
    )
    sent = {"reader": reader.pk, "reason": "They decide on it."}
    assert writes.post(at("name_reader", item), sent)["Location"] == at("evidence_item", item)
    assert item.custody.filter(kind=Kind.READER_NAMED).count() == 1
    assert signed_in_as(Client(), reader).get(at("evidence_item", item)).status_code == 200
    assert signed_in_as(Client(), other).get(at("evidence_item", item)).status_code == 404


def test_nobody_outside_the_authorities_is_named_as_a_reader(
    investigator_at_work: Client, item: EvidenceItem
) -> None:
    sent = {"reader": play("submitter").pk, "reason": "They gave it."}
    page = told(investigator_at_work.post(at("name_reader", item), sent))
    assert "Select a valid choice" in page
    assert not item.custody.filter(kind=Kind.READER_NAMED).exists()
