"""Inviting people, changing what they may do, and shutting them out."""

import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.errors import ActRefusedError
from accounts.models import Invitation, Membership, SecondFactorReset, User, Wall
from accounts.roles import Role
from accounts.services import invitations, people
from audit.models import AuditEntry
from complaints.models import Complaint
from tests.builders.accounts import (
    a_membership,
    an_organisation,
    organisation,
    signed_in_as,
    with_an_app,
)
from tests.builders.complaints import a_registered_complaint

pytestmark = pytest.mark.django_db

ADDRESS = "new.person@example.invalid"
PASSWORD = "a long enough password"


def mailed_link() -> str:
    found = re.search(r"http://[^/]+(/invitation/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


@pytest.fixture
def desk(client: Client, administrator: Membership) -> Client:
    """A browser in which an administrator has just signed in."""
    return signed_in_as(client, administrator)


@pytest.fixture
def invited(
    administrator: Membership, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> str:
    """The address of an invitation, as mailed."""
    with django_capture_on_commit_callbacks(execute=True):
        invitations.invite(
            organisation("iopc"),
            email=ADDRESS,
            name="New Person",
            roles=[Role.INVESTIGATOR, Role.PRESS_OFFICER],
            by=administrator,
        )
    return mailed_link()


def test_an_invited_person_sets_a_password_and_is_a_member(client: Client, invited: str) -> None:
    page = client.get(invited).content.decode()
    assert "New Person, you are invited to Independent Office for Police Conduct" in page
    response = client.post(invited, {"password": PASSWORD})
    assert response.headers["Location"] == "/sign-in"
    member = Membership.objects.get(user__email=ADDRESS)
    assert member.roles == [Role.INVESTIGATOR, Role.PRESS_OFFICER]
    assert member.user.check_password(PASSWORD)


def test_an_invitation_works_once(client: Client, invited: str) -> None:
    client.post(invited, {"password": PASSWORD})
    again = Client().post(invited, {"password": "another long password"})
    assert again.status_code == 410
    assert User.objects.get(email=ADDRESS).check_password(PASSWORD)


@pytest.mark.parametrize("later", [timedelta(days=7), timedelta(days=30)])
def test_an_invitation_expires(client: Client, invited: str, later: timedelta) -> None:
    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=7) - later)
    assert client.get(invited).status_code == 410
    assert client.post(invited, {"password": PASSWORD}).status_code == 410
    assert not User.objects.filter(email=ADDRESS).exists()


def test_a_withdrawn_invitation_and_a_made_up_one_are_answered_alike(
    client: Client, invited: str, administrator: Membership
) -> None:
    invitations.withdraw_invitation(Invitation.objects.get(), by=administrator)
    assert client.get(invited).status_code == client.get("/invitation/made-up").status_code == 410


def test_the_token_of_an_invitation_is_kept_nowhere(invited: str) -> None:
    token = invited.rsplit("/", 1)[1]
    kept = [str(row) for row in Invitation.objects.values()]
    kept += [str(row) for row in AuditEntry.objects.values()]
    assert not any(token in row for row in kept)


@pytest.mark.parametrize("weak", ["", "short", "password1234"])
def test_a_weak_password_is_refused_and_the_invitation_stands(
    client: Client, invited: str, weak: str
) -> None:
    assert client.post(invited, {"password": weak}).status_code == 200
    assert client.post(invited, {"password": PASSWORD}).status_code == 302


def test_somebody_with_an_account_only_says_yes(
    client: Client, submitter: Membership, administrator: Membership, invited: str
) -> None:
    User.objects.filter(pk=submitter.user_id).update(email=ADDRESS)
    before = User.objects.get(pk=submitter.user_id).password
    assert "You have an account already" in client.get(invited).content.decode()
    client.post(invited)
    assert User.objects.get(pk=submitter.user_id).password == before
    assert submitter.user.memberships.current().count() == 2


def test_a_member_is_not_invited_a_second_time(
    administrator: Membership, submitter: Membership
) -> None:
    with pytest.raises(ActRefusedError, match="is a member of"):
        invitations.invite(
            submitter.organisation,
            email=submitter.user.email.upper(),
            name="Again",
            roles=[Role.SUBMITTER],
            by=administrator,
        )


def test_a_deactivated_person_is_not_invited(
    administrator: Membership, submitter: Membership
) -> None:
    people.deactivate(submitter.user, reason="Left.", by=administrator)
    with pytest.raises(ActRefusedError, match="deactivated"):
        invitations.invite(
            organisation("iopc"),
            email=submitter.user.email,
            name="Again",
            roles=[Role.INVESTIGATOR],
            by=administrator,
        )


def test_the_first_administrator_comes_from_the_command_line(client: Client) -> None:
    said = StringIO()
    call_command("create_administrator", email=ADDRESS, name="First", stdout=said)
    link = re.search(r"http://[^/]+(/invitation/\S+)", said.getvalue())
    assert link
    client.post(link[1], {"password": PASSWORD})
    assert Membership.objects.get(user__email=ADDRESS).roles == [Role.ADMINISTRATOR]


def test_the_command_line_knows_no_made_up_organisation() -> None:
    with pytest.raises(CommandError, match="No organisation is called nowhere"):
        call_command("create_administrator", email=ADDRESS, name="A", organisation="nowhere")


def test_an_administrator_invites_a_person_through_the_page(
    desk: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    given = {
        "name": "New Person",
        "email": ADDRESS,
        "organisation": organisation("norfolk").pk,
        "roles": [Role.RESPONDER],
    }
    with django_capture_on_commit_callbacks(execute=True):
        response = desk.post("/people/invite", given)
    assert response.headers["Location"] == "/people/"
    assert mail.outbox[-1].to == [ADDRESS]
    assert "New Person" in desk.get("/people/").content.decode()


def test_each_error_of_the_invitation_page_says_what_to_do(desk: Client) -> None:
    page = desk.post("/people/invite", {"email": "nobody"}).content.decode()
    for sentence in (
        "Enter the person’s full name.",
        "Enter an email address in the correct format, like name@example.com.",
        "Select an organisation.",
        "Select at least one role.",
    ):
        assert sentence in page


def test_changed_roles_count_from_the_next_request(
    desk: Client, administrator: Membership, auditor: Membership
) -> None:
    theirs = signed_in_as(Client(), auditor)
    assert theirs.get("/people/").status_code == 404
    desk.post(f"/people/memberships/{auditor.pk}/roles", {"roles": [Role.ADMINISTRATOR]})
    assert theirs.get("/people/").status_code == 200
    entry = AuditEntry.objects.get(event="membership:roles_changed")
    assert (entry.detail["before"], entry.detail["after"]) == (["auditor"], ["administrator"])


def test_deactivation_ends_every_session_at_its_next_request(
    desk: Client, submitter: Membership
) -> None:
    theirs = [signed_in_as(Client(), submitter) for _ in range(2)]
    assert all(browser.get("/account").status_code == 200 for browser in theirs)
    desk.post(f"/people/{submitter.user_id}/deactivate", {"reason": "Left the organisation."})
    for browser in theirs:
        assert browser.get("/account").headers["Location"].startswith("/sign-in?")


def test_an_ended_membership_ends_its_sessions_and_its_place_on_teams(
    desk: Client, investigator: Membership, decision_makers: dict[str, Membership]
) -> None:
    theirs = signed_in_as(Client(), investigator)
    desk.post(f"/people/memberships/{investigator.pk}/end")
    assert theirs.get("/account").headers["Location"].startswith("/sign-in?")
    assert not investigator.user.groups.exists()


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
    assert "Used to work there." in person
    assert not case.title or case.title not in person
    desk.post(f"/people/walls/{wall.pk}/lift", {"reason": "In error."})
    wall.refresh_from_db()
    assert wall.lifted_reason == "In error."


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


def test_the_reference_data_show_administrators_how_far_they_were_checked(desk: Client) -> None:
    page = desk.get("/admin/accounts/organisation/").content.decode()
    assert "not looked up" in page
    assert desk.get("/admin/accounts/designation/").status_code == 200


@pytest.mark.parametrize("room", ["organisation", "addresseegroup", "regime", "designation"])
def test_a_row_of_the_reference_data_opens_to_be_corrected(desk: Client, room: str) -> None:
    listed = desk.get(f"/admin/accounts/{room}/").content.decode()
    row = re.search(rf'"(/admin/accounts/{room}/\d+/change/[^"]*)"', listed)
    assert row
    assert desk.get(row[1]).status_code == 200


def test_a_correction_of_the_reference_data_is_on_record(
    desk: Client, administrator: Membership
) -> None:
    norfolk = organisation("norfolk")
    page = desk.get(f"/admin/accounts/organisation/{norfolk.pk}/change/")
    given = {
        name: "" if value is None else value
        for name, value in page.context["adminform"].form.initial.items()
    }
    rows = {"former_names-TOTAL_FORMS": 0, "former_names-INITIAL_FORMS": 0}
    given |= {**rows, "mailbox": "real@example.invalid"}
    answer = desk.post(page.wsgi_request.path, given)
    assert answer.status_code == 302
    entry = AuditEntry.objects.get(event="reference:corrected")
    assert (entry.detail["row"], entry.by_user_id) == (norfolk.name, administrator.user_id)
    assert entry.detail["changed"] == [{"fields": ["Mailbox"]}]
    assert not LogEntry.objects.exists()


def test_the_admin_is_not_there_for_others(client: Client, investigator: Membership) -> None:
    signed_in_as(client, investigator)
    for address in ("/admin/", "/admin/accounts/organisation/", "/admin/login/"):
        assert client.get(address).status_code == 404


def test_the_admin_asks_the_membership_that_acts(client: Client, administrator: Membership) -> None:
    elsewhere = a_membership(Role.AUDITOR, at="iopc", user=administrator.user)
    assert signed_in_as(client, elsewhere).get("/admin/").status_code == 404


def test_no_organisation_is_removed_through_the_admin(desk: Client) -> None:
    made_up = an_organisation()
    address = f"/admin/accounts/organisation/{made_up.pk}/delete/"
    assert desk.post(address, {"post": "yes"}).status_code == 403
