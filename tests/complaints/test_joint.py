"""Making a draft together: inviting, answering, leaving, and who sees what meanwhile."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Designation, Membership, Wall
from accounts.roles import Role
from audit.models import AuditEntry
from complaints.events import ComplaintEvent as Event
from complaints.models import Complaint, JointInvitation
from complaints.services import drafts, joint, submission
from notifications.models import Message
from tests.builders.accounts import a_membership, organisation, signed_in_as
from tests.builders.complaints import HARM, SIGNATORY, a_complete_draft, a_draft
from tests.builders.joint import NOT_DESIGNATED, a_joint_draft, an_invitation, joined
from tests.cast import play
from tests.complaints.test_portal_pages import page_of
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db
FORBIDDEN, NOT_FOUND = 403, 404


def told(member: Membership) -> list[str]:
    """What a person was written, without the frame of the message."""
    return [one.body for one in Message.objects.filter(recipient=member)]


def address(name: str, *args: object) -> str:
    return reverse(f"complaints:{name}", args=args)


def test_a_body_that_accepts_reads_and_edits_the_draft_and_the_lead_is_told(
    submitter: Membership, other_body_submitter: Membership
) -> None:
    draft = a_complete_draft(by=submitter)
    sent = an_invitation(draft)
    assert ["is invited" in body for body in told(other_body_submitter)] == [True]
    joint.accept(sent, by=other_body_submitter)
    assert any("accepted your invitation" in body for body in told(submitter))
    assert Complaint.objects.visible_to(other_body_submitter).get() == draft
    drafts.save_harm(draft, harm="Harm that both see.", version=1, by=other_body_submitter)
    draft.refresh_from_db()
    assert draft.harm == "Harm that both see."
    by = AuditEntry.objects.get(chain=draft.key, event=Event.JOINT_ACCEPTED)
    assert by.detail["organisation"] == "hestia"


def test_a_message_of_an_invitation_names_no_body_and_no_title(
    other_body_submitter: Membership,
) -> None:
    an_invitation(a_draft(title="Strip searches of children"))
    (body,) = told(other_body_submitter)
    assert "Strip searches" not in body
    assert organisation("cwj").name not in body


def test_before_it_accepts_an_organisation_reads_who_invites_and_the_title_alone(
    client: Client, other_body_submitter: Membership
) -> None:
    draft = a_complete_draft(title="Searches of children")
    sent = an_invitation(draft)
    home = unescape(page_of(signed_in_as(client, other_body_submitter), "portal"))
    page = unescape(page_of(client, "joint_invitation", sent.pk))
    for text in (home, page):
        assert draft.lead_body.name in text
        assert "Searches of children" in text
        assert HARM not in text
    assert not Complaint.objects.visible_to(other_body_submitter).exists()
    with pytest.raises(PermissionDenied):
        drafts.save_harm(draft, harm="Ours", version=1, by=other_body_submitter)


PAGES_OF_A_DRAFT: dict[str, Callable[[Complaint], tuple[object, ...]]] = {
    "draft": lambda draft: (draft.key,),
    "check": lambda draft: (draft.key,),
    "before_submitting": lambda draft: (draft.key,),
    "submit": lambda draft: (draft.key,),
    "joint": lambda draft: (draft.key,),
    "part": lambda draft: (draft.key, "harm"),
    "remove_body": lambda draft: (draft.key, draft.invitations.all()[0].pk),
    "joint_invitation": lambda draft: (draft.invitations.all()[0].pk,),
    "leave_draft": lambda draft: (draft.invitations.all()[0].pk,),
}
POSTED: dict[str, Callable[[Complaint], tuple[object, ...]]] = {
    "invite": lambda draft: (draft.key,),
    "alone": lambda draft: (draft.key,),
    "send_again": lambda draft: (draft.key, draft.invitations.all()[0].pk),
    "attach": lambda draft: (draft.key,),
    "detach": lambda draft: (draft.key, draft.supporting_documents.all()[0].pk),
    "keep": lambda draft: (draft.key, "harm"),
    "decline_invitation": lambda draft: (draft.invitations.all()[0].pk,),
}


@pytest.mark.parametrize("who", ["a third body", "intake_officer", "stranger"])
def test_none_of_its_pages_is_there_for_anybody_else(client: Client, who: str) -> None:
    draft = a_joint_draft()
    outsider = a_membership(Role.BODY_APPROVER, at="liberty") if "third" in who else play(who)
    signed_in_as(client, outsider)
    for name, where in PAGES_OF_A_DRAFT.items():
        assert client.get(address(name, *where(draft))).status_code == NOT_FOUND, name
    for name, where in {**POSTED, "joint_invitation": PAGES_OF_A_DRAFT["joint_invitation"]}.items():
        assert client.post(address(name, *where(draft))).status_code == NOT_FOUND, name


@pytest.mark.parametrize("ending", ["leaves", "is removed", "declines", "has not answered"])
def test_a_body_that_is_not_or_no_more_joined_sees_nothing(
    client: Client, ending: str, other_body_submitter: Membership, submitter: Membership
) -> None:
    draft = a_complete_draft()
    sent = an_invitation(draft)
    if ending == "declines":
        joint.decline(sent, by=other_body_submitter)
    elif ending != "has not answered":
        joint.accept(sent, by=other_body_submitter)
        verb, by = (
            (joint.leave, other_body_submitter) if ending == "leaves" else (joint.remove, submitter)
        )
        verb(sent, reason="We go on alone.", by=by)
    signed_in_as(client, other_body_submitter)
    shown = {"joint_invitation"}
    for name, where in PAGES_OF_A_DRAFT.items():
        if name not in shown:
            assert client.get(address(name, *where(draft))).status_code == NOT_FOUND, name
    page = page_of(client, "joint_invitation", sent.pk)
    assert HARM not in unescape(page)
    assert (draft.title in page) is (ending == "has not answered")


def test_a_joint_body_neither_invites_nor_removes_nor_submits(
    client: Client, other_body_submitter: Membership
) -> None:
    approver = a_membership(Role.BODY_APPROVER, at="hestia")
    draft = a_joint_draft()
    sent = draft.invitations.get()
    with pytest.raises(PermissionDenied):
        joint.invite(draft, organisation=organisation("liberty"), by=approver)
    with pytest.raises(PermissionDenied):
        joint.remove(sent, reason="No.", by=approver)
    with pytest.raises(PermissionDenied):
        submission.submit(draft, signatory=SIGNATORY, by=approver)
    signed_in_as(client, approver)
    for name in ("invite", "alone"):
        assert client.post(address(name, draft.key)).status_code == FORBIDDEN
    page = page_of(client, "submit", draft.key)
    assert f"{draft.lead_body.name} leads this draft" in unescape(page)
    assert address("invite", draft.key) not in page_of(client, "joint", draft.key)


def test_only_bodies_and_other_organisations_are_invited_and_none_twice(
    submitter: Membership,
) -> None:
    draft = a_draft(by=submitter)
    an_invitation(draft)
    for refused in ("hestia", "cwj", "norfolk", "hmicfrs"):
        with pytest.raises(ActRefusedError, match="invited already, or cannot be"):
            joint.invite(draft, organisation=organisation(refused), by=submitter)
    assert an_invitation(draft, to=NOT_DESIGNATED).organisation.slug == NOT_DESIGNATED


def test_no_row_says_two_living_invitations_or_an_end_without_a_reason(
    submitter: Membership,
) -> None:
    sent = an_invitation(a_draft(by=submitter))
    again = {"complaint": sent.complaint, "organisation": sent.organisation}
    now = {"invited_at": timezone.now(), "invited_by": submitter}
    with pytest.raises(IntegrityError, match="one_living_invitation"), transaction.atomic():
        JointInvitation.objects.create(**again, **now)
    rows = JointInvitation.objects.filter(pk=sent.pk)
    with pytest.raises(IntegrityError, match="says_who_and_why"), transaction.atomic():
        rows.update(ended_at=timezone.now(), ended_by=submitter)
    with pytest.raises(IntegrityError, match="says_who_and_when"), transaction.atomic():
        rows.update(accepted=True)


def test_an_end_has_a_reason_that_the_other_body_reads(
    client: Client, submitter: Membership, other_body_submitter: Membership
) -> None:
    draft = a_joint_draft()
    sent = draft.invitations.get()
    signed_in_as(client, submitter)
    there = address("remove_body", draft.key, sent.pk)
    assert "Give a reason" in client.post(there, {"reason": " "}).content.decode()
    client.post(there, {"reason": "You asked us to go on alone."})
    assert any("no longer makes" in body for body in told(other_body_submitter))
    home = page_of(signed_in_as(client, other_body_submitter), "portal")
    assert address("joint_invitation", sent.pk) in home
    assert "You asked us to go on alone." in page_of(client, "joint_invitation", sent.pk)
    entry = AuditEntry.objects.get(chain=draft.key, event=Event.JOINT_REMOVED)
    assert entry.detail["reason"] == "You asked us to go on alone."


def test_who_was_removed_is_told_for_a_month_and_who_left_is_not(
    client: Client, other_body_submitter: Membership, submitter: Membership
) -> None:
    draft = a_joint_draft()
    left, removed = draft.invitations.get(), None
    joint.leave(left, reason="We have no time.", by=other_body_submitter)
    signed_in_as(client, other_body_submitter)
    assert address("joint_invitation", left.pk) not in page_of(client, "portal")
    removed = joined(draft, member=other_body_submitter)
    joint.remove(removed, reason="A mistake.", by=submitter)
    assert address("joint_invitation", removed.pk) in page_of(client, "portal")
    long_ago = timezone.now() - timedelta(days=31)
    JointInvitation.objects.filter(pk=removed.pk).update(ended_at=long_ago)
    assert address("joint_invitation", removed.pk) not in page_of(client, "portal")


def test_the_pages_invite_accept_and_show_the_state_to_both(
    client: Client, submitter: Membership, other_body_submitter: Membership
) -> None:
    draft = a_draft(by=submitter)
    signed_in_as(client, submitter)
    listed = page_of(client, "draft", draft.key)
    assert "Bodies that make it together" in listed
    assert "Optional" in listed
    client.post(address("invite", draft.key), {"organisation": organisation("hestia").pk})
    assert "Waiting for an answer" in page_of(client, "draft", draft.key)
    sent = draft.invitations.get()
    signed_in_as(client, other_body_submitter)
    answer = client.post(address("joint_invitation", sent.pk))
    assert answer["Location"] == address("draft", draft.key)
    page = page_of(client, "joint", draft.key)
    assert "Has not approved" in page
    assert address("leave_draft", sent.pk) in page
    assert organisation("hestia").name in unescape(page_of(client, "check", draft.key))
    assert "Led by" in page_of(client, "portal")


def test_that_no_other_body_makes_it_is_an_answer_until_one_is_invited(
    client: Client, submitter: Membership
) -> None:
    draft = a_draft(by=submitter)
    signed_in_as(client, submitter)
    client.post(address("alone", draft.key))
    assert "No other body" in page_of(client, "draft", draft.key)
    an_invitation(draft)
    assert "No other body" not in page_of(client, "draft", draft.key)
    with pytest.raises(ActRefusedError, match="Remove it first"):
        joint.make_it_alone(draft, by=submitter)


def test_whoever_stands_behind_a_wall_is_neither_told_nor_shown_the_invitation(
    client: Client, other_body_submitter: Membership, administrator: Membership
) -> None:
    draft = a_draft(title="Searches of children")
    Wall.objects.create(
        user=other_body_submitter.user, case_key=draft.key, reason="Trial.", raised_by=administrator
    )
    sent = an_invitation(draft)
    assert told(other_body_submitter) == []
    assert draft.title not in page_of(signed_in_as(client, other_body_submitter), "portal")
    assert client.get(address("joint_invitation", sent.pk)).status_code == NOT_FOUND


def test_a_declined_invitation_can_be_sent_again(
    client: Client, submitter: Membership, other_body_submitter: Membership
) -> None:
    draft = a_draft(by=submitter)
    sent = an_invitation(draft)
    signed_in_as(client, other_body_submitter).post(address("decline_invitation", sent.pk))
    assert any("declined your invitation" in body for body in told(submitter))
    with pytest.raises(ActRefusedError, match="no longer open"):
        joint.accept(sent, by=other_body_submitter)
    joint.accept(an_invitation(draft), by=other_body_submitter)
    assert draft.joint_bodies.get().slug == "hestia"


def test_an_invitation_expires_in_words_for_both_and_can_be_sent_again(
    client: Client, submitter: Membership, other_body_submitter: Membership
) -> None:
    begun = timezone.now()
    sent = an_invitation(draft := a_draft(by=submitter))
    signed_in_as(client, submitter)
    assert "can accept for 14 days. No law says so" in page_of(client, "joint", draft.key)
    assert "Send again" not in page_of(client, "joint", draft.key)
    client.post(address("send_again", draft.key, sent.pk))
    assert len(told(other_body_submitter)) == 1
    with time_machine.travel(begun + timedelta(days=14)):
        theirs = signed_in_as(Client(), other_body_submitter)
        assert "Accept</button>" in page_of(theirs, "joint_invitation", sent.pk)
    with time_machine.travel(begun + timedelta(days=15)):
        theirs = signed_in_as(Client(), other_body_submitter)
        assert "has expired" in page_of(theirs, "portal")
        page = unescape(page_of(theirs, "joint_invitation", sent.pk))
        assert f"ask {draft.lead_body.name} to send it again" in page
        assert draft.title not in page
        with pytest.raises(ActRefusedError, match="to send it again"):
            joint.accept(sent, by=other_body_submitter)
        ours = signed_in_as(Client(), submitter)
        assert "Invitation has expired" in page_of(ours, "draft", draft.key)
        assert "can’t accept any more. Send the invitation again" in page_of(
            ours, "joint", draft.key
        )
        ours.post(address("send_again", draft.key, sent.pk))
        assert len(told(other_body_submitter)) == 2
        joint.accept(sent, by=other_body_submitter)
        with pytest.raises(ActRefusedError, match="was answered"):
            joint.send_again(sent, by=submitter)
    assert AuditEntry.objects.filter(chain=draft.key, event=Event.JOINT_INVITED).count() == 2


def test_a_joint_body_sends_no_invitation_again(other_body_submitter: Membership) -> None:
    draft = a_joint_draft()
    waiting = an_invitation(draft, to=NOT_DESIGNATED)
    with pytest.raises(PermissionDenied):
        joint.send_again(waiting, by=other_body_submitter)


def test_an_organisation_that_is_not_designated_is_told_what_it_may_not(
    client: Client, other_body_submitter: Membership
) -> None:
    Designation.objects.filter(organisation=other_body_submitter.organisation).delete()
    sent = an_invitation(a_draft())
    page = unescape(
        page_of(signed_in_as(client, other_body_submitter), "joint_invitation", sent.pk)
    )
    assert "neither approve nor submit" in page
    joint.accept(sent, by=other_body_submitter)
    assert sent.complaint.joints.get().designated is False


def test_what_was_submitted_is_joined_and_left_no_more(
    submitter: Membership, body_approver: Membership, other_body_submitter: Membership
) -> None:
    draft = a_complete_draft(by=submitter)
    waiting = an_invitation(draft)
    submission.submit(draft, signatory=SIGNATORY, by=body_approver)
    with pytest.raises(ActRefusedError, match="no longer open"):
        joint.accept(waiting, by=other_body_submitter)
    with pytest.raises(ActRefusedError, match="was submitted"):
        joint.remove(waiting, reason="Late.", by=submitter)
    assert not Complaint.objects.visible_to(other_body_submitter).exists()
