"""Every PDF made on the way from a draft to a published report: accessible, and true to its page.

One case walks the real verbs; then each document that was asked for is made, and each sealed PDF is
opened, and all are asked the same three questions.
"""

import json

import pytest

from complaints.models import Letter
from documents import vault
from documents.blocks import blocks_of
from documents.downloads import open_document
from documents.models import RenderedDocument
from documents.pdf import printed_html
from documents.services.rendering import render
from documents.structure import differences, unmarked_content
from documents.watermark import marked_for
from investigations.models import Investigation
from investigations.services import progress
from publication.models import Release
from tests.builders.publication import a_published_case, a_sealed_report, made_public
from tests.cast import play
from tests.documents.verapdf import broken_rules

pytestmark = pytest.mark.django_db

# What the path to a published report prints for the body.
PRINTED = {
    Letter.Kind.RECEIPT,
    Letter.Kind.ACKNOWLEDGEMENT,
    Letter.Kind.ELIGIBLE,
    Letter.Kind.PROGRESS_REPORT,
}


def faults(pdf: bytes, page: str) -> list[str]:
    """All that is wrong with one PDF."""
    return [
        *broken_rules(pdf),
        *unmarked_content(pdf),
        *differences(pdf, blocks_of(page)),
    ]


def sealed(release: Release, path: str) -> bytes:
    file = release.files.get(path=path)
    return b"".join(vault.read_sealed(vault.unwrap(release.wrapped_key), file.storage_key))


def test_every_letter_and_receipt_is_accessible_and_true_to_its_page() -> None:
    release = a_sealed_report()
    investigation = Investigation.objects.get(complaint=release.complaint)
    written = progress.write(investigation, text="It is written.", by=play("investigator"))
    progress.send(written, by=play("lead_investigator"))
    made_public(release)
    found = {}
    for document in RenderedDocument.objects.all():
        render(document.pk)
        document.refresh_from_db()
        assert document.is_ready, document.failure
        page = printed_html(document.template, document.context, title=document.title)
        found[document.natural_key] = faults(b"".join(open_document(document)), page)
    letters = Letter.objects.filter(document__natural_key__in=found)
    assert set(letters.values_list("kind", flat=True)) == PRINTED
    assert letters.count() == len(found) == Letter.objects.count()
    assert {key: wrong for key, wrong in found.items() if wrong} == {}


def test_the_sealed_report_and_notice_are_accessible_and_say_what_their_pages_say() -> None:
    a_published_case()
    release = Release.objects.get(files__path="report.pdf")
    title = json.loads(sealed(release, "data.json"))["title"]
    # The public page that the sealed part of a report stands in bears its title.
    report_page = f"<h1>{title}</h1>" + sealed(release, "report.html").decode()
    report = sealed(release, "report.pdf")
    assert faults(report, report_page) == []
    assert faults(marked_for(report, words="Read by Ŵil Łąg’s office."), report_page) == []
    assert faults(sealed(release, "notice.pdf"), sealed(release, "notice.html").decode()) == []
