"""The pages of an approval: both texts, what is missing and what stands, the files to read."""

import hashlib
from html import unescape

import pytest
from django.test import Client

from accounts.models import Membership
from accounts.roles import Role
from complaints.canonical import content_sha256
from complaints.models import VersionApproval
from complaints.services import drafts
from documents.services.scanning import scan
from tests.builders.accounts import a_membership, signed_in_as
from tests.builders.complaints import DECLARED, HARM, a_complete_draft
from tests.builders.joint import a_joint_draft, an_approver
from tests.cast import play
from tests.complaints.test_joint_approvals import HARM_AGAIN, NOT_FOUND, address, approved
from tests.complaints.test_portal_pages import page_of


@pytest.mark.django_db
def test_a_version_that_was_changed_while_it_was_read_is_not_approved(
    client: Client, submitter: Membership
) -> None:
    hestia = an_approver()
    draft = a_joint_draft(members=(hestia,))
    page = page_of(signed_in_as(client, hestia), "approve", draft.key)
    read = content_sha256(draft)
    assert f'value="{read}"' in page
    drafts.save_harm(draft, harm=HARM_AGAIN, version=1, by=submitter)
    answer = client.post(address("approve", draft.key), {"content_sha256": read}, follow=True)
    assert "was changed while you read it" in answer.content.decode()
    assert HARM_AGAIN in answer.content.decode()
    assert not VersionApproval.objects.exists()


@pytest.mark.django_db
def test_the_pages_show_both_texts_of_what_changed_since_the_approval(
    client: Client, submitter: Membership, body_approver: Membership
) -> None:
    hestia = an_approver()
    draft = a_joint_draft(members=(hestia,))
    given = approved(draft, by=hestia)
    drafts.save_harm(draft, harm=HARM_AGAIN, version=1, by=submitter)
    signed_in_as(client, body_approver)
    assert "Approved an earlier version" in page_of(client, "joint", draft.key)
    since = unescape(page_of(client, "since_approval", draft.key, given.pk))
    for shown in (since, unescape(page_of(signed_in_as(client, hestia), "approve", draft.key))):
        assert HARM in shown
        assert HARM_AGAIN in shown
    assert "Title:" not in since, "Only what differs is compared."


@pytest.mark.django_db
def test_the_answers_and_the_declaration_name_whose_approval_is_missing_as_links(
    client: Client, body_approver: Membership
) -> None:
    hestia = an_approver()
    draft = a_joint_draft(members=(hestia,))
    signed_in_as(client, body_approver)
    for page in ("check", "submit"):
        shown = page_of(client, page, draft.key)
        assert "Hestia has not approved this version" in shown
        assert address("joint", draft.key) in shown
        assert "Submit super-complaint" not in shown
    answer = client.get(address("before_submitting", draft.key))
    assert answer["Location"] == address("submit", draft.key)
    refused = client.post(address("submit", draft.key), DECLARED)
    assert "has not approved this version" in refused.content.decode()
    assert "Waiting for approval" in page_of(client, "draft", draft.key)
    signed_in_as(client, hestia)
    assert address("approve", draft.key) in page_of(client, "check", draft.key)
    client.post(address("approve", draft.key), {"content_sha256": content_sha256(draft)})
    signed_in_as(client, body_approver)
    assert "Approved this version" in page_of(client, "joint", draft.key)
    sent = client.post(address("submit", draft.key), DECLARED)
    draft.refresh_from_db()
    assert sent["Location"] == address("submitted", draft.reference)


@pytest.mark.django_db
def test_the_approvals_of_a_draft_are_not_there_for_another_body(client: Client) -> None:
    hestia, liberty = an_approver(), an_approver("liberty")
    draft = a_joint_draft(members=(hestia,))
    given = approved(draft, by=hestia)
    own = a_complete_draft(by=liberty)
    signed_in_as(client, liberty)
    for name, where in (
        ("approve", (draft.key,)),
        ("since_approval", (draft.key, given.pk)),
        ("since_approval", (own.key, given.pk)),
    ):
        assert client.get(address(name, *where)).status_code == NOT_FOUND
    forged = {"content_sha256": content_sha256(draft)}
    assert client.post(address("approve", draft.key), forged).status_code == NOT_FOUND


@pytest.mark.django_db
def test_who_approves_can_read_each_file_of_the_draft(client: Client) -> None:
    hestia = an_approver()
    draft = a_joint_draft(members=(hestia,))
    document = draft.supporting_documents.select_related("file").get()
    there = address("draft_file", draft.key, document.pk)
    assert there in page_of(signed_in_as(client, hestia), "approve", draft.key)
    unscanned = client.get(there, follow=True).content.decode()
    assert "can’t be opened: " in unscanned
    scan(document.file_id)
    answer = client.get(there)
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert hashlib.sha256(content).hexdigest() == document.file.sha256
    outsider = signed_in_as(client, an_approver("liberty"))
    assert outsider.get(there).status_code == NOT_FOUND


@pytest.mark.django_db
def test_the_home_page_asks_for_an_approval_until_it_is_given(client: Client) -> None:
    hestia, colleague = an_approver(), a_membership(Role.SUBMITTER, at="hestia")
    draft = a_joint_draft(members=(hestia,))
    asks = address("approve", draft.key)
    assert asks in page_of(signed_in_as(client, hestia), "portal")
    assert asks not in page_of(signed_in_as(client, colleague), "portal")
    assert asks not in page_of(signed_in_as(client, play("body_approver")), "portal")
    approved(draft, by=hestia)
    assert asks not in page_of(signed_in_as(client, hestia), "portal")


@pytest.mark.django_db
def test_the_answers_say_whose_approval_stands(client: Client, body_approver: Membership) -> None:
    hestia, liberty = an_approver("hestia"), an_approver("liberty")
    draft = a_joint_draft(members=(hestia, liberty))
    approved(draft, by=hestia)
    page = page_of(signed_in_as(client, body_approver), "check", draft.key)
    assert "Hestia approved this version" in page
    assert "Liberty has not approved this version" in page
