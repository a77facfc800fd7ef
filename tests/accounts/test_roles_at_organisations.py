"""Which roles there are at which kind of organisation: in the verbs, the forms and the database."""

from html import unescape

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts.errors import ActRefusedError
from accounts.models import Invitation, Membership, Organisation
from accounts.roles import ROLES_AT, Role
from accounts.services import invitations, people
from tests.builders.accounts import a_membership, an_organisation, organisation

pytestmark = pytest.mark.django_db

Kind = Organisation.Kind


def test_the_database_and_the_code_have_one_table_of_roles() -> None:
    differ = []
    with connection.cursor() as cursor:
        for kind in Kind:
            for role in Role:
                cursor.execute("SELECT roles_are_of_kind(%s, %s)", [[role.value], kind.value])
                if cursor.fetchone() != (role in ROLES_AT[kind],):
                    differ.append((kind.value, role.value))
    assert differ == []
    assert set(ROLES_AT) == set(Kind)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.DECISION_MAKER, Role.ADMINISTRATOR])
def test_nobody_at_a_body_is_given_a_role_of_an_authority(
    administrator: Membership, submitter: Membership, role: Role
) -> None:
    body, roles = submitter.organisation, [Role.SUBMITTER, role]
    refused = f"Centre for Women's Justice can have this role: {role.label}. Select from these"
    with pytest.raises(ActRefusedError, match=refused):
        invitations.invite(
            body, email="new@example.invalid", name="x", roles=roles, by=administrator
        )
    with pytest.raises(ActRefusedError, match=refused):
        people.change_roles(submitter, roles=roles, by=administrator)
    with pytest.raises(IntegrityError, match="no such role"), transaction.atomic():
        Membership.objects.filter(pk=submitter.pk).update(roles=roles)
    with pytest.raises(IntegrityError, match="no such role"), transaction.atomic():
        a_membership(*roles, at="hestia")


def test_an_invitation_does_not_outlive_the_kind_of_its_organisation(
    administrator: Membership,
) -> None:
    body = an_organisation(Kind.OTHER)
    invited, token = invitations._new_invitation(
        body, email="new@example.invalid", name="x", roles=[Role.SUBMITTER], by=administrator
    )
    Organisation.objects.filter(pk=body.pk).update(kind=Kind.FORCE)
    with pytest.raises(ActRefusedError, match="can have this role: Submitter"):
        invitations.accept_invitation(token, password="a long enough password")
    assert not Membership.objects.filter(user__email=invited.email).exists()


def test_the_form_offers_the_roles_of_the_organisation_and_says_which_another_has(
    desk: Client, submitter: Membership
) -> None:
    page = desk.get(f"/people/memberships/{submitter.pk}/roles").content.decode()
    assert 'value="body_approver"' in page
    assert 'value="auditor"' not in page
    sent = {"name": "New", "email": "new@example.invalid", "roles": [Role.AUDITOR]}
    answer = desk.post("/people/invite", {**sent, "organisation": submitter.organisation_id})
    said = "Nobody at Centre for Women's Justice can have this role: Auditor. Select from these"
    assert said in unescape(answer.content.decode())
    assert not Invitation.objects.exists()


def test_an_organisation_keeps_a_kind_that_has_the_roles_of_its_people(
    desk: Client, submitter: Membership
) -> None:
    body = submitter.organisation
    page = desk.get(f"/admin/accounts/organisation/{body.pk}/change/")
    stands = page.context["adminform"].form.initial
    given = {name: "" if value is None else value for name, value in stands.items()}
    given |= {"former_names-TOTAL_FORMS": 0, "former_names-INITIAL_FORMS": 0, "kind": Kind.FORCE}
    refused = desk.post(page.wsgi_request.path, given).content.decode()
    assert f"{submitter.user} is Submitter there, which nobody is at" in refused
    with pytest.raises(IntegrityError, match="Somebody has a role there"), transaction.atomic():
        Organisation.objects.filter(pk=body.pk).update(kind=Kind.FORCE)


def test_the_command_line_makes_no_administrator_of_a_body() -> None:
    with pytest.raises(CommandError, match="can have this role: Administrator"):
        call_command(
            "create_administrator", email="a@example.invalid", name="A", organisation="cwj"
        )
    assert organisation("cwj").memberships.count() == 0
