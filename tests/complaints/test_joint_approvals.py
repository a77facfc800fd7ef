"""Each joint body approves one version; any change voids it, and nothing is submitted without."""

import ast
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Designation, Membership
from audit.models import AuditEntry
from complaints.approving import awaited
from complaints.canonical import canonical, content_of, content_sha256
from complaints.events import ComplaintEvent as Event
from complaints.models import Complaint, VersionApproval
from complaints.services import approving, drafts, joint, submission
from complaints.services import evidence_relied_on as evidence
from complaints.services.drafts import FeatureHarm, Statement
from complaints.states import CaseStatus
from notifications.models import Message
from tests.builders import complaints as built
from tests.builders.accounts import organisation, signed_in_as
from tests.builders.complaints import HARM, SIGNATORY, a_complete_draft, an_upload
from tests.builders.joint import NOT_DESIGNATED, a_joint_draft, an_approver, joined
from tests.cast import play
from tests.complaints.test_portal_pages import page_of
from tests.house.sources import ROOT
from tests.publication.connections import at_once
from workflow.errors import ActRefusedError, GuardRefusedError

HARM_AGAIN = "Victims of crime do not report it, and nobody looks."
FORBIDDEN, NOT_FOUND = 403, 404


def approved(draft: Complaint, *, by: Membership) -> VersionApproval:
    """The draft as it stands, approved."""
    return approving.approve(draft, content_sha256=content_sha256(draft), by=by)


def submitted(draft: Complaint) -> Complaint:
    return submission.submit(draft, signatory=SIGNATORY, by=play("body_approver"))


def address(name: str, *args: object) -> str:
    return reverse(f"complaints:{name}", args=args)


def version_of(draft: Complaint, part: str) -> int:
    found = draft.parts.filter(name=part).first()
    return found.version if found else 0


@pytest.mark.django_db
def test_it_is_submitted_only_once_each_designated_body_has_approved_this_version() -> None:
    hestia, liberty = an_approver("hestia"), an_approver("liberty")
    draft = a_joint_draft(members=(hestia, liberty))
    with pytest.raises(GuardRefusedError, match="Hestia and Liberty must approve this version"):
        submitted(draft)
    approved(draft, by=hestia)
    with pytest.raises(GuardRefusedError, match=r"^Liberty must approve"):
        submitted(draft)
    approved(draft, by=liberty)
    complaint = submitted(draft)
    assert complaint.status == CaseStatus.SUBMITTED
    entry = AuditEntry.objects.get(chain=draft.key, event=Event.RECEIVED)
    assert entry.detail["joint_bodies"] == ["hestia", "liberty"]
    given = {each.content_sha256 for each in draft.approvals.standing()}
    assert given == {entry.detail["content_sha256"]} == {complaint.content_sha256}


# Each change that any verb can make to what a draft says.
CHANGES: dict[str, Callable[[Complaint, Membership], object]] = {
    "title": lambda d, by: drafts.save_title(d, title="Another title", version=0, by=by),
    "contact": lambda d, by: drafts.save_contact(
        d, name="Contact Person", email="other@example.invalid", version=1, by=by
    ),
    "alternate": lambda d, by: drafts.save_contact(
        d,
        name="Contact Person",
        email="contact@example.invalid",
        alternate_name="Somebody else",
        version=1,
        by=by,
    ),
    "a detail of a feature": lambda d, by: drafts.save_features(
        d,
        features=[
            Statement(one.statement, "A detail more")
            if one.number == 2
            else Statement(one.statement)
            for one in d.features.all()
        ],
        version=1,
        by=by,
    ),
    "forces": lambda d, by: drafts.save_forces(
        d, concerned="some", forces=[organisation("norfolk")], version=1, by=by
    ),
    "harm": lambda d, by: drafts.save_harm(d, harm=HARM + " ", version=1, by=by),
    "harm of a feature": lambda d, by: drafts.save_harm(
        d, harm=HARM, of_features=[FeatureHarm(1, harmed="Children")], version=1, by=by
    ),
    "evidence": lambda d, by: drafts.save_evidence(d, relied_on="Less of it", version=1, by=by),
    "a file more": lambda d, by: evidence.attach(d, upload=an_upload(), title="More", by=by),
    "a file less": lambda d, by: evidence.detach(
        d, document=d.supporting_documents.all()[0], by=by
    ),
    "a link more": lambda d, by: evidence.add_link(d, link="example.org", title="More", by=by),
    "what a piece shows": lambda d, by: built.described(d.supporting_documents.all()[0], by=by),
    "earlier ones": lambda d, by: drafts.save_earlier(
        d, considered="SC-2019-001", version=0, by=by
    ),
    "a body more": lambda d, by: joined(d, member=an_approver("liberty")),
}


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_voids_the_approval_and_its_body_is_told(
    change: Callable[[Complaint, Membership], object], submitter: Membership
) -> None:
    hestia = an_approver()
    draft = a_joint_draft(members=(hestia,))
    given = approved(draft, by=hestia)
    change(draft, submitter)
    given.refresh_from_db()
    assert given.voided_at is not None
    assert "Hestia" in [body.short_name for body in awaited(draft)]
    assert AuditEntry.objects.filter(chain=draft.key, event=Event.APPROVAL_VOIDED).count() == 1
    assert any("asked for again" in one.body for one in Message.objects.filter(recipient=hestia))
    with pytest.raises(GuardRefusedError, match="must approve"):
        submitted(draft)


@pytest.mark.django_db
def test_saving_the_same_words_again_voids_nothing(submitter: Membership) -> None:
    hestia = an_approver()
    draft = a_joint_draft(members=(hestia,))
    approved(draft, by=hestia)
    drafts.save_harm(draft, harm=HARM, version=1, by=submitter)
    statements = [Statement(one.statement, one.detail) for one in draft.features.all()]
    drafts.save_features(draft, features=statements, version=1, by=submitter)
    assert awaited(draft) == []


@pytest.mark.django_db
def test_what_is_changed_and_changed_back_is_approved_anew(submitter: Membership) -> None:
    hestia = an_approver()
    draft = a_joint_draft(members=(hestia,))
    approved(draft, by=hestia)
    drafts.save_harm(draft, harm=HARM_AGAIN, version=1, by=submitter)
    drafts.save_harm(draft, harm=HARM, version=2, by=submitter)
    assert [body.short_name for body in awaited(draft)] == ["Hestia"]
    approved(draft, by=hestia)
    assert awaited(draft) == []


@pytest.mark.django_db
def test_a_co_submitter_that_is_not_designated_has_no_say() -> None:
    rcew = an_approver(NOT_DESIGNATED)
    draft = a_joint_draft(members=(rcew,))
    with pytest.raises(ActRefusedError, match="not asked to approve"):
        approved(draft, by=rcew)
    with pytest.raises(PermissionDenied):
        submission.submit(draft, signatory=SIGNATORY, by=rcew)
    assert submitted(draft).joints.get().designated is False


@pytest.mark.django_db
def test_a_body_whose_designation_ends_before_the_day_is_asked_no_more() -> None:
    hestia = an_approver()
    draft = a_joint_draft(members=(hestia,))
    assert awaited(draft) == [hestia.organisation]
    Designation.objects.filter(organisation=hestia.organisation).delete()
    assert awaited(draft) == []
    assert submitted(draft).joints.get().designated is False


@pytest.mark.django_db
def test_only_an_approver_of_a_joint_body_approves(
    client: Client, body_approver: Membership, other_body_submitter: Membership
) -> None:
    draft = a_joint_draft()
    with pytest.raises(PermissionDenied):
        approved(draft, by=other_body_submitter)
    with pytest.raises(ActRefusedError, match="not asked to approve"):
        approved(draft, by=body_approver)
    with pytest.raises(PermissionDenied):
        approved(draft, by=an_approver("liberty"))
    signed_in_as(client, other_body_submitter)
    assert client.get(address("approve", draft.key)).status_code == NOT_FOUND
    assert "is not asked to approve" in page_of(
        signed_in_as(client, body_approver), "approve", draft.key
    )


@pytest.mark.django_db
def test_a_body_that_leaves_takes_its_approval_with_it_and_voids_those_of_others(
    submitter: Membership,
) -> None:
    hestia, liberty = an_approver("hestia"), an_approver("liberty")
    draft = a_joint_draft(members=(hestia, liberty))
    approved(draft, by=hestia)
    approved(draft, by=liberty)
    sent = draft.invitations.get(organisation=hestia.organisation)
    joint.leave(sent, reason="We have no time.", by=hestia)
    assert not draft.approvals.standing().exists()
    assert awaited(draft) == [liberty.organisation]
    approved(draft, by=liberty)
    assert submitted(draft).reference


@pytest.mark.django_db
def test_the_database_itself_refuses_what_no_verb_would_do() -> None:
    hestia = an_approver()
    draft = a_joint_draft(members=(hestia,))
    stored = Complaint.objects.filter(pk=draft.pk)
    as_submitted = {"status": CaseStatus.SUBMITTED, "reference": "SC-2026-900"}
    received = {"received_on": draft.created_at.date(), **as_submitted}
    with pytest.raises(IntegrityError, match="approves the version"), transaction.atomic():
        stored.update(**received)
    given = approved(draft, by=hestia)
    with pytest.raises(IntegrityError, match="approves the version"), transaction.atomic():
        stored.update(**received, content_sha256="a" * 64)
    with pytest.raises(DatabaseError, match=r"voided once"), transaction.atomic():
        VersionApproval.objects.filter(pk=given.pk).update(content_sha256="a" * 64)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        given.delete()
    with pytest.raises(IntegrityError, match="of_the_content_it_keeps"), transaction.atomic():
        VersionApproval.objects.create(
            complaint=draft,
            organisation=organisation("liberty"),
            content=canonical(content_of(draft)),
            content_sha256="a" * 64,
            by=hestia,
        )


@pytest.mark.django_db
def test_every_column_of_a_file_of_the_draft_is_in_what_is_approved() -> None:
    draft = a_complete_draft()
    document = draft.supporting_documents.select_related("file").get()
    (_words, (label, said)) = content_of(draft)["evidence"]
    assert document.file.original_name in label
    assert document.file.sha256 in said
    assert document.title in said
    before = content_sha256(draft)
    document.shows = "That 40 women were affected."
    document.save()
    assert content_sha256(draft) != before


def test_each_verb_that_changes_a_draft_voids_what_no_longer_stands() -> None:
    bare = []
    for path in Path(ROOT, "complaints", "services").glob("*.py"):
        for verb in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(verb, ast.FunctionDef) or not verb.decorator_list:
                continue
            calls = {ast.unparse(one.func) for one in ast.walk(verb) if isinstance(one, ast.Call)}
            writes = calls & {"change_part", "drafts.change_part"} or {
                "refuse_unless_draft",
                "changed",
            } <= {call.removeprefix("drafts.") for call in calls}
            marks = {ast.unparse(one) for one in verb.decorator_list}
            if writes and marks != {"changes_content"}:
                bare.append(verb.name)
    assert bare == []


@pytest.mark.committed
def test_of_an_approval_and_an_edit_at_one_moment_neither_leaves_a_stale_approval() -> None:
    hestia, editor = an_approver(), play("submitter")
    draft = a_joint_draft(members=(hestia,))
    read = content_sha256(draft)
    refused: list[ActRefusedError] = []
    turns: list[Any] = [
        lambda: approving.approve(
            Complaint.objects.get(pk=draft.pk), content_sha256=read, by=hestia
        ),
        lambda: drafts.save_harm(
            Complaint.objects.get(pk=draft.pk), harm=HARM_AGAIN, version=1, by=editor
        ),
    ]
    taking = threading.Lock()

    def act() -> None:
        with taking:
            turn = turns.pop()
        try:
            turn()
        except ActRefusedError as stale:
            refused.append(stale)

    at_once(act)
    draft.refresh_from_db()
    assert draft.harm == HARM_AGAIN
    assert not draft.approvals.standing().exists()
    assert len(refused) + draft.approvals.count() == 1
    assert [body.short_name for body in awaited(draft)] == ["Hestia"]


@pytest.mark.committed
def test_two_approvers_of_one_body_at_one_moment_give_one_approval() -> None:
    first, second = an_approver(), an_approver()
    draft = a_joint_draft(members=(first,))
    read, people = content_sha256(draft), [first, second]
    at_once(
        lambda: approving.approve(
            Complaint.objects.get(pk=draft.pk), content_sha256=read, by=people.pop()
        )
    )
    assert draft.approvals.count() == 1
    assert awaited(draft) == []
