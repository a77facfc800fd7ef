"""Inviting people, changing what they may do, and shutting them out."""

import re
from html import unescape
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.errors import ActRefusedError
from accounts.models import Membership, SecondFactorReset, User, Wall
from accounts.roles import Role
from accounts.services import invitations, people
from accounts.services.teams import add_to_team
from audit.models import AuditEntry
from complaints.models import Complaint
from tests.builders.accounts import (
    a_membership,
    signed_in_as,
    with_an_app,
)
from tests.builders.complaints import a_registered_complaint
from tests.builders.investigations import an_open_investigation
from tests.cast import play

pytestmark = pytest.mark.django_db

ADDRESS = "new.person@example.invalid"
PASSWORD = "a long enough password"


def test_changed_roles_count_from_the_next_request(
    desk: Client, administrator: Membership, auditor: Membership
) -> None:
    theirs = signed_in_as(Client(), auditor)
    assert theirs.get("/people/").status_code == 404
    desk.post(f"/people/memberships/{auditor.pk}/roles", {"roles": [Role.ADMINISTRATOR]})
    assert theirs.get("/people/").status_code == 200
    entry = AuditEntry.objects.get(event="membership:roles_changed")
    assert (entry.detail["before"], entry.detail["after"]) == (["auditor"], ["administrator"])


def test_whoever_takes_the_last_approver_away_is_warned_first(desk: Client) -> None:
    last = a_membership(Role.BODY_APPROVER, Role.SUBMITTER, at="cwj")
    a_membership(Role.BODY_APPROVER, at="hestia")
    pages = (
        f"/people/{last.user_id}/deactivate",
        f"/people/memberships/{last.pk}/end",
        f"/people/memberships/{last.pk}/roles",
    )
    warned = f"{last.organisation.name} has no other approver."
    assert [warned in unescape(desk.get(page).content.decode()) for page in pages] == [True] * 3
    second = a_membership(Role.BODY_APPROVER, at="cwj")
    assert not any("no other approver" in desk.get(page).content.decode() for page in pages)
    second.user.is_active = False
    second.user.save()
    assert all("no other approver" in desk.get(page).content.decode() for page in pages)


def test_whoever_takes_the_lead_of_a_case_away_is_warned_first(desk: Client) -> None:
    lead = an_open_investigation().lead
    pages = (f"/people/{lead.user_id}/deactivate", f"/people/memberships/{lead.pk}/end")
    warned = "This person leads 1 case for HMICFRS."
    assert [warned in desk.get(page).content.decode() for page in pages] == [True] * 2
    other = f"/people/{play('investigator').user_id}/deactivate"
    assert "This person leads" not in desk.get(other).content.decode()


def test_roles_that_another_administrator_changed_meanwhile_are_not_written_over(
    desk: Client, auditor: Membership, second_administrator: Membership
) -> None:
    address = f"/people/memberships/{auditor.pk}/roles"
    assert 'name="before" value="auditor"' in desk.get(address).content.decode()
    changed = [Role.AUDITOR, Role.LEGAL_ADVISER]
    people.change_roles(auditor, roles=changed, by=second_administrator)
    sent = {"roles": [Role.ADMINISTRATOR], "before": "auditor"}
    answer = desk.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Legal adviser, Auditor" in page
    assert re.search(r"Yours, not saved yet.*Administrator", page, re.DOTALL)
    auditor.refresh_from_db()
    assert auditor.roles == sorted(changed)
    assert desk.post(address, {**sent, "before": ",".join(sorted(changed))}).status_code == 302
    auditor.refresh_from_db()
    assert auditor.roles == [Role.ADMINISTRATOR]


def test_deactivation_ends_every_session_at_its_next_request(
    desk: Client, submitter: Membership
) -> None:
    theirs = [signed_in_as(Client(), submitter) for _ in range(2)]
    assert all(browser.get("/account").status_code == 200 for browser in theirs)
    reason = {"reason": "Left the organisation."}
    told = desk.post(f"/people/{submitter.user_id}/deactivate", reason, follow=True)
    assert "account is deactivated. Every session has ended." in told.content.decode()
    for browser in theirs:
        assert browser.get("/account").headers["Location"].startswith("/sign-in?")


def test_who_was_deactivated_is_found_again_and_comes_back_by_a_mailed_link(
    desk: Client,
    submitter: Membership,
    administrator: Membership,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    theirs = signed_in_as(Client(), submitter)
    with_an_app(submitter.user)
    people.deactivate(submitter.user, reason="Left.", by=administrator)
    listed = desk.get("/people/?left=yes").content.decode()
    assert submitter.user.name in listed
    assert administrator.user.name not in listed.partition("<caption")[2]
    address = f"/people/{submitter.user_id}/reactivate"
    assert address in desk.get(f"/people/{submitter.user_id}").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(address, {"reason": "Back from leave."})
    assert AuditEntry.objects.filter(event="person:reactivated").count() == 1
    assert theirs.get("/account").headers["Location"].startswith("/sign-in?")
    person = User.objects.get(pk=submitter.user_id)
    assert not person.has_usable_password()
    assert Authenticator.objects.filter(user=person).exists()
    link = re.search(r"http://[^/]+(/sign-in/forgotten/\S+)", str(mail.outbox[-1].body))
    assert link
    page = Client().get(link[1], follow=True)
    assert "password1" in page.content.decode()
    again = desk.post(address, {"reason": "Once more."}).content.decode()
    assert "account is active already." in again


def test_whose_membership_ended_is_found_again_and_invited_with_what_they_were(
    desk: Client, investigator: Membership
) -> None:
    left = "/people/?left=yes"
    assert "Nobody has left, and nobody is deactivated." in desk.get(left).content.decode()
    desk.post(f"/people/memberships/{investigator.pk}/end")
    assert investigator.user.name not in desk.get("/people/").content.decode().partition("<cap")[2]
    assert investigator.user.name in desk.get(left).content.decode()
    again = f"/people/invite?again={investigator.pk}"
    assert again in desk.get(f"/people/{investigator.user_id}").content.decode()
    assert investigator.user.email in desk.get(again).content.decode()


def test_an_ended_membership_ends_its_sessions_and_its_place_on_teams(
    desk: Client, investigator: Membership, decision_makers: dict[str, Membership]
) -> None:
    case = a_registered_complaint()
    add_to_team(case, member=investigator, by=decision_makers["hmicfrs"])
    theirs = signed_in_as(Client(), investigator)
    desk.post(f"/people/memberships/{investigator.pk}/end")
    assert theirs.get("/account").headers["Location"].startswith("/sign-in?")
    back = a_membership(Role.INVESTIGATOR, user=investigator.user)
    assert not Complaint.objects.visible_to(back).exists()


@pytest.mark.parametrize("verb", ["roles", "end", "deactivate", "reset"])
def test_nobody_changes_what_they_may_do_themselves(administrator: Membership, verb: str) -> None:
    acts: dict[str, Any] = {
        "roles": lambda: people.change_roles(
            administrator, roles=[Role.DECISION_MAKER], by=administrator
        ),
        "end": lambda: people.end_membership(administrator, by=administrator),
        "deactivate": lambda: people.deactivate(administrator.user, reason="x", by=administrator),
        "reset": lambda: people.request_second_factor_reset(
            administrator.user, reason="x", by=administrator
        ),
    }
    with pytest.raises(ActRefusedError, match="Ask another administrator"):
        acts[verb]()


def test_nobody_else_administers(auditor: Membership, submitter: Membership) -> None:
    with pytest.raises(PermissionDenied):
        people.deactivate(submitter.user, reason="x", by=auditor)
    with pytest.raises(PermissionDenied):
        people.change_roles(submitter, roles=[Role.AUDITOR], by=auditor)
    with pytest.raises(PermissionDenied):
        invitations.invite(
            submitter.organisation, email=ADDRESS, name="x", roles=[Role.AUDITOR], by=auditor
        )


def test_a_lost_second_factor_is_reset_by_two_administrators(
    desk: Client, second_administrator: Membership, investigator: Membership
) -> None:
    with_an_app(investigator.user)
    address = f"/people/{investigator.user_id}/reset-second-factor"
    desk.post(address, {"reason": "Lost the phone."})
    reset = SecondFactorReset.objects.get()
    refused = desk.post(f"/people/resets/{reset.pk}/confirm").content.decode()
    assert "Another administrator than the one who requested it" in refused
    assert Authenticator.objects.filter(user=investigator.user).exists()
    other = signed_in_as(Client(), second_administrator)
    other.post(f"/people/resets/{reset.pk}/confirm")
    assert not Authenticator.objects.filter(user=investigator.user).exists()


def test_a_second_administrator_refuses_a_reset_and_says_why(
    desk: Client, second_administrator: Membership, investigator: Membership
) -> None:
    with_an_app(investigator.user)
    person = f"/people/{investigator.user_id}"
    desk.post(f"{person}/reset-second-factor", {"reason": "Lost the phone."})
    reset = SecondFactorReset.objects.get()
    why = {"reason": "They still have their phone."}
    own = desk.post(f"/people/resets/{reset.pk}/refuse", why).content.decode()
    assert "Another administrator than the one who requested it" in own
    other = signed_in_as(Client(), second_administrator)
    assert f"/people/resets/{reset.pk}/refuse" in other.get("/people/").content.decode()
    assert "Enter the reason." in other.post(f"/people/resets/{reset.pk}/refuse").content.decode()
    other.post(f"/people/resets/{reset.pk}/refuse", why)
    assert Authenticator.objects.filter(user=investigator.user).exists()
    assert AuditEntry.objects.filter(event="second_factor:reset_refused").count() == 1
    late = other.post(f"/people/resets/{reset.pk}/confirm").content.decode()
    assert "This reset is refused already." in late
    page = desk.get(person).content.decode()
    assert f"by {second_administrator}: They still have their phone." in page
    theirs = signed_in_as(Client(), investigator).get("/account").content.decode()
    assert "A new second factor was requested for you on" in theirs
    desk.post(f"{person}/reset-second-factor", {"reason": "Lost it after all."})
    assert SecondFactorReset.objects.open().count() == 1


def test_the_database_refuses_a_reset_confirmed_by_who_requested_it(
    administrator: Membership, investigator: Membership
) -> None:
    with pytest.raises(IntegrityError, match="another_administrator"), transaction.atomic():
        SecondFactorReset.objects.create(
            user=investigator.user,
            reason="x",
            requested_by=administrator,
            confirmed_by=administrator,
            confirmed_at=timezone.now(),
        )


def test_two_memberships_of_one_person_are_not_two_administrators(
    administrator: Membership, investigator: Membership
) -> None:
    also = a_membership(Role.ADMINISTRATOR, at="iopc", user=administrator.user)
    reset = people.request_second_factor_reset(investigator.user, reason="x", by=administrator)
    with pytest.raises(ActRefusedError, match="Another administrator"):
        people.confirm_second_factor_reset(reset, by=also)


@pytest.mark.parametrize(
    "page", ["/people/", "/people/invite", "/people/{user}", "/people/memberships/{pk}/roles"]
)
def test_the_people_pages_are_not_there_for_others(
    client: Client, submitter: Membership, investigator: Membership, page: str
) -> None:
    address = page.format(user=submitter.user_id, pk=submitter.pk)
    assert signed_in_as(client, investigator).get(address).status_code == 404


def test_the_list_finds_people_by_name_and_organisation(
    desk: Client, submitter: Membership
) -> None:
    found = desk.get("/people/", {"q": "women's justice"}).content.decode()
    assert submitter.user.name in found
    nobody = desk.get("/people/", {"q": "no such"}).content.decode()
    assert "Nobody matches." in nobody


def test_granting_asks_for_a_fresh_sign_in(client: Client, administrator: Membership) -> None:
    signed_in_as(client, administrator, fresh=False)
    response = client.get("/people/invite")
    assert response.headers["Location"].startswith("/sign-in/again?next=")
    assert client.get("/people/").status_code == 200


def test_a_form_sent_too_late_goes_on_after_the_password(
    client: Client, administrator: Membership, submitter: Membership
) -> None:
    signed_in_as(client, administrator, fresh=False)
    address = f"/people/memberships/{submitter.pk}/roles"
    asked = client.post(address, {"roles": [Role.BODY_APPROVER]})
    submitter.refresh_from_db()
    assert submitter.roles == [Role.SUBMITTER]
    client.post(asked.headers["Location"], {"password": "three random words", "next": address})
    submitter.refresh_from_db()
    assert submitter.roles == [Role.BODY_APPROVER]


def test_an_administrator_raises_and_lifts_a_wall_and_reads_nothing_of_the_case(
    desk: Client, investigator: Membership
) -> None:
    case: Complaint = a_registered_complaint()
    address = f"/people/{investigator.user_id}/wall"
    unknown = desk.post(address, {"reference": "SC-1999-001", "reason": "x"}).content.decode()
    assert "There is no case with this reference." in unknown
    desk.post(address, {"reference": case.reference, "reason": "Used to work there."})
    wall = Wall.objects.get(user=investigator.user, case_key=case.key)
    person = desk.get(f"/people/{investigator.user_id}").content.decode()
    assert f"{case.reference}: Used to work there." in person
    lifting = desk.get(f"/people/walls/{wall.pk}/lift").content.decode()
    assert f"and {case.reference}?" in lifting
    assert not case.title or case.title not in person
    desk.post(f"/people/walls/{wall.pk}/lift", {"reason": "In error."})
    wall.refresh_from_db()
    assert wall.lifted_reason == "In error."
