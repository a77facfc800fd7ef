"""The way in: who needs what, where it leads, and what it refuses."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client

from accounts.models import Membership, User
from accounts.roles import Role
from audit.models import AuditEntry
from tests.builders.accounts import (
    PASSWORD,
    a_membership,
    a_user,
    app_code,
    signed_in_as,
    with_an_app,
)

pytestmark = pytest.mark.django_db

SIGN_IN = "/sign-in"

# Staff, press and approvers, written a second time: whoever is taken out there is missed here.
NEED_A_SECOND_FACTOR = (
    Role.ADMINISTRATOR,
    Role.AUDITOR,
    Role.BODY_APPROVER,
    Role.DECISION_MAKER,
    Role.INTAKE_OFFICER,
    Role.INVESTIGATOR,
    Role.LEAD_INVESTIGATOR,
    Role.LEGAL_ADVISER,
    Role.PRESS_OFFICER,
    Role.RESPONSE_APPROVER,
)
NEED_A_MAILED_CODE = (Role.SUBMITTER, Role.BODY_REVIEWER, Role.RESPONDER)


@pytest.fixture(autouse=True)
def _no_throttle() -> Iterator[None]:
    """Each test starts with a clean count of tries."""
    cache.clear()
    yield
    cache.clear()


def give_password(client: Client, user: User, password: str = PASSWORD, **more: str) -> Any:
    return client.post(SIGN_IN, {"login": user.email, "password": password, **more})


def mailed_code() -> str:
    found = re.search(r"Your code is (\S+)\. ", str(mail.outbox[-1].body))
    assert found
    return found[1]


def sign_in_with_mailed_code(client: Client, user: User, going: str = "") -> Any:
    give_password(client, user, next=going)
    return client.post("/sign-in/code", {"code": mailed_code(), "next": going})


def signed_in_person(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize("address", ["/account", "/people/", "/admin/", "/sign-out"])
def test_a_stranger_is_led_to_the_sign_in_page_and_back(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.headers["Location"] == f"/sign-in?next={address.replace('/', '%2F')}"


@pytest.mark.parametrize(
    "address", ["/unknown", "/people/no/such", "/sign-up", "/accounts/signup/"]
)
def test_an_unknown_address_is_404_to_a_stranger_too(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_submitter_signs_in_with_a_password_and_a_mailed_code(
    client: Client, submitter: Membership
) -> None:
    response = give_password(client, submitter.user, next="/account")
    assert response.headers["Location"] == "/sign-in/code"
    assert signed_in_person(client) is None
    assert mail.outbox[-1].to == [submitter.user.email]
    response = client.post("/sign-in/code", {"code": mailed_code(), "next": "/account"})
    assert response.headers["Location"] == "/account"
    page = client.get("/account")
    assert page.status_code == 200
    assert page.wsgi_request.membership == submitter  # type: ignore[attr-defined]


def test_a_wrong_mailed_code_signs_nobody_in(client: Client, submitter: Membership) -> None:
    give_password(client, submitter.user)
    response = client.post("/sign-in/code", {"code": "WRONG1"})
    assert "The code is not right." in response.content.decode()
    assert signed_in_person(client) is None


def test_no_code_is_mailed_for_a_wrong_password(client: Client, submitter: Membership) -> None:
    response = give_password(client, submitter.user, "another password")
    assert "The email address or password is not right." in response.content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize("role", NEED_A_SECOND_FACTOR)
def test_a_role_that_needs_a_second_factor_opens_nothing_before_it_is_set_up(
    client: Client, role: Role
) -> None:
    member = a_membership(role)
    sign_in_with_mailed_code(client, member.user)
    for address in ("/account", "/people/", "/admin/"):
        assert client.get(address).headers["Location"].startswith("/sign-in/set-up?next=")


@pytest.mark.parametrize("role", NEED_A_MAILED_CODE)
def test_other_roles_need_no_second_factor(client: Client, role: Role) -> None:
    member = a_membership(role)
    sign_in_with_mailed_code(client, member.user)
    assert client.get("/account").status_code == 200


def test_each_role_is_of_one_kind_or_the_other() -> None:
    assert sorted(NEED_A_SECOND_FACTOR + NEED_A_MAILED_CODE) == sorted(Role)


def test_setting_up_an_app_opens_the_service_at_once(
    client: Client, administrator: Membership
) -> None:
    sign_in_with_mailed_code(client, administrator.user)
    assert client.get("/sign-in/set-up?next=/people/").status_code == 200
    page = client.get("/account/second-factor/app")
    secret = re.search(r'<code class="hash">(\w+)</code>', page.content.decode())
    assert secret
    response = client.post("/account/second-factor/app", {"code": app_code(secret[1])})
    assert response.headers["Location"] == "/account/second-factor/recovery-codes"
    codes = client.get("/account/second-factor/recovery-codes").content.decode()
    assert 'href="/people/"' in codes
    assert client.get("/people/").status_code == 200


def test_the_secret_of_an_app_is_encrypted_where_it_is_kept(administrator: Membership) -> None:
    with_an_app(administrator.user)
    kept = Authenticator.objects.get(user=administrator.user).data["secret"]
    assert "JBSWY3DPEHPK3PXP" not in kept


def test_staff_sign_in_with_a_password_and_their_app(
    client: Client, administrator: Membership
) -> None:
    with_an_app(administrator.user)
    response = give_password(client, administrator.user, next="/people/")
    assert response.headers["Location"] == "/sign-in/second-factor"
    assert mail.outbox == []
    assert signed_in_person(client) is None
    response = client.post("/sign-in/second-factor", {"code": app_code()})
    assert response.headers["Location"] == "/people/"
    assert client.get("/people/").status_code == 200


@pytest.mark.parametrize("wrong", ["000000", "", "abcdef"])
def test_a_wrong_code_from_the_app_signs_nobody_in(
    client: Client, administrator: Membership, wrong: str
) -> None:
    with_an_app(administrator.user)
    give_password(client, administrator.user)
    client.post("/sign-in/second-factor", {"code": wrong})
    assert signed_in_person(client) is None


def test_a_code_from_the_app_works_once(client: Client, administrator: Membership) -> None:
    with_an_app(administrator.user)
    code = app_code()
    for expected in (True, False):
        client.post("/sign-out")
        give_password(client, administrator.user)
        client.post("/sign-in/second-factor", {"code": code})
        assert (signed_in_person(client) is not None) is expected


def counts_in_the_database() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM throttle_counts")
        return int(cursor.fetchone()[0])


def test_guessing_a_password_is_throttled_and_the_count_is_kept_in_the_database(
    client: Client, submitter: Membership
) -> None:
    assert counts_in_the_database() == 0
    for _ in range(5):
        give_password(client, submitter.user, "a guess")
    response = give_password(client, submitter.user, PASSWORD)
    assert "You have tried too many times." in response.content.decode()
    assert mail.outbox == []
    assert counts_in_the_database() > 0


def guess_mailed_codes(user: User, times: int) -> int:
    """Sign in from a browser of its own with wrong codes, and answer how many counts are kept."""
    elsewhere = Client()
    give_password(elsewhere, user)
    for _ in range(times):
        elsewhere.post("/sign-in/code", {"code": "WRONG1"})
    return counts_in_the_database()


def test_guessing_a_mailed_code_is_throttled_however_many_codes_are_mailed(
    client: Client, submitter: Membership
) -> None:
    before, *_, after = [guess_mailed_codes(submitter.user, times) for times in (0, 3, 2)]
    assert after > before
    response = sign_in_with_mailed_code(client, submitter.user)
    assert len(mail.outbox) == 4
    assert "You have tried too many times." in response.content.decode()
    assert signed_in_person(client) is None


def test_guessing_the_code_of_an_app_is_throttled_and_counted_in_the_database(
    client: Client, administrator: Membership
) -> None:
    with_an_app(administrator.user)
    give_password(client, administrator.user)
    before = counts_in_the_database()
    for _ in range(5):
        client.post("/sign-in/second-factor", {"code": "000000"})
    assert counts_in_the_database() > before
    response = client.post("/sign-in/second-factor", {"code": app_code()})
    assert "You have tried too many times." in response.content.decode()
    assert signed_in_person(client) is None


def test_a_person_with_two_organisations_chooses_one(client: Client, submitter: Membership) -> None:
    elsewhere = a_membership(Role.RESPONDER, at="norfolk", user=submitter.user)
    sign_in_with_mailed_code(client, submitter.user)
    response = client.get("/account")
    assert response.headers["Location"] == "/sign-in/choose-organisation?next=%2Faccount"
    chosen = client.post(
        "/sign-in/choose-organisation", {"membership": elsewhere.pk, "next": "/account"}
    )
    assert chosen.headers["Location"] == "/account"
    page = client.get("/account")
    assert page.wsgi_request.membership == elsewhere  # type: ignore[attr-defined]
    entry = AuditEntry.objects.filter(event="person:signed_in").last()
    assert entry is not None
    assert entry.by_label == "Norfolk Constabulary (Responder)"


def test_nobody_acts_as_a_membership_of_somebody_else(
    client: Client, submitter: Membership, administrator: Membership
) -> None:
    a_membership(Role.RESPONDER, at="norfolk", user=submitter.user)
    sign_in_with_mailed_code(client, submitter.user)
    client.post("/sign-in/choose-organisation", {"membership": administrator.pk})
    assert "membership" not in client.session
    session = client.session
    session["membership"] = administrator.pk
    session.save()
    assert client.get("/account").headers["Location"].startswith("/sign-in?")
    assert signed_in_person(client) is None


def test_a_second_factor_is_asked_for_when_changing_to_a_role_that_needs_one(
    client: Client, submitter: Membership
) -> None:
    deciding = a_membership(Role.DECISION_MAKER, at="iopc", user=submitter.user)
    sign_in_with_mailed_code(client, submitter.user)
    client.post("/sign-in/choose-organisation", {"membership": submitter.pk})
    assert client.get("/account").status_code == 200
    client.post("/sign-in/choose-organisation", {"membership": deciding.pk})
    assert client.get("/account").headers["Location"].startswith("/sign-in/set-up")


def test_a_person_without_any_role_is_told_so(client: Client) -> None:
    person = a_user()
    sign_in_with_mailed_code(client, person)
    page = client.get("/account", follow=True)
    assert "You have no role at any organisation now." in page.content.decode()


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "javascript:x"])
def test_the_way_in_leads_nowhere_else(
    client: Client, submitter: Membership, elsewhere: str
) -> None:
    response = sign_in_with_mailed_code(client, submitter.user, elsewhere)
    assert response.headers["Location"] == "/home"
    going = {"membership": submitter.pk, "next": elsewhere}
    response = client.post("/sign-in/choose-organisation", going)
    assert response.headers["Location"] == "/home"


def test_a_session_in_use_goes_on_and_one_left_alone_ends(
    client: Client, submitter: Membership
) -> None:
    with time_machine.travel("2026-03-02 09:00Z", tick=False) as clock:
        signed_in_as(client, submitter)
        for _ in range(4):
            clock.shift(timedelta(minutes=45))
            assert client.get("/account").status_code == 200
        clock.shift(timedelta(minutes=61))
        assert client.get("/account").headers["Location"].startswith("/sign-in?")


def test_signing_out_needs_a_post_and_ends_the_session(
    client: Client, submitter: Membership
) -> None:
    sign_in_with_mailed_code(client, submitter.user)
    assert client.get("/sign-out").status_code == 200
    assert signed_in_person(client) is not None
    client.post("/sign-out")
    assert signed_in_person(client) is None


def test_a_forgotten_password_is_set_anew_by_a_mailed_link(
    client: Client, submitter: Membership
) -> None:
    client.post("/sign-in/forgotten", {"email": submitter.user.email})
    found = re.search(r"http://\S+?(/sign-in/forgotten/\S+)", str(mail.outbox[-1].body))
    assert found
    form = client.get(found[1]).headers["Location"]
    new = "quite another password"
    client.post(form, {"password1": new, "password2": new})
    assert give_password(client, submitter.user, new).headers["Location"] == "/sign-in/code"


def test_an_unknown_address_is_answered_as_a_known_one(
    client: Client, submitter: Membership
) -> None:
    answers = {
        client.post("/sign-in/forgotten", {"email": address}).headers["Location"]
        for address in (submitter.user.email, "nobody@example.invalid")
    }
    assert answers == {"/sign-in/forgotten/sent"}


def test_somebody_without_a_password_is_led_to_choose_one_and_signs_in_with_it(
    client: Client,
) -> None:
    member = a_membership(Role.RESPONDER, at="norfolk")
    member.user.set_unusable_password()
    member.user.save()
    signed_in_as(client, member)
    assert client.get("/account/password")["Location"] == "/account/password/first"
    chosen = {"password1": "a kettle of brass hares", "password2": "a kettle of brass hares"}
    client.post("/account/password/first", chosen)
    client.logout()
    give_password(client, member.user, chosen["password1"])
    client.post("/sign-in/code", {"code": mailed_code()})
    assert signed_in_person(client) == str(member.user.pk)
