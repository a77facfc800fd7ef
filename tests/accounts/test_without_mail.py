"""Who invites or signs in while no mail server answers loses nothing, and is told."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from accounts.errors import ActRefusedError
from accounts.models import Invitation
from accounts.roles import Role
from accounts.services import invitations
from audit.models import AuditEntry
from tests.builders.accounts import PASSWORD, organisation, signed_in_as
from tests.builders.mail_server import mail_server
from tests.cast import play

pytestmark = pytest.mark.committed

ADDRESS = "new.person@example.invalid"


@pytest.fixture(autouse=True)
def no_mail_server(settings: Settings) -> None:
    """Mail goes to a port at which nobody listens."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


def test_the_first_administrators_link_is_printed_all_the_same() -> None:
    said = StringIO()
    call_command("create_administrator", email=ADDRESS, name="First", stdout=said)
    assert "/invitation/" in said.getvalue()
    assert Invitation.objects.get().withdrawn_at is None


def test_an_invitation_that_nobody_was_sent_is_withdrawn_and_the_page_says_so() -> None:
    desk = signed_in_as(Client(), play("administrator"))
    norfolk, roles = organisation("norfolk").pk, [Role.RESPONDER]
    given = {"name": "New", "email": ADDRESS, "organisation": norfolk, "roles": roles}
    answer = desk.post("/people/invite", given)
    told = answer.content.decode()
    assert f"could not be mailed to {ADDRESS}, and its link was withdrawn" in told
    assert ADDRESS in told.partition("<form")[2], "What was typed stays."
    assert Invitation.objects.get().withdrawn_at is not None
    recorded = AuditEntry.objects.filter(chain="house").order_by("-number")
    assert [*recorded.values_list("event", flat=True)[:2]] == [
        "invitation:withdrawn",
        "person:invited",
    ]


def test_whoever_waits_for_a_code_is_told_that_it_was_not_sent_and_can_try_again(
    settings: Settings,
) -> None:
    client = Client(raise_request_exception=False)
    given = {"login": play("submitter").user.email, "password": PASSWORD}
    answer = client.post("/sign-in", given)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "The email could not be sent" in answer.content.decode()
    assert client.get("/portal/").status_code == 302, "Nobody is signed in."
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    answer = client.post("/sign-in", given, follow=True)
    assert "Check your email" in answer.content.decode()
    assert mail.outbox[-1].to == [given["login"]]


def test_who_forgot_a_password_is_told_the_same_whether_they_have_an_account_or_not() -> None:
    asked = [
        Client().post("/sign-in/forgotten", {"email": address}, follow=True)
        for address in (play("submitter").user.email, "nobody@example.invalid")
    ]
    told = [(one.redirect_chain, one.status_code, one.content) for one in asked]
    assert told[0] == told[1]
    assert told[0][1] == 200


@pytest.fixture
def refusing_server(settings: Settings) -> Iterator[None]:
    """Mail goes to a server that refuses each recipient."""
    with mail_server(settings, knows=lambda _address: False):
        yield


@pytest.mark.usefixtures("refusing_server")
def test_an_address_that_cannot_be_mailed_to_leaves_no_invitation_and_is_not_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    by, at = play("administrator"), organisation("norfolk")
    with pytest.raises(ActRefusedError, match="Check the address"):
        invitations.invite(at, email=ADDRESS, name="New", roles=[Role.RESPONDER], by=by)
    assert Invitation.objects.get().withdrawn_at is not None
    assert "SMTPRecipientsRefused" in caplog.text
    assert ADDRESS not in caplog.text
