"""The page of a draft's evidence: many files in one request, links, cards and what is missing."""

import re
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Membership
from accounts.veiled import veiled
from complaints.models import Complaint, SupportingDocument
from complaints.services import drafts, submission
from complaints.services import evidence_relied_on as evidence
from complaints.services.drafts import Statement
from complaints.services.evidence_relied_on import MOST_PIECES
from documents.models import StoredFile
from drafting.models import SavedDraft
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import (
    SIGNATORY,
    a_complete_draft,
    a_draft,
    a_submitted_complaint,
    an_upload,
    described,
)
from tests.cast import play

pytestmark = pytest.mark.django_db

NOT_FOUND, CONFLICT = 404, 409
ANSWERS: dict[str, Any] = {
    "title": "Case file",
    "shows": "What was said to her.",
    "feature": "",
    "seen_by": "authorities",
    "seen_by_named": "",
    "personal": "yes",
    "version": 0,
}


@pytest.fixture
def draft(submitter: Membership) -> Complaint:
    """A draft with a title only."""
    return a_draft(by=submitter)


@pytest.fixture
def body(client: Client, submitter: Membership) -> Client:
    """The browser of whoever writes the draft."""
    return signed_in_as(client, submitter)


def at(name: str, *args: object) -> str:
    return reverse(f"complaints:{name}", args=args)


def send(body: Client, draft: Complaint, *files: SimpleUploadedFile) -> Any:
    return body.post(at("attach", draft.key), {"upload": list(files)})


def evidence_page(body: Client, draft: Complaint, query: str = "") -> str:
    return unescape(body.get(at("part", draft.key, "evidence") + query).content.decode())


def summary(page: str) -> list[str]:
    """The lines of the error summary, each of which leads to its field."""
    found = page.partition('class="govuk-error-summary"')[2].partition("</ul>")[0]
    return re.findall(r'<li><a href="#file_upload">(.*?)</a></li>', found)


def test_as_many_files_as_a_complaint_may_have_come_in_one_request(
    body: Client, draft: Complaint
) -> None:
    files = [an_upload(f"tŷ-{number}.txt") for number in range(MOST_PIECES)]
    answer = send(body, draft, *files)
    assert answer.status_code == 302
    assert draft.supporting_documents.count() == MOST_PIECES
    page = evidence_page(body, draft, "?page=10")
    assert "Your evidence: 200 of 200" in page
    assert "200. tŷ-199" in page
    assert "200 files were added." in page


def test_of_more_files_than_fit_the_page_says_which_are_kept_and_which_are_not(
    body: Client, draft: Complaint, submitter: Membership
) -> None:
    evidence.add_link(draft, link="example.org", title="Report", by=submitter)
    files = [an_upload(f"file-{number}.txt") for number in range(1, MOST_PIECES + 3)]
    answer = send(body, draft, *files)
    page = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert "199 of 202 files were added." in page
    assert [line.partition(" was not added")[0] for line in summary(page)] == [
        "“file-200.txt”",
        "“file-201.txt”",
        "“file-202.txt”",
    ]
    assert draft.supporting_documents.count() == MOST_PIECES


def test_each_refused_file_is_listed_with_its_reason_while_the_others_are_kept(
    body: Client, draft: Complaint
) -> None:
    page = unescape(
        send(
            body,
            draft,
            an_upload("Arolwg ŵyl.txt", content="Tŷ a gŵr.".encode()),
            SimpleUploadedFile("empty.txt", b""),
            an_upload("page.html", content=b"<html><script>alert(1)</script></html>"),
            an_upload("again.txt", content="Tŷ a gŵr.".encode()),
            an_upload("<img src=x onerror=alert(1)>.txt", content=b"MZ\x90\x00" + bytes(200)),
        ).content.decode()
    )
    assert "<title>Error:" in page
    assert "1 of 5 files was added." in page
    assert [piece.title for piece in draft.supporting_documents.all()] == ["Arolwg ŵyl"]
    empty, web, again, hostile = summary(page)
    assert "“empty.txt” is empty" in empty
    assert "“page.html” is a web page" in web
    assert "“again.txt” is already here as “Arolwg ŵyl” (evidence 1)" in again
    assert "is not a kind of file that we take in" in hostile


def test_a_hostile_name_is_text_wherever_it_is_shown(body: Client, draft: Complaint) -> None:
    send(body, draft, an_upload("<img src=x onerror=alert(1)>.txt"))
    page = body.get(at("part", draft.key, "evidence")).content.decode()
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<img src=x" not in page


def test_no_file_chosen_is_told(body: Client, draft: Complaint) -> None:
    page = body.post(at("attach", draft.key), {}).content.decode()
    assert summary(page) == ["Choose at least one file."]


@pytest.mark.parametrize("kept", [0.6, 0.999])
def test_of_a_request_that_is_cut_off_nothing_is_kept_and_what_was_there_stays(
    body: Client, draft: Complaint, kept: float, submitter: Membership
) -> None:
    evidence.attach(draft, upload=an_upload("before.txt"), by=submitter)
    files = [an_upload(content=f"Fact {number}.\n".encode() * 200) for number in range(3)]
    whole = encode_multipart(BOUNDARY, {"upload": files})
    # As a server hands on a body whose sender went away: shorter than was said.
    came: dict[str, Any] = {
        "wsgi.input": BytesIO(whole[: int(len(whole) * kept)]),
        "CONTENT_LENGTH": str(len(whole)),
        "CONTENT_TYPE": MULTIPART_CONTENT,
    }
    answer = body.generic("POST", at("attach", draft.key), **came)
    assert answer.status_code == 400
    assert "What reached the service is not" in unescape(answer.content.decode())
    assert [piece.title for piece in draft.supporting_documents.all()] == ["before"]
    assert StoredFile.objects.count() == 1


def test_a_link_is_added_and_a_wrong_one_is_sent_back(body: Client, draft: Complaint) -> None:
    typed = {"link": "javascript:alert(1)", "title": "Report"}
    refused = body.post(at("add_link", draft.key), typed)
    assert "This is not a link to a web page." in refused.content.decode()
    assert '<details class="govuk-details" open>' in refused.content.decode()
    typed["link"] = "www.example.org/report"
    answer = body.post(at("add_link", draft.key), typed)
    assert answer["Location"].endswith("?page=1#evidence-1")
    assert "https://www.example.org/report" in evidence_page(body, draft)


def test_a_piece_is_described_and_its_card_says_it(body: Client, submitter: Membership) -> None:
    draft = a_complete_draft(by=submitter)
    document, feature = draft.supporting_documents.get(), draft.features.get(number=2)
    assert evidence_page(body, draft).count("Not answered yet") == 2
    told = ANSWERS | {
        "feature": veiled(feature.pk),
        "seen_by": "named",
        "seen_by_named": "The IOPC",
    }
    assert body.post(at("piece", draft.key, document.pk), told).status_code == 302
    page = evidence_page(body, draft)
    assert "Not answered yet" not in page
    assert "Every question about them is answered." in page
    for words in (f"Feature 2: {feature.statement}", "named: The IOPC", "What was said to her."):
        assert words in page
    check = unescape(body.get(at("check", draft.key)).content.decode())
    assert "Supports: feature 2" in check
    assert "Personal data: yes" in check


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Enter a title for this piece of evidence."),
        ({"seen_by": "named"}, "Name the people or offices that may see it."),
        ({"seen_by_named": "The IOPC"}, "You named who may see it."),
        ({"feature": "0"}, "The feature that you chose was taken out."),
        ({"seen_by": "everybody"}, "everybody"),
        ({"title": "x" * 201}, "200"),
    ],
)
def test_a_wrong_answer_is_sent_back_and_nothing_is_saved(
    body: Client, submitter: Membership, wrong: dict[str, str], sentence: str
) -> None:
    draft = a_complete_draft(by=submitter)
    document = draft.supporting_documents.get()
    page = body.post(at("piece", draft.key, document.pk), ANSWERS | wrong).content.decode()
    assert sentence in unescape(page)
    document.refresh_from_db()
    assert (document.version, document.seen_by) == (0, "")


def test_two_people_who_describe_one_piece_see_both_texts(
    body: Client, submitter: Membership, body_approver: Membership
) -> None:
    draft = a_complete_draft(by=submitter)
    document = draft.supporting_documents.get()
    described(document, shows="What she wrote.", by=body_approver)
    told = ANSWERS | {"shows": "What he wrote."}
    answer = body.post(at("piece", draft.key, document.pk), told)
    page = answer.content.decode()
    assert answer.status_code == CONFLICT
    assert page.count("What she wrote.") == page.count("What he wrote.") == 2
    assert 'name="version" value="1"' in page


def test_what_is_typed_of_a_piece_is_kept_for_its_author_and_given_back(
    body: Client, submitter: Membership, body_approver: Membership
) -> None:
    draft = a_complete_draft(by=submitter)
    document = draft.supporting_documents.get()
    address, keep = at("piece", draft.key, document.pk), at("keep_piece", draft.key, document.pk)
    assert body.post(keep, ANSWERS | {"shows": "Half a sen"}).json()["saved"]
    page = body.get(address).content.decode()
    assert "Half a sen" in page
    assert re.search(r'value="authorities"\s+checked', page)
    assert "Half a sen" not in body.get(address + "?stored").content.decode()
    other = signed_in_as(Client(), body_approver)
    assert "Half a sen" not in other.get(address).content.decode()
    body.post(address, ANSWERS)
    assert not SavedDraft.objects.exists()


def test_the_pieces_with_a_question_open_follow_one_another_until_none_is_left(
    body: Client, submitter: Membership
) -> None:
    draft = a_complete_draft(by=submitter, files=4)
    one, two, three, four = draft.supporting_documents.all()
    described(two, by=submitter)
    page = evidence_page(body, draft)
    assert "3 of 4 still have a question open." in page
    assert at("piece", draft.key, one.pk) in page.partition("Answer the next open question")[0]
    for here, following in ((three, four), (four, one)):
        answer = body.post(at("piece", draft.key, here.pk), ANSWERS | {"next": "yes"})
        assert answer["Location"] == at("piece", draft.key, following.pk)
    answer = body.post(at("piece", draft.key, one.pk), ANSWERS | {"next": "yes"})
    assert answer["Location"].endswith("?page=1#evidence-1")


def test_a_removed_feature_leaves_its_evidence_and_the_page_says_so(
    body: Client, submitter: Membership
) -> None:
    draft = a_complete_draft(by=submitter)
    first, second = draft.features.all()
    described(draft.supporting_documents.get(), feature=first, by=submitter)
    drafts.save_features(draft, features=[Statement(second.statement)], version=1, by=submitter)
    page = evidence_page(body, draft)
    assert f"No feature in particular. It supported “{first.statement}”" in page


@pytest.mark.parametrize("who", ["other_body_submitter", "intake_officer", "stranger"])
def test_no_page_of_evidence_is_there_for_others(client: Client, who: str) -> None:
    draft = a_complete_draft()
    document = draft.supporting_documents.get()
    signed_in_as(client, play(who))
    for name in ("piece", "detach"):
        assert client.get(at(name, draft.key, document.pk)).status_code == NOT_FOUND
        assert client.post(at(name, draft.key, document.pk), ANSWERS).status_code == NOT_FOUND
    assert client.post(at("keep_piece", draft.key, document.pk), ANSWERS).status_code == NOT_FOUND
    link = {"link": "example.org", "title": "Report"}
    assert client.post(at("add_link", draft.key), link).status_code == NOT_FOUND
    assert draft.supporting_documents.get().version == 0


def test_a_piece_of_another_draft_is_not_there(body: Client, submitter: Membership) -> None:
    draft, other = a_draft(by=submitter), a_complete_draft(by=submitter)
    foreign = other.supporting_documents.get().pk
    for name in ("piece", "detach", "keep_piece"):
        assert body.post(at(name, draft.key, foreign), ANSWERS).status_code == NOT_FOUND
    own = a_complete_draft(by=submitter)
    told = ANSWERS | {"feature": str(other.features.all()[0].pk)}
    piece = own.supporting_documents.get()
    page = body.post(at("piece", own.key, piece.pk), told).content.decode()
    assert "The feature that you chose was taken out." in page


def test_no_page_of_evidence_is_there_once_it_is_submitted(
    client: Client, body_approver: Membership
) -> None:
    complaint = a_submitted_complaint()
    document = complaint.supporting_documents.get()
    signed_in_as(client, body_approver)
    for name in ("piece", "detach"):
        assert client.post(at(name, complaint.key, document.pk), ANSWERS).status_code == NOT_FOUND
    assert SupportingDocument.objects.get().title == document.title


@pytest.mark.parametrize("name", ["part", "check", "draft"])
def test_a_page_asks_as_much_of_many_pieces_as_of_few(
    body: Client,
    submitter: Membership,
    name: str,
) -> None:
    few, many = a_complete_draft(by=submitter, files=2), a_complete_draft(by=submitter, files=12)
    counts = []
    for draft in (few, many):
        for document in draft.supporting_documents.all():
            described(document, feature=draft.features.all()[0], by=submitter)
        address = at(name, draft.key, *(["evidence"] if name == "part" else []))
        body.get(address)
        with CaptureQueriesContext(connection) as asked:
            body.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_staff_read_all_that_a_body_said_of_its_evidence(client: Client) -> None:
    draft = a_complete_draft()
    named = {"seen_by": "named", "seen_by_named": "The lead office", "has_personal_data": True}
    by = play("body_approver")
    described(draft.supporting_documents.get(), feature=draft.features.all()[0], by=by, **named)
    evidence.add_link(draft, link="example.org", title="A report", shows="More.", by=by)
    complaint = submission.submit(draft, signatory=SIGNATORY, by=by)
    signed_in_as(client, play("intake_officer"))
    page = unescape(client.get(at("eligibility", complaint.reference)).content.decode())
    for words in ("Feature 1: ", "named: The lead office", "Not said", "https://example.org"):
        assert words in page
    link = complaint.supporting_documents.get(number=2)
    address = at("supporting_document", complaint.reference, link.pk)
    assert client.get(address).status_code == NOT_FOUND
    signed_in_as(client, by)
    page = unescape(client.get(at("documents", complaint.reference)).content.decode())
    assert "https://example.org" in page
