"""An authority's opinion on a matter in dispute, when two of its people write it at once."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from accounts.roles import Role
from drafting.errors import VersionConflictError
from publication.models import Report
from publication.services.sign_off import give_opinion
from tests.builders.accounts import a_membership, organisation, signed_in_as
from tests.builders.publication import a_report_in_sign_off
from tests.cast import play

pytestmark = pytest.mark.django_db
WALKED = (a_report_in_sign_off,)

MATTER = "finding 1"
THEIRS, OURS = "We would go further.", "We count otherwise."


@pytest.fixture
def colleague() -> Membership:
    """A second decision-maker of the authority that gives the opinion."""
    return a_membership(Role.DECISION_MAKER, at=organisation("iopc"))


def an_opinion(report: Report) -> None:
    """What one person of the authority has given."""
    give_opinion(report, matter=MATTER, text=THEIRS, by=play("iopc_decision_maker"))


def typed(**said: Any) -> dict[str, Any]:
    """What a form sends."""
    return {"matter": MATTER, "text": OURS, "version": 0} | said


def test_an_opinion_that_a_colleague_has_given_meanwhile_is_not_written_over(
    client: Client, colleague: Membership
) -> None:
    an_opinion(report := a_report_in_sign_off())
    address = reverse("publication:opinion", args=[report.reference])
    answer = signed_in_as(client, colleague).post(address, typed())
    page = unescape(answer.content.decode())
    assert answer.status_code == 409
    assert THEIRS in page
    assert OURS in page
    assert report.opinions.get().text == THEIRS
    version = re.findall(r'name="version" value="(\d+)"', page)[0]
    client.post(address, typed(version=version, text="Both of us."))
    stands = report.opinions.get()
    assert (stands.text, stands.by, stands.version) == ("Both of us.", colleague, 2)


def test_no_version_but_the_one_that_stands_changes_an_opinion() -> None:
    an_opinion(report := a_report_in_sign_off())
    for overtaken in (0, 2):
        with pytest.raises(VersionConflictError):
            give_opinion(
                report,
                matter=MATTER,
                text=OURS,
                version=overtaken,
                by=play("iopc_decision_maker"),
            )
    with pytest.raises(VersionConflictError):
        give_opinion(
            report, matter="finding 2", text=OURS, version=1, by=play("iopc_decision_maker")
        )
    assert report.opinions.get().text == THEIRS


def test_an_authority_changes_its_own_opinion_and_no_other_authority_does(
    client: Client, colleague: Membership
) -> None:
    an_opinion(report := a_report_in_sign_off())
    given = report.opinions.get()
    address = reverse("publication:change_opinion", args=[report.reference, given.pk])
    listed = signed_in_as(client, colleague).get(
        reverse("publication:report", args=[report.reference])
    )
    assert address in listed.content.decode()
    assert THEIRS in client.get(address).content.decode()
    client.post(address, typed(version=1))
    given.refresh_from_db()
    assert (given.matter, given.text) == (MATTER, OURS)
    assert signed_in_as(client, play("college_decision_maker")).get(address).status_code == 404
