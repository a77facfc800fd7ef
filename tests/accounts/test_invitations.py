"""Coming in by a mailed one-use link."""

import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.errors import ActRefusedError
from accounts.models import Invitation, Membership, Organisation, User
from accounts.roles import Role
from accounts.services import invitations, people
from audit.models import AuditEntry
from clock.london import london_today
from tests.builders.accounts import organisation

pytestmark = pytest.mark.django_db

ADDRESS = "new.person@example.invalid"
PASSWORD = "a long enough password"


def an_invitation() -> dict[str, Any]:
    """What the page that invites a person sends."""
    norfolk, roles = organisation("norfolk").pk, [Role.RESPONDER]
    return {"name": "New Person", "email": ADDRESS, "organisation": norfolk, "roles": roles}


def mailed_link() -> str:
    found = re.search(r"http://[^/]+(/invitation/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


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


def test_an_accepted_invitation_brings_nobody_back(client: Client, invited: str) -> None:
    client.post(invited, {"password": PASSWORD})
    Membership.objects.filter(user__email=ADDRESS).update(ended_at=timezone.now())
    assert client.post(invited).status_code == 410
    assert not Membership.objects.current().filter(user__email=ADDRESS).exists()


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


def test_an_address_has_one_invitation_at_an_organisation(
    administrator: Membership, invited: str
) -> None:
    again: dict[str, Any] = {"email": ADDRESS.upper(), "name": "Again", "roles": [Role.AUDITOR]}
    with pytest.raises(ActRefusedError, match=r"is invited to .* already, until"):
        invitations.invite(organisation("iopc"), **again, by=administrator)
    first = Invitation.objects.get()
    facts: dict[str, Any] = {"email": ADDRESS, "name": "Again", "roles": [Role.AUDITOR]}
    with pytest.raises(IntegrityError, match="one_open_invitation"), transaction.atomic():
        Invitation.objects.create(
            **facts, organisation=first.organisation, token_sha256="x", expires_at=first.expires_at
        )
    assert invitations.invite(organisation("college"), **again, by=administrator)
    Invitation.objects.filter(pk=first.pk).update(expires_at=timezone.now())
    assert invitations.invite(organisation("iopc"), **again, by=administrator)
    first.refresh_from_db()
    assert first.withdrawn_at


def test_what_is_no_address_is_not_invited_from_the_command_line() -> None:
    with pytest.raises(CommandError, match=r"notanaddress is no email address. Enter one"):
        call_command("create_administrator", email="notanaddress", name="A")
    assert not Invitation.objects.exists()


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
    with django_capture_on_commit_callbacks(execute=True):
        response = desk.post("/people/invite", an_invitation())
    assert response.headers["Location"] == "/people/"
    assert mail.outbox[-1].to == [ADDRESS]
    assert "New Person" in desk.get("/people/").content.decode()


def test_an_organisation_invites_until_its_last_day(desk: Client) -> None:
    norfolk = Organisation.objects.filter(slug="norfolk")
    norfolk.update(exists_until=london_today() - timedelta(days=1))
    assert "Select a valid choice" in desk.post("/people/invite", an_invitation()).content.decode()
    norfolk.update(exists_until=london_today())
    assert desk.post("/people/invite", an_invitation()).status_code == 302


def test_each_error_of_the_invitation_page_says_what_to_do(desk: Client) -> None:
    page = desk.post("/people/invite", {"email": "nobody"}).content.decode()
    for sentence in (
        "Enter the person’s full name.",
        "Enter an email address in the correct format, like name@example.com.",
        "Select an organisation.",
        "Select at least one role.",
    ):
        assert sentence in page
