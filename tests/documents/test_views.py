"""The pages of a document that one asked for: its progress, its failure, its file."""

from datetime import timedelta
from typing import cast

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import Membership, Wall
from accounts.veiled import veiled
from documents.models import RenderedDocument
from documents.services import rendering
from documents.services.rendering import render
from tests.builders.accounts import signed_in_as
from tests.builders.documents import a_document, a_rendered_document


@pytest.fixture
def officer(client: Client, intake_officer: Membership) -> Client:
    """The intake officer's browser."""
    return signed_in_as(client, intake_officer)


def test_progress_says_the_stage_and_page_and_checks_by_itself(
    officer: Client, intake_officer: Membership
) -> None:
    document = a_document(by=intake_officer)
    rendering.claimed(document.pk, timezone.now())
    RenderedDocument.objects.update(stage="Laying out pages", page_number=12)
    answer = officer.get(f"/documents/{veiled(document.pk)}/progress")
    assert "Laying out pages, page 12" in answer.content.decode()
    assert answer["Refresh"] == "3"
    assert answer["Cache-Control"] == "private, no-store"


def test_its_reader_may_stop_the_page_from_checking_by_itself(
    officer: Client, intake_officer: Membership
) -> None:
    document = a_document(by=intake_officer)
    answer = officer.get(f"/documents/{veiled(document.pk)}/progress?still")
    assert "Refresh" not in answer
    assert "Check again" in answer.content.decode()


def test_a_ready_document_links_to_its_file(officer: Client, intake_officer: Membership) -> None:
    document = a_rendered_document(by=intake_officer)
    answer = officer.get(f"/documents/{veiled(document.pk)}/progress")
    assert f'href="/documents/{veiled(document.pk)}/file"' in answer.content.decode()
    assert "1 page)" in answer.content.decode()
    assert "Refresh" not in answer
    file = cast("StreamingHttpResponse", officer.get(f"/documents/{veiled(document.pk)}/file"))
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Security-Policy"].startswith("sandbox")
    content = b"".join(cast("list[bytes]", file.streaming_content))
    assert len(content) == document.size_bytes == int(file["Content-Length"])


def test_a_failed_document_says_why_and_is_tried_again(
    officer: Client, intake_officer: Membership
) -> None:
    document = a_document(by=intake_officer, template="pdf/of_nothing.html")
    render(document.pk)
    answer = officer.get(f"/documents/{veiled(document.pk)}/progress")
    assert "Its template is missing or broken." in answer.content.decode()
    assert "Try again" in answer.content.decode()
    tried = officer.post(f"/documents/{veiled(document.pk)}/retry")
    assert tried.headers["Location"] == f"/documents/{veiled(document.pk)}/progress"
    document.refresh_from_db()
    assert document.is_under_way


def test_a_document_not_yet_made_has_no_file(officer: Client, intake_officer: Membership) -> None:
    document = a_document(by=intake_officer)
    answer = officer.get(f"/documents/{veiled(document.pk)}/file")
    assert answer["Content-Type"].startswith("text/html")
    assert "Waiting to be made" in answer.content.decode()


def test_after_an_hour_the_file_is_open_by_its_case_only(
    officer: Client, intake_officer: Membership
) -> None:
    document = a_rendered_document(by=intake_officer)
    RenderedDocument.objects.update(finished_at=timezone.now() - timedelta(minutes=61))
    assert officer.get(f"/documents/{veiled(document.pk)}/file").status_code == 404
    page = officer.get(f"/documents/{veiled(document.pk)}/progress").content.decode()
    assert "Open it from its case" in page


@pytest.mark.parametrize("page", ["progress", "file", "retry"])
def test_a_document_that_another_asked_for_does_not_exist(
    client: Client, intake_officer: Membership, lead_investigator: Membership, page: str
) -> None:
    document = a_rendered_document(by=intake_officer)
    browser = signed_in_as(client, lead_investigator)
    address = f"/documents/{veiled(document.pk)}/{page}"
    answer = browser.post(address) if page == "retry" else browser.get(address)
    assert answer.status_code == 404


def test_a_wall_closes_one_s_own_document(
    officer: Client, intake_officer: Membership, administrator: Membership
) -> None:
    document = a_rendered_document(by=intake_officer)
    Wall.objects.create(
        user=intake_officer.user,
        case_key=document.case_key,
        reason="A relative works there.",
        raised_by=administrator,
    )
    assert officer.get(f"/documents/{veiled(document.pk)}/progress").status_code == 404
    assert officer.get(f"/documents/{veiled(document.pk)}/file").status_code == 404


def test_nobody_signed_in_is_not_let_in(client: Client, intake_officer: Membership) -> None:
    document = a_rendered_document(by=intake_officer)
    for page in ("progress", "file"):
        answer = client.get(f"/documents/{veiled(document.pk)}/{page}")
        assert answer.status_code in {302, 404}
        assert b"A letter" not in answer.content
