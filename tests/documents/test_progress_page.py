"""The progress page in a real browser: from waiting to the file, without JavaScript."""

import pytest
from playwright.sync_api import expect

from accounts.models import Membership
from accounts.veiled import veiled
from documents.models import RenderedDocument
from documents.services.rendering import render
from tests.builders.documents import a_document
from tests.fixtures.browser import BrowseAs, assert_accessible

pytestmark = pytest.mark.committed


def test_a_reader_follows_a_document_to_its_file(
    browse_as: BrowseAs, intake_officer: Membership
) -> None:
    document = a_document(by=intake_officer)
    page = browse_as(intake_officer)
    page.goto(f"/documents/{veiled(document.pk)}/progress?still")
    assert page.get_by_text("Waiting to be made").count() >= 1
    assert_accessible(page)
    render(document.pk)
    page.get_by_role("link", name="Check again").click()
    expect(page.get_by_role("link", name="Download A letter")).to_be_visible()
    assert_accessible(page)


def test_a_failure_says_why_and_offers_a_new_try_without_scripts(
    browse_as: BrowseAs, intake_officer: Membership
) -> None:
    document = a_document(by=intake_officer, template="pdf/of_nothing.html")
    render(document.pk)
    looked_at = browse_as(intake_officer)
    looked_at.goto(f"/documents/{veiled(document.pk)}/progress")
    assert_accessible(looked_at)
    page = browse_as(intake_officer, scripts=False)
    page.goto(f"/documents/{veiled(document.pk)}/progress?still")
    expect(page.get_by_text("Its template is missing or broken.")).to_be_visible()
    RenderedDocument.objects.filter(pk=document.pk).update(template="pdf/letter.html")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Waiting to be made")).to_be_visible()
