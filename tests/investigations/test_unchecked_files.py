"""Evidence that no scanner could read: one person opens it for another, and the custody says so."""

import pytest
from django.test import Client
from django.urls import reverse

from documents.services.scanning import scan
from investigations.models import CustodyEvent, EvidenceItem
from tests.builders.accounts import signed_in_as
from tests.builders.documents import a_pdf_with_password
from tests.builders.investigations import an_evidence_item, an_open_investigation, an_upload
from tests.cast import play

pytestmark = pytest.mark.django_db

REASON = "The force can send it in no other form."


@pytest.fixture
def locked() -> EvidenceItem:
    """An item whose file nobody can check."""
    upload = an_upload(a_pdf_with_password(), "locked.pdf")
    item = an_evidence_item(an_open_investigation(), upload=upload)
    scan(item.file_id)
    return item


def at(name: str, item: EvidenceItem) -> str:
    complaint = item.investigation.complaint
    return reverse(f"investigations:{name}", args=[complaint.reference, item.number])


def test_an_unchecked_file_is_opened_for_one_named_person(
    client: Client, locked: EvidenceItem
) -> None:
    lead, investigator = play("lead_investigator"), play("investigator")
    signed_in_as(client, lead)
    assert at("open_unchecked", locked) in client.get(at("evidence_item", locked)).content.decode()
    sent = {"reader": investigator.pk, "reason": REASON}
    answer = client.post(at("open_unchecked", locked), sent)
    assert answer["Location"] == at("evidence_item", locked)
    assert REASON in CustodyEvent.objects.latest("pk").note
    shown = client.get(at("evidence_item", locked)).content.decode()
    assert "can’t be opened" in shown
    signed_in_as(client, investigator)
    shown = client.get(at("evidence_item", locked)).content.decode()
    assert "was not checked for viruses" in shown
    assert client.get(at("evidence_file", locked))["Content-Type"] == "application/pdf"
