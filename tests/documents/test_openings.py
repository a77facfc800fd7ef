"""A file that no scanner could read, opened for one named person: no other, and never a virus."""

import pytest
from django.db import IntegrityError
from pytest_django import Settings

from accounts.models import Membership
from audit.models import AuditEntry
from documents.downloads import file_response
from documents.errors import FileClosedError
from documents.models import StoredFile, UncheckedOpening
from documents.services.openings import open_unchecked
from documents.services.scanning import scan
from tests.builders.documents import EICAR, a_checked_file, a_pdf_with_password
from workflow.errors import ActRefusedError

REASON = "The force can send it in no other form."


@pytest.fixture
def locked(investigator: Membership) -> StoredFile:
    """A file that nobody can check."""
    return a_checked_file(by=investigator, content=a_pdf_with_password(), name="locked.pdf")


def test_it_opens_for_the_named_person_alone(
    locked: StoredFile,
    investigator: Membership,
    lead_investigator: Membership,
    legal_adviser: Membership,
) -> None:
    open_unchecked(locked, reader=legal_adviser, reason=REASON, by=lead_investigator)
    assert file_response(locked, to=legal_adviser)["Content-Type"] == "application/pdf"
    for other in (None, investigator, lead_investigator):
        with pytest.raises(FileClosedError, match="password"):
            file_response(locked, to=other)
    entry = AuditEntry.objects.of_chain(locked.chain).last()
    assert entry is not None
    assert entry.event == "file:opened_unchecked"
    assert entry.detail == {"membership": legal_adviser.pk, "reason": REASON}


def test_opening_it_twice_is_one_opening(
    locked: StoredFile, lead_investigator: Membership, legal_adviser: Membership
) -> None:
    for _ in range(2):
        open_unchecked(locked, reader=legal_adviser, reason=REASON, by=lead_investigator)
    assert UncheckedOpening.objects.count() == 1
    assert AuditEntry.objects.filter(event="file:opened_unchecked").count() == 1


def test_it_needs_a_reason(
    locked: StoredFile, lead_investigator: Membership, legal_adviser: Membership
) -> None:
    with pytest.raises(ActRefusedError, match="Say why"):
        open_unchecked(locked, reader=legal_adviser, reason="  ", by=lead_investigator)
    with pytest.raises(IntegrityError, match="an_opening_needs_a_reason"):
        UncheckedOpening.objects.create(
            stored_file=locked, reader=legal_adviser, reason="", opened_by=lead_investigator
        )


def test_a_virus_is_opened_for_nobody(
    investigator: Membership, lead_investigator: Membership, legal_adviser: Membership
) -> None:
    infected = a_checked_file(by=investigator, content=EICAR)
    with pytest.raises(ActRefusedError, match="quarantined"):
        open_unchecked(infected, reader=legal_adviser, reason=REASON, by=lead_investigator)


def test_an_opening_ends_when_a_later_check_finds_a_virus(
    investigator: Membership,
    lead_investigator: Membership,
    legal_adviser: Membership,
    settings: Settings,
) -> None:
    address, settings.CLAMD_SOCKET = settings.CLAMD_SOCKET, "/nonexistent/clamd.sock"
    infected = a_checked_file(by=investigator, content=EICAR)
    open_unchecked(infected, reader=legal_adviser, reason=REASON, by=lead_investigator)
    assert infected.opens_for(legal_adviser)
    settings.CLAMD_SOCKET = address
    scan(infected.pk)
    infected.refresh_from_db()
    assert not infected.opens_for(legal_adviser)
