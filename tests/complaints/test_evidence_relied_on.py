"""The evidence of a draft: what is added, what is refused, and what is said of each piece."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Membership
from audit.models import AuditEntry
from complaints.events import ComplaintEvent
from complaints.models import Complaint, SupportingDocument
from complaints.services import drafts, submission
from complaints.services import evidence_relied_on as evidence
from complaints.services.drafts import Statement
from complaints.services.evidence_relied_on import MOST_PIECES, Description
from documents.errors import UploadRefusedError
from documents.models import StoredFile
from drafting.errors import VersionConflictError
from tests.builders.complaints import (
    SIGNATORY,
    a_complete_draft,
    a_draft,
    a_submitted_complaint,
    an_upload,
)
from tests.builders.documents import a_stored_file
from tests.cast import play
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db

SeenBy = SupportingDocument.SeenBy
SURVEY = "https://www.example.org/survey"


def titles(draft: Complaint) -> list[str]:
    return list(draft.supporting_documents.values_list("title", flat=True))


def full_up_to(draft: Complaint, count: int) -> None:
    """A draft with so many links."""
    SupportingDocument.objects.bulk_create(
        SupportingDocument(
            complaint=draft, number=number, title=f"Link {number}", link=f"{SURVEY}/{number}"
        )
        for number in range(1, count + 1)
    )


def test_several_files_are_added_and_each_refused_one_is_named_with_its_reason(
    submitter: Membership,
) -> None:
    draft = a_draft(by=submitter)
    given = [
        an_upload("Arolwg ŵyl.txt", content="Tŷ a gŵr.".encode()),
        an_upload("program.exe", content=b"MZ\x90\x00" + bytes(200)),
        an_upload("empty.txt"),
        an_upload("again.txt", content="Tŷ a gŵr.".encode()),
        an_upload("notes.txt"),
    ]
    given[2].size = 0
    given[2].file.truncate(0)  # type: ignore[union-attr]
    added = evidence.attach_several(draft, uploads=given, by=submitter)
    assert titles(draft) == ["Arolwg ŵyl", "notes"] == [one.title for one in added.kept]
    refused = dict(zip(["program", "empty", "again"], added.refused, strict=True))
    assert "“program.exe” is not a kind of file that we take in" in refused["program"]
    assert "“empty.txt” is empty" in refused["empty"]
    assert "“again.txt” is already here as “Arolwg ŵyl” (evidence 1)" in refused["again"]


def test_the_last_piece_that_fits_is_kept_and_the_next_is_refused(submitter: Membership) -> None:
    draft = a_draft(by=submitter)
    full_up_to(draft, MOST_PIECES - 1)
    given = [an_upload("fits.txt"), an_upload("too-many.txt")]
    added = evidence.attach_several(draft, uploads=given, by=submitter)
    assert [one.title for one in added.kept] == ["fits"]
    assert "“too-many.txt” was not added: a super-complaint can have 200" in added.refused[0]
    assert draft.supporting_documents.count() == MOST_PIECES
    with pytest.raises(UploadRefusedError, match=r"^The link was not added"):
        evidence.add_link(draft, link=SURVEY, title="One more", by=submitter)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Annual report 2.0.PDF.txt", "Annual report 2.0.PDF"),
        ("../../etc/passwd.TXT", "passwd"),
        ("\u202etxt.exe\u202c.txt", "txt.exe"),
        ("a\x00b\r\n.txt", "ab"),
        (".txt", "txt"),
        ("<script>alert(1)</script>.txt", "script>"),
        ("ŵ" * 180 + ".txt", "ŵ" * 146),
    ],
)
def test_a_files_name_without_its_ending_is_its_first_title(
    name: str, title: str, submitter: Membership
) -> None:
    draft, upload = a_draft(by=submitter), an_upload("placeholder.txt")
    upload._name = name  # type: ignore[attr-defined]  # As a request of somebody hostile brings it.
    if title == "txt":
        with pytest.raises(UploadRefusedError, match="Give it that ending"):
            evidence.attach(draft, upload=upload, by=submitter)
    else:
        assert evidence.attach(draft, upload=upload, by=submitter).title == title


def test_a_file_that_is_stored_already_is_attached_once(submitter: Membership) -> None:
    draft = a_draft(by=submitter)
    stored = a_stored_file(case_key=draft.key, by=submitter)
    document = evidence.attach_stored(draft, stored=stored, by=submitter)
    assert (document.file, document.file_sha256) == (stored, stored.sha256)
    with pytest.raises(UploadRefusedError, match="already here"):
        evidence.attach_stored(draft, stored=stored, by=submitter)


def test_a_stored_file_of_another_case_is_not_attached(submitter: Membership) -> None:
    stored = a_stored_file(case_key="another", by=submitter)
    with pytest.raises(ActRefusedError, match="another super-complaint"):
        evidence.attach_stored(a_draft(by=submitter), stored=stored, by=submitter)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" HTTPS://WWW.Example.ORG/Survey ", "https://www.example.org/Survey"),
        ("www.example.org/survey?a=1#two", "https://www.example.org/survey?a=1#two"),
        ("http://example.org", "http://example.org"),
        ("https://example.org/adroddiad-tŷ", "https://example.org/adroddiad-t%C5%B7"),
        ("https://tŷ.example/", "https://xn--t-foa.example/"),
    ],
)
def test_a_link_is_kept_as_a_browser_would_send_it(
    typed: str, kept: str, submitter: Membership
) -> None:
    draft = a_draft(by=submitter)
    assert evidence.add_link(draft, link=typed, title="Survey", by=submitter).link == kept
    with pytest.raises(ActRefusedError, match="already here as “Survey” \\(evidence 1\\)"):
        evidence.add_link(draft, link=kept, title="Again", by=submitter)


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "ftp://example.org/report",
        "mailto:somebody@example.org",
        "https://user:secret@example.org/",
        "https://",
        "not a link",
        "https://example.org/\nX-Header: 1",
        "https://exa\u202emple.org/",
        "https://[::1",
        f"https://example.org/{'ŵ' * 700}",
        f"https://example.org/{'a' * 3000}",
        f"https://{'ŵ' * 80}.example/",
    ],
)
def test_what_is_no_plain_web_address_is_refused_as_a_link(
    typed: str, submitter: Membership
) -> None:
    draft = a_draft(by=submitter)
    with pytest.raises(ActRefusedError):
        evidence.add_link(draft, link=typed, title="Survey", by=submitter)
    assert not draft.supporting_documents.exists()


def test_a_piece_is_described_and_the_record_holds_none_of_its_words(
    submitter: Membership,
) -> None:
    draft = a_complete_draft(by=submitter)
    document, feature = draft.supporting_documents.get(), draft.features.get(number=2)
    said = Description("Case file", "SHOWN", feature, SeenBy.NAMED, "NAMED OFFICE", True)
    evidence.describe(draft, document=document, said=said, version=0, by=submitter)
    document.refresh_from_db()
    assert Description(*(getattr(document, name) for name in vars(said))) == said
    assert document.unanswered == []
    changed = AuditEntry.objects.filter(event=ComplaintEvent.DRAFT_CHANGED).latest("number")
    assert changed.detail["described"] == "1"
    assert "SHOWN" not in str(changed.detail)
    assert "NAMED OFFICE" not in str(changed.detail)


def test_of_two_who_describe_one_piece_the_second_meets_a_conflict(
    submitter: Membership, body_approver: Membership
) -> None:
    draft = a_complete_draft(by=submitter)
    document = draft.supporting_documents.get()
    hers, his = Description("Hers", "What she says."), Description("His", "What he says.")
    evidence.describe(draft, document=document, said=hers, version=0, by=body_approver)
    with pytest.raises(VersionConflictError):
        evidence.describe(draft, document=document, said=his, version=0, by=submitter)
    assert titles(draft) == ["Hers"]


def test_a_piece_or_feature_of_another_draft_is_not_described(submitter: Membership) -> None:
    draft, other = a_complete_draft(by=submitter), a_complete_draft(by=submitter)
    foreign = other.supporting_documents.get()
    with pytest.raises(ActRefusedError):
        evidence.describe(
            draft, document=foreign, said=Description("Ours"), version=0, by=submitter
        )
    said = Description("Ours", feature=other.features.all()[0])
    own = draft.supporting_documents.get()
    with pytest.raises(ActRefusedError):
        evidence.describe(draft, document=own, said=said, version=0, by=submitter)


def test_evidence_follows_its_feature_and_outlives_it(submitter: Membership) -> None:
    draft = a_complete_draft(by=submitter, files=2)
    one, two = draft.features.all()
    for document, feature in zip(draft.supporting_documents.all(), (one, two), strict=True):
        said = Description(document.title, "Shown.", feature)
        evidence.describe(draft, document=document, said=said, version=0, by=submitter)
    statements = [Statement(two.statement)]
    drafts.save_features(draft, features=statements, version=1, by=submitter)
    left, followed = draft.supporting_documents.listed()
    assert (left.feature, left.feature_taken_out) == (None, one.statement)
    assert followed.feature == two
    assert followed.feature.number == 1
    said = Description(left.title, "Opened before.", one)
    with pytest.raises(VersionConflictError):
        evidence.describe(draft, document=left, said=said, version=1, by=submitter)


def test_two_features_may_change_places_and_keep_their_evidence(submitter: Membership) -> None:
    draft = a_complete_draft(by=submitter)
    one, two = draft.features.all()
    document = draft.supporting_documents.get()
    said = Description(document.title, "Shown.", two)
    evidence.describe(draft, document=document, said=said, version=0, by=submitter)
    turned = [Statement(two.statement), Statement(one.statement)]
    drafts.save_features(draft, features=turned, version=1, by=submitter)
    feature = draft.supporting_documents.listed().get().feature
    assert (feature.number, feature.statement) == (1, two.statement)


def test_what_was_removed_may_come_again(submitter: Membership) -> None:
    draft = a_draft(by=submitter)
    first = evidence.attach(draft, upload=an_upload(content=b"Same text."), by=submitter)
    evidence.detach(draft, document=first, by=submitter)
    assert not draft.supporting_documents.exists()
    assert evidence.attach(draft, upload=an_upload(content=b"Same text."), by=submitter).pk
    assert StoredFile.objects.count() == 2  # The record names the first, so its bytes stay.


def test_what_was_submitted_keeps_what_was_said_and_changes_no_more(
    submitter: Membership, body_approver: Membership
) -> None:
    draft = a_complete_draft(by=submitter)
    submission.submit(draft, signatory=SIGNATORY, by=body_approver)
    document = draft.supporting_documents.get()
    assert document.shows
    for refused in (
        lambda: evidence.add_link(draft, link=SURVEY, title="Late", by=submitter),
        lambda: evidence.detach(draft, document=document, by=submitter),
        lambda: evidence.describe(
            draft, document=document, said=Description("Late"), version=0, by=submitter
        ),
    ):
        with pytest.raises(ActRefusedError, match="was submitted as SC-"):
            refused()


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"link": ""}, "a_piece_of_evidence_is_a_file_or_a_link"),
        ({"link": "javascript:alert(1)"}, "a_piece_of_evidence_is_a_file_or_a_link"),
        ({"file_sha256": "a" * 64}, "a_piece_of_evidence_is_a_file_or_a_link"),
        ({"title": ""}, "a_piece_of_evidence_has_a_title"),
        ({"number": 1}, "one_piece_of_evidence_at_each_number"),
        ({"link": SURVEY}, "the_same_link_is_evidence_once"),
        ({"seen_by": "named"}, "those_who_alone_may_see_evidence_are_named"),
        ({"seen_by_named": "Somebody"}, "those_who_alone_may_see_evidence_are_named"),
        ({"seen_by": "everybody"}, "those_who_alone_may_see_evidence_are_named"),
    ],
)
def test_the_database_itself_refuses_evidence_that_cannot_be(
    facts: dict[str, object], constraint: str, submitter: Membership
) -> None:
    draft = a_draft(by=submitter)
    evidence.add_link(draft, link=SURVEY, title="Survey", by=submitter)
    right = {"number": 2, "title": "Report", "link": "https://www.example.org/report"}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        SupportingDocument.objects.create(complaint=draft, **(right | facts))


def test_the_database_refuses_the_same_bytes_twice() -> None:
    complaint = a_submitted_complaint()
    first = complaint.supporting_documents.get()
    again = a_stored_file(case_key=complaint.key, by=play("submitter"))
    with pytest.raises(IntegrityError, match="the_same_bytes_are_evidence_once"):
        SupportingDocument.objects.create(
            complaint=complaint, number=2, title="B", file=again, file_sha256=first.file_sha256
        )
