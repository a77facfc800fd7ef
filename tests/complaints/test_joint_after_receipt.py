"""After it is submitted, each body that makes it follows it as its own, and nobody else does."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from accounts.roles import Role
from complaints.canonical import content_sha256
from complaints.models import Complaint
from complaints.services import approving, correspondence, joint, submission
from notifications.models import Message
from tests.builders.accounts import a_membership, organisation, signed_in_as
from tests.builders.complaints import (
    SIGNATORY,
    a_complete_draft,
    acknowledged,
    an_upload,
    decided,
)
from tests.builders.joint import NOT_DESIGNATED, a_joint_draft, an_approver, an_invitation
from tests.cast import play
from tests.complaints.test_portal_pages import page_of
from tests.complaints.test_receipt import printed

pytestmark = pytest.mark.django_db
NOT_FOUND = 404


def received(*members: Membership) -> Complaint:
    """A complaint that CWJ leads, submitted once each designated body had approved it."""
    draft = a_joint_draft(members=members)
    for member in members:
        if member.organisation.slug != NOT_DESIGNATED:
            read = content_sha256(draft)
            approving.approve(draft, content_sha256=read, by=member)
    return submission.submit(draft, signatory=SIGNATORY, by=play("body_approver"))


def test_a_joint_body_follows_it_as_its_own_and_a_third_body_does_not(client: Client) -> None:
    hestia, liberty = an_approver("hestia"), an_approver("liberty")
    complaint = decided(acknowledged(received(hestia)))
    letter = complaint.letters.get(kind="acknowledgement")
    document = complaint.supporting_documents.get()
    pages = [
        ("tracker", ()),
        ("submitted", ()),
        ("documents", ()),
        ("own_messages", ()),
        ("add_evidence", ()),
        ("download", (letter.pk,)),
        ("download_sent", (document.pk,)),
    ]
    for member, there in ((hestia, True), (liberty, False)):
        signed_in_as(client, member)
        for name, more in pages:
            address = reverse(f"complaints:{name}", args=[complaint.reference, *more])
            answer = client.get(address)
            assert (answer.status_code != NOT_FOUND) is there, (member, name)
        assert (complaint.reference in page_of(client, "portal")) is there


def test_a_body_that_left_or_never_answered_sees_nothing_of_it(client: Client) -> None:
    hestia, liberty = an_approver("hestia"), an_approver("liberty")
    draft = a_joint_draft(members=(hestia,))
    joint.leave(draft.invitations.get(), reason="No time.", by=hestia)
    an_invitation(draft, to="liberty")
    complaint = submission.submit(draft, signatory=SIGNATORY, by=play("body_approver"))
    Message.objects.all().delete()
    acknowledged(complaint)
    for member in (hestia, liberty):
        signed_in_as(client, member)
        for name in ("tracker", "submitted", "documents", "own_messages"):
            address = reverse(f"complaints:{name}", args=[complaint.reference])
            assert client.get(address).status_code == NOT_FOUND
        home = page_of(client, "portal")
        assert complaint.reference not in home
        assert complaint.title not in home
        assert not Message.objects.filter(recipient=member).exists()


def test_the_receipt_and_the_tracker_name_who_makes_it_together(client: Client) -> None:
    hestia, rcew = an_approver("hestia"), an_approver(NOT_DESIGNATED)
    complaint = received(hestia, rcew)
    names = [
        organisation("hestia").name,
        f"{organisation(NOT_DESIGNATED).name} (co-submitter, not designated)",
    ]
    assert sorted(printed(complaint)["joint_bodies"]) == sorted(names)
    for member in (hestia, play("submitter")):
        page = unescape(page_of(signed_in_as(client, member), "tracker", complaint.reference))
        assert all(name in page for name in names)


def test_people_of_each_body_are_told_what_the_body_is_told() -> None:
    hestia = an_approver("hestia")
    complaint = received(hestia)
    people = (hestia, play("submitter"), play("body_approver"))

    def all_told(words: str) -> bool:
        told = Message.objects.filter(body__contains=words, subject=complaint.reference)
        return {one.recipient for one in told} >= set(people)

    assert all_told("was received")
    decided(acknowledged(complaint))
    assert all_told("was acknowledged")
    assert all_told("A decision on")
    correspondence.send_message(complaint, text="We write to you.", by=play("intake_officer"))
    assert all_told("A message on")


def test_a_joint_body_writes_and_adds_evidence_as_a_body_that_makes_it() -> None:
    hestia = an_approver("hestia")
    complaint = received(hestia)
    assert correspondence.send_message(complaint, text="From us.", by=hestia).message.from_body
    added = correspondence.add_evidence(
        complaint, upload=an_upload(), title="More", shows="", by=hestia
    )
    assert added.added_at


def test_letters_go_to_the_body_that_leads() -> None:
    complaint = acknowledged(received(an_approver("hestia")))
    letter = complaint.letters.get(kind="acknowledgement")
    assert letter.document is not None
    assert letter.document.context["recipient"] == complaint.lead_body.name


def test_the_page_before_submitting_names_all_and_who_has_not_answered(client: Client) -> None:
    hestia = an_approver("hestia")
    draft = a_joint_draft(members=(hestia,))
    approving.approve(draft, content_sha256=content_sha256(draft), by=hestia)
    an_invitation(draft, to="liberty")
    signed_in_as(client, play("body_approver"))
    page = unescape(page_of(client, "before_submitting", draft.key))
    assert f"together with {organisation('hestia').name}" in page
    assert f"{organisation('liberty').name} has not answered your invitation" in page


def test_only_the_lead_bodys_draft_is_submitted_by_its_own_approver(
    client: Client, submitter: Membership
) -> None:
    draft = a_complete_draft(by=submitter)
    page = unescape(page_of(signed_in_as(client, submitter), "submit", draft.key))
    assert f"An approver of {draft.lead_body.name} submits it" in page
    member = a_membership(Role.SUBMITTER, at="hestia")
    joint.accept(an_invitation(draft), by=member)
    page = unescape(page_of(signed_in_as(client, member), "submit", draft.key))
    assert f"{draft.lead_body.name} leads this draft" in page
