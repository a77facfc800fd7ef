"""Writing a draft, part by part."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Membership
from audit.models import AuditEntry
from complaints.models import Complaint
from complaints.services import drafts, submission
from complaints.services import evidence_relied_on as evidence
from complaints.services.drafts import Statement
from documents.errors import UploadRefusedError
from drafting.errors import VersionConflictError
from tests.builders.accounts import organisation
from tests.builders.complaints import (
    SIGNATORY,
    a_complete_draft,
    a_draft,
    a_regime,
    a_registered_complaint,
    an_upload,
)
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db


def test_a_draft_is_its_bodys_and_nobody_elses(
    submitter: Membership, other_body_submitter: Membership, intake_officer: Membership
) -> None:
    draft = a_draft(by=submitter)
    assert Complaint.objects.visible_to(submitter).get() == draft
    for outsider in (other_body_submitter, intake_officer):
        assert not Complaint.objects.visible_to(outsider).exists()
        with pytest.raises(PermissionDenied):
            drafts.save_harm(draft, harm="Theirs", version=0, by=outsider)


def test_only_a_body_starts_a_draft(intake_officer: Membership) -> None:
    with pytest.raises(PermissionDenied):
        drafts.start_draft(a_regime(), title="Ours", by=intake_officer)
    assert not Complaint.objects.exists()


def test_a_second_save_of_the_same_version_is_a_conflict_and_changes_nothing(
    submitter: Membership, body_approver: Membership
) -> None:
    draft = a_draft(by=submitter)
    drafts.save_harm(draft, harm="First", version=0, by=submitter)
    entries = AuditEntry.objects.count()
    with pytest.raises(VersionConflictError):
        drafts.save_harm(draft, harm="Second", version=0, by=body_approver)
    draft.refresh_from_db()
    assert draft.harm == "First"
    assert AuditEntry.objects.count() == entries


def test_two_people_who_edit_different_parts_do_not_disturb_each_other(
    submitter: Membership, body_approver: Membership
) -> None:
    draft = a_draft(by=submitter)
    drafts.save_harm(draft, harm="Harm", version=0, by=submitter)
    drafts.save_evidence(draft, relied_on="Evidence", version=0, by=body_approver)
    draft.refresh_from_db()
    assert (draft.harm, draft.evidence_relied_on) == ("Harm", "Evidence")


def test_features_keep_the_order_in_which_they_were_written(submitter: Membership) -> None:
    draft = a_draft(by=submitter)
    drafts.save_features(
        draft, features=[Statement("One"), Statement("Two")], version=0, by=submitter
    )
    drafts.save_features(
        draft, features=[Statement("Two"), Statement("Three")], version=1, by=submitter
    )
    assert [(each.number, each.statement) for each in draft.features.all()] == [
        (1, "Two"),
        (2, "Three"),
    ]


def test_forces_are_kept_only_where_some_are_concerned(submitter: Membership) -> None:
    draft, some = a_draft(by=submitter), Complaint.ForcesConcerned.SOME
    chosen = [organisation("norfolk"), organisation("kent")]
    drafts.save_forces(draft, concerned=some, forces=chosen, version=0, by=submitter)
    assert draft.forces.count() == 2
    every = Complaint.ForcesConcerned.ALL
    drafts.save_forces(draft, concerned=every, forces=chosen, version=1, by=submitter)
    assert not draft.forces.exists()


def test_the_same_bytes_are_not_attached_twice(submitter: Membership) -> None:
    draft = a_draft(by=submitter)
    evidence.attach(draft, upload=an_upload(content=b"Same text."), title="First", by=submitter)
    with pytest.raises(UploadRefusedError, match="already here as “First”"):
        evidence.attach(draft, upload=an_upload(content=b"Same text."), title="Again", by=submitter)
    assert draft.supporting_documents.count() == 1


def test_a_file_is_taken_out_of_its_own_draft_only(submitter: Membership) -> None:
    draft, other = a_complete_draft(by=submitter), a_complete_draft(by=submitter)
    foreign = other.supporting_documents.get()
    evidence.detach(draft, document=foreign, by=submitter)
    assert other.supporting_documents.exists()
    evidence.detach(draft, document=draft.supporting_documents.get(), by=submitter)
    assert not draft.supporting_documents.exists()


def test_what_was_submitted_can_not_be_changed(
    submitter: Membership, body_approver: Membership
) -> None:
    complaint = submission.submit(
        a_complete_draft(by=submitter), signatory=SIGNATORY, by=body_approver
    )
    with pytest.raises(ActRefusedError, match="was submitted as SC-"):
        drafts.save_harm(complaint, harm="More", version=1, by=submitter)
    with pytest.raises(ActRefusedError):
        evidence.attach(complaint, upload=an_upload(), title="Late", by=submitter)


def test_a_registered_letter_is_not_a_draft_of_the_body(body_approver: Membership) -> None:
    with pytest.raises(ActRefusedError):
        drafts.save_harm(a_registered_complaint(), harm="Ours", version=0, by=body_approver)


def test_the_record_of_a_draft_does_not_name_the_contact_person(submitter: Membership) -> None:
    a_complete_draft(by=submitter)
    assert "Contact Person" not in str(list(AuditEntry.objects.values_list("detail", flat=True)))
