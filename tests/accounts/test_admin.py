"""Reference data, corrected by administrators and on record."""

import re
from datetime import date

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership, Organisation
from accounts.roles import Role
from audit.models import AuditEntry
from tests.builders.accounts import (
    a_membership,
    an_organisation,
    organisation,
    signed_in_as,
)

pytestmark = pytest.mark.django_db

ADDRESS = "new.person@example.invalid"
PASSWORD = "a long enough password"


def test_the_reference_data_show_administrators_how_far_they_were_checked(desk: Client) -> None:
    page = desk.get("/admin/accounts/organisation/").content.decode()
    assert "not looked up" in page
    assert desk.get("/admin/accounts/designation/").status_code == 200


def test_an_organisation_is_found_by_a_name_that_it_bore(desk: Client) -> None:
    organisation("iopc").former_names.create(name="The IPCC", used_until=date(2018, 1, 7))
    found = desk.get("/admin/accounts/organisation/", {"q": "ipcc"}).content.decode()
    assert "Independent Office for Police Conduct" in found
    assert "The IPCC (to 7 January 2018)" in found


def test_a_page_asks_once_whether_one_administers(desk: Client) -> None:
    desk.get("/admin/")
    with CaptureQueriesContext(connection) as asked:
        assert desk.get("/admin/").status_code == 200
    seats = [one["sql"] for one in asked if 'FROM "accounts_membership"' in one["sql"]]
    # Whether any seat of the person's administers; the one that acts is asked for by its plan.
    assert len(seats) == 1, seats


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


def test_a_correction_of_another_administrator_is_not_written_over_unseen(desk: Client) -> None:
    norfolk = organisation("norfolk")
    page = desk.get(f"/admin/accounts/organisation/{norfolk.pk}/change/")
    form = page.context["adminform"].form
    given = {name: "" if value is None else value for name, value in form.initial.items()}
    given |= {"former_names-TOTAL_FORMS": 0, "former_names-INITIAL_FORMS": 0}
    Organisation.objects.filter(pk=norfolk.pk).update(mailbox="theirs@example.invalid")
    given["mailbox"] = "mine@example.invalid"
    refused = desk.post(page.wsgi_request.path, given)
    shown = refused.content.decode()
    assert "Another administrator saved this row" in shown
    assert "Mailbox: they wrote “theirs@example.invalid”." in shown
    assert "mine@example.invalid" in shown
    norfolk.refresh_from_db()
    assert norfolk.mailbox == "theirs@example.invalid"
    given["seen"] = refused.context["adminform"].form["seen"].value()
    assert desk.post(page.wsgi_request.path, given).status_code == 302
    norfolk.refresh_from_db()
    assert norfolk.mailbox == "mine@example.invalid"


def test_the_admin_holds_reference_rows_and_nothing_else(desk: Client) -> None:
    shown = {model.__name__ for model in admin.site._registry}
    assert shown == {"AddresseeGroup", "Designation", "Organisation", "Regime"}


@pytest.mark.parametrize("room", ["mfa/authenticator", "account/emailaddress", "auth/group"])
def test_no_library_opens_second_factors_addresses_or_grants_to_one_person(
    desk: Client, room: str
) -> None:
    for page in ("", "add/"):
        assert desk.get(f"/admin/{room}/{page}").status_code == 404


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


def test_whoever_may_be_addressed_is_saved_with_a_mailbox(desk: Client) -> None:
    rows = {"former_names-TOTAL_FORMS": 0, "former_names-INITIAL_FORMS": 0}
    typed = {"name": "Commissioner for Nowhere", "short_name": "Nowhere", "slug": "nowhere", **rows}
    new = "/admin/accounts/organisation/add/"
    refused = desk.post(new, {**typed, "kind": "policing_body"}).content.decode()
    assert "Enter the contact mailbox: an answer may be asked of this organisation" in refused
    desk.post(new, {**typed, "kind": "policing_body", "mailbox": "office@nowhere.example"})
    assert Organisation.objects.filter(slug="nowhere").exists()
    with pytest.raises(IntegrityError, match="whoever_may_be_addressed_has_a_mailbox"):
        Organisation.objects.filter(slug="nowhere").update(mailbox="")
