"""Every address of the portal, filled with what exists of others’ joint draft or complaint."""

import pytest
from django.test import Client

from accounts.models import Membership
from accounts.veiled import veiled
from complaints.canonical import content_sha256
from complaints.models import Complaint, JointInvitation
from complaints.services import approving, correspondence, joint, submission
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import SIGNATORY, an_upload
from tests.builders.joint import a_joint_draft, an_approver, an_invitation
from tests.cast import play
from tests.complaints.test_portal_pages import page_of
from tests.embargo.addresses import Route, Values, routes

pytestmark = pytest.mark.django_db
NOT_THERE = {404, 405}


def of_others() -> list[Route]:
    """The addresses of the portal that name something."""
    return [one for one in routes() if one.pattern.startswith("portal/") and one.converters]


def values_of(complaint: Complaint) -> Values:
    """Every name and number by which something of a complaint can be asked for."""
    rows = ("invitations", "approvals", "supporting_documents", "letters", "messages")
    numbers = {pk for each in rows for pk in getattr(complaint, each).values_list("pk", flat=True)}
    return {
        "key": [complaint.key],
        "reference": [complaint.reference or complaint.key],
        "name": ["harm", "evidence"],
        "pk": sorted(numbers),
    }


METHODS = ("get", "post", "patch")


def found(client: Client, values: Values, methods: tuple[str, ...] = METHODS) -> list[str]:
    """The addresses that answer anything but that there is nothing, to any of the methods."""
    return [
        f"{method} {address}"
        for route in of_others()
        for address in route.addresses(values)
        for method in methods
        if getattr(client, method)(address).status_code not in NOT_THERE
    ]


@pytest.fixture
def draft() -> Complaint:
    """A draft that CWJ and Hestia make together, approved as it stands."""
    hestia = an_approver("hestia")
    joined = a_joint_draft(members=(hestia,))
    approving.approve(joined, content_sha256=content_sha256(joined), by=hestia)
    return joined


@pytest.fixture
def liberty() -> Membership:
    """An approver of a third body."""
    return an_approver("liberty")


def test_the_addresses_are_those_of_drafts_invitations_and_complaints() -> None:
    said = " ".join(route.pattern for route in of_others())
    for part in ("drafts/<str:key>/approve", "invitations/<veiled:pk>/leave", "<str:reference>"):
        assert part in said
    assert len(of_others()) > 30


def test_a_third_body_finds_nothing_of_a_joint_draft(
    client: Client, draft: Complaint, liberty: Membership
) -> None:
    assert found(signed_in_as(client, liberty), values_of(draft)) == []
    home = page_of(client, "portal")
    assert draft.title not in home
    assert draft.key not in home


def test_an_invited_body_finds_its_invitation_and_nothing_else(
    client: Client, draft: Complaint, liberty: Membership
) -> None:
    sent = an_invitation(draft, to="liberty")
    own = f"/portal/invitations/{veiled(sent.pk)}"
    # What it may post answers the invitation, so here it reads only.
    assert found(signed_in_as(client, liberty), values_of(draft), ("get",)) == [f"get {own}"]
    values = {**values_of(draft), "pk": [draft.supporting_documents.get().pk, 999_999]}
    JointInvitation.objects.filter(pk=sent.pk).update(id=1_000_000)
    assert found(client, values) == []


def test_a_body_that_left_finds_the_reason_and_nothing_else(
    client: Client, draft: Complaint
) -> None:
    hestia = play("other_body_submitter")
    sent = draft.invitations.get()
    joint.leave(sent, reason="We have no time.", by=hestia)
    there = found(signed_in_as(client, hestia), values_of(draft))
    own = f"/portal/invitations/{veiled(sent.pk)}"
    assert {one.split()[1] for one in there} == {own, f"{own}/decline"}
    assert not Complaint.objects.visible_to(hestia).exists()


def test_a_third_body_finds_nothing_of_what_was_submitted(
    client: Client, draft: Complaint, liberty: Membership
) -> None:
    complaint = submission.submit(draft, signatory=SIGNATORY, by=play("body_approver"))
    correspondence.send_message(
        complaint, text="With a file.", uploads=[an_upload()], by=play("submitter")
    )
    assert found(signed_in_as(client, liberty), values_of(complaint)) == []
