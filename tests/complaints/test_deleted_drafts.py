"""A deleted draft is in nobody's sight, and its own body can restore it for a while."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Membership
from accounts.roles import Role
from audit.models import AuditEntry
from complaints.canonical import content_sha256
from complaints.events import ComplaintEvent
from complaints.models import Complaint
from complaints.services import approving, deleting, drafts, joint, submission
from complaints.services.arriving import TASK
from documents.models import StoredFile, UploadInPieces
from documents.services import pieces
from notifications.models import Message
from tests.builders.accounts import a_membership, signed_in_as
from tests.builders.complaints import SIGNATORY, a_complete_draft, a_draft, a_submitted_complaint
from tests.builders.joint import a_joint_draft, an_approver, an_invitation
from tests.cast import play
from tests.complaints.test_portal_pages import page_of
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db
NOT_FOUND = 404


def at(name: str, draft: Complaint) -> str:
    return reverse(f"complaints:{name}", args=[draft.key])


def test_a_draft_is_deleted_and_restored_page_by_page_as_it_was(
    client: Client, submitter: Membership, body_approver: Membership
) -> None:
    draft = a_complete_draft(by=submitter, title="Searches of children")
    before = content_sha256(draft)
    signed_in_as(client, submitter)
    assert at("delete_draft", draft) in page_of(client, "draft", draft.key)
    assert "Delete “Searches of children”?" in page_of(client, "delete_draft", draft.key)
    assert client.post(at("delete_draft", draft))["Location"] == reverse("complaints:portal")
    for name in ("check", "submit", "joint", "delete_draft"):
        assert client.get(at(name, draft)).status_code == NOT_FOUND, name
    colleague = signed_in_as(Client(), body_approver)
    assert "“Searches of children” was deleted" in page_of(colleague, "portal")
    assert colleague.get(at("draft", draft))["Location"] == at("restore_draft", draft)
    assert submitter.user.name in page_of(colleague, "restore_draft", draft.key)
    assert colleague.post(at("restore_draft", draft))["Location"] == at("draft", draft)
    page_of(client, "draft", draft.key)
    draft.refresh_from_db()
    assert content_sha256(draft) == before
    assert draft.deleted_at is None
    told = AuditEntry.objects.filter(chain=draft.key).values_list("event", flat=True)
    assert {ComplaintEvent.DRAFT_DELETED, ComplaintEvent.DRAFT_RESTORED} <= set(told)


def test_a_deleted_draft_is_written_and_submitted_by_nobody(body_approver: Membership) -> None:
    draft = a_complete_draft(by=body_approver)
    deleting.delete_draft(draft, by=body_approver)
    with pytest.raises(PermissionDenied):
        drafts.save_harm(draft, harm="More.", version=1, by=body_approver)
    with pytest.raises(PermissionDenied):
        submission.submit(draft, signatory=SIGNATORY, by=body_approver)
    with pytest.raises(PermissionDenied):
        deleting.delete_draft(draft, by=body_approver)


def test_after_thirty_days_it_is_gone_from_sight_and_its_files_stay(
    client: Client, submitter: Membership
) -> None:
    draft, now = a_complete_draft(by=submitter), timezone.now()
    file = draft.supporting_documents.get().file
    deleting.delete_draft(draft, by=submitter)
    with time_machine.travel(now + timedelta(days=29)):
        page_of(signed_in_as(client, submitter), "restore_draft", draft.key)
    with time_machine.travel(now + timedelta(days=30, minutes=1)):
        signed_in_as(client, submitter)
        assert draft.title not in page_of(client, "portal")
        for name in ("draft", "restore_draft"):
            assert client.get(at(name, draft)).status_code == NOT_FOUND, name
        with pytest.raises(PermissionDenied):
            deleting.restore_draft(draft, by=submitter)
    assert file is not None
    assert StoredFile.objects.filter(pk=file.pk).exists()


def test_a_joint_body_is_told_sees_it_no_more_and_has_it_back_with_its_approval(
    client: Client, submitter: Membership
) -> None:
    hestia = an_approver("hestia")
    draft = a_joint_draft(members=(hestia,))
    approving.approve(draft, content_sha256=content_sha256(draft), by=hestia)
    with pytest.raises(PermissionDenied):
        deleting.delete_draft(draft, by=hestia)
    deleting.delete_draft(draft, by=submitter)
    signed_in_as(client, hestia)
    for name in ("draft", "restore_draft", "read_draft"):
        assert client.get(at(name, draft)).status_code == NOT_FOUND, name
    assert draft.title not in page_of(client, "portal")
    assert Message.objects.filter(recipient=hestia, body__contains="was deleted").exists()
    with pytest.raises(PermissionDenied):
        deleting.restore_draft(draft, by=hestia)
    deleting.restore_draft(draft, by=submitter)
    assert Complaint.objects.visible_to(hestia).get() == draft
    assert draft.approvals.standing().filter(organisation=hestia.organisation).exists()


def test_the_invitation_to_a_deleted_draft_goes_with_it(
    client: Client, submitter: Membership, other_body_submitter: Membership
) -> None:
    sent = an_invitation(draft := a_draft(by=submitter))
    deleting.delete_draft(draft, by=submitter)
    signed_in_as(client, other_body_submitter)
    address = reverse("complaints:joint_invitation", args=[sent.pk])
    assert client.get(address).status_code == NOT_FOUND
    with pytest.raises(PermissionDenied):
        joint.accept(sent, by=other_body_submitter)


@pytest.mark.parametrize("who", ["other_body_submitter", "intake_officer", "stranger", "reviewer"])
def test_nobody_else_deletes_or_restores_a_draft(client: Client, who: str) -> None:
    draft = a_draft()
    by = a_membership(Role.BODY_REVIEWER, at="cwj") if who == "reviewer" else play(who)
    signed_in_as(client, by)
    assert client.post(at("delete_draft", draft)).status_code == NOT_FOUND
    deleting.delete_draft(draft, by=play("submitter"))
    assert client.post(at("restore_draft", draft)).status_code == NOT_FOUND
    with pytest.raises(PermissionDenied):
        deleting.restore_draft(draft, by=by)


def test_what_was_submitted_is_not_deleted(body_approver: Membership) -> None:
    complaint = a_submitted_complaint(approver=body_approver)
    with pytest.raises(ActRefusedError, match="can’t be deleted"):
        deleting.delete_draft(complaint, by=body_approver)
    deleted = {"deleted_at": timezone.now(), "deleted_by": body_approver}
    with pytest.raises(IntegrityError, match="only_a_draft"), transaction.atomic():
        Complaint.objects.filter(pk=complaint.pk).update(**deleted)


def test_what_is_on_its_way_stops(
    submitter: Membership,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    draft = a_draft(by=submitter)
    told: dict[str, Any] = {"name": "facts.txt", "size_bytes": 9, "changed_ms": 7, "then": TASK}
    pieces.announce(draft.key, by=submitter, **told)
    with django_capture_on_commit_callbacks(execute=True):
        deleting.delete_draft(draft, by=submitter)
    assert not UploadInPieces.objects.filter(case_key=draft.key).exists()
