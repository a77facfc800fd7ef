"""Each author sees who else has a part of the draft open, without scripts, at page load."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, User
from audit.models import AuditEntry
from complaints.models import PartVisit
from complaints.services import joint, submission
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import SIGNATORY, a_complete_draft, a_draft
from tests.builders.joint import a_joint_draft
from tests.complaints.test_portal_pages import page_of

pytestmark = pytest.mark.django_db
AT, NAME = "14:02", "Non Ŵyn"


@pytest.fixture
def at_two_past_two() -> "time_machine.travel":
    """The afternoon of a winter day."""
    return time_machine.travel("2026-11-24T14:02:00Z", tick=False)


def test_people_of_another_body_are_told_by_office_and_colleagues_by_name(
    client: Client,
    submitter: Membership,
    body_approver: Membership,
    other_body_submitter: Membership,
    at_two_past_two: time_machine.travel,
) -> None:
    with at_two_past_two:
        draft = a_joint_draft()
        User.objects.filter(pk=submitter.user_id).update(name=NAME)
        page_of(signed_in_as(client, submitter), "part", draft.key, "harm")
        seen = page_of(signed_in_as(client, other_body_submitter), "part", draft.key, "harm")
        listed = page_of(client, "draft", draft.key)
        of_colleague = page_of(signed_in_as(client, body_approver), "draft", draft.key)
    assert f"Submitter of CWJ had this section open at {AT} GMT." in seen
    assert f"open at {AT} GMT." in listed
    assert "Submitter of CWJ" in listed
    assert NAME not in seen + listed
    assert f"{NAME} had " in of_colleague
    assert "Submitter of Hestia had " in of_colleague


def test_nobody_is_told_of_themselves_of_another_part_or_of_what_is_an_hour_ago(
    client: Client, submitter: Membership, body_approver: Membership
) -> None:
    draft = a_draft(by=submitter)
    page_of(signed_in_as(client, submitter), "part", draft.key, "harm")
    assert "open at" not in page_of(client, "part", draft.key, "harm")
    signed_in_as(client, body_approver)
    assert "open at" not in page_of(client, "part", draft.key, "contact")
    assert "open at" in page_of(client, "part", draft.key, "harm")
    long_ago = timezone.now() - timedelta(minutes=61)
    PartVisit.objects.update(seen_at=long_ago)
    assert "open at" not in page_of(client, "part", draft.key, "harm")


def test_typing_keeps_the_moment_up_to_date_in_one_row_and_out_of_the_record(
    client: Client, submitter: Membership
) -> None:
    draft = a_draft(by=submitter)
    page_of(signed_in_as(client, submitter), "part", draft.key, "harm")
    entries = AuditEntry.objects.count()
    long_ago = timezone.now() - timedelta(hours=2)
    PartVisit.objects.update(seen_at=long_ago)
    keep = reverse("complaints:keep", args=[draft.key, "harm"])
    assert client.post(keep, {"harm": "More", "version": 0}).status_code == 200
    assert PartVisit.objects.get().seen_at > long_ago + timedelta(hours=1)
    assert AuditEntry.objects.count() == entries


def test_visits_go_with_the_body_that_leaves_and_with_the_draft_that_is_submitted(
    client: Client,
    submitter: Membership,
    body_approver: Membership,
    other_body_submitter: Membership,
) -> None:
    draft = a_joint_draft(by=submitter)
    for member in (submitter, other_body_submitter):
        page_of(signed_in_as(client, member), "part", draft.key, "harm")
    joint.leave(draft.invitations.get(), reason="No time.", by=other_body_submitter)
    assert PartVisit.objects.get().by == submitter
    submission.submit(draft, signatory=SIGNATORY, by=body_approver)
    assert not PartVisit.objects.exists()


def test_the_last_to_save_is_named_by_office_to_another_body(
    client: Client, submitter: Membership, other_body_submitter: Membership
) -> None:
    draft, joint_draft = a_complete_draft(by=submitter), a_joint_draft(by=submitter)
    User.objects.filter(pk=submitter.user_id).update(name=NAME)
    signed_in_as(client, submitter)
    assert f"by {NAME}." in page_of(client, "draft", draft.key)
    page = page_of(signed_in_as(client, other_body_submitter), "draft", joint_draft.key)
    assert "by Submitter of CWJ." in page
    assert NAME not in page


def test_a_page_that_stays_open_is_told_who_comes_and_keeps_its_own_moment(
    client: Client, submitter: Membership, body_approver: Membership
) -> None:
    draft = a_draft(by=submitter)
    mine = signed_in_as(client, submitter)
    address = reverse("complaints:elsewhere", args=[draft.key, "harm"])
    assert mine.get(address).content.strip() == b""
    colleague = signed_in_as(Client(), body_approver)
    page_of(colleague, "part", draft.key, "harm")
    assert "had this section open at" in mine.get(address).content.decode()
    PartVisit.objects.update(seen_at=timezone.now() - timedelta(minutes=61))
    mine.get(address)
    assert PartVisit.objects.filter(seen_at__gt=timezone.now() - timedelta(minutes=1)).count() == 1
    assert mine.get(f"/portal/drafts/{draft.key}/nothing/elsewhere").status_code == 404
