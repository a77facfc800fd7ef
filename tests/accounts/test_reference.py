"""The reference rows that every database has."""

from datetime import date

import pytest

from accounts.models import AddresseeGroup, Designation, Organisation, Regime
from accounts.services.reference import load_reference, policing_body_name

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("key", "members"),
    [
        ("chief-constables", 43),
        ("policing-bodies", 43),
        ("all-forces", 47),
        ("service-police-forces", 4),
    ],
)
def test_a_group_has_the_members_that_its_name_promises(key: str, members: int) -> None:
    """Law: Police Reform Act 2002 s.29A(3): 43 territorial forces and four more."""
    assert AddresseeGroup.objects.get(key=key).members.count() == members


def test_each_territorial_force_has_one_policing_body_marked_not_looked_up() -> None:
    for force in AddresseeGroup.objects.get(key="chief-constables").members.all():
        body = force.policing_bodies.get()
        assert "not looked up: derived" in body.verification


def test_each_territorial_force_has_a_tile_of_its_own() -> None:
    codes = Organisation.objects.exclude(tile_code="").values_list("tile_code", flat=True)
    assert len(codes) == len(set(codes)) == 43


def test_a_regime_says_who_decides_and_who_receives() -> None:
    """Law: SI 2018/748 reg. 2(1); SI 2023/624 Part 4."""
    deciding = {
        regime.key: [part.organisation.short_name for part in regime.parts.all()]
        for regime in Regime.objects.all()
    }
    assert deciding == {
        "police": ["HMICFRS", "IOPC", "College"],
        "service_police": ["HMICFRS", "SPCC"],
    }
    for regime in Regime.objects.all():
        assert regime.parts.get(receives_and_publishes=True).organisation.short_name == "HMICFRS"


def test_a_regime_says_on_which_day_it_began() -> None:
    """Law: SI 2018/748 reg. 1; SI 2023/624 reg. 1."""
    assert dict(Regime.objects.values_list("key", "began_on")) == {
        "police": date(2018, 11, 1),
        "service_police": date(2023, 6, 19),
    }


def test_a_group_is_not_also_an_organisation() -> None:
    assert not Organisation.objects.filter(name__contains="all forces").exists()
    assert not Organisation.objects.filter(name="Police and crime commissioners").exists()


def test_every_addressee_has_a_mailbox_and_none_is_a_real_one() -> None:
    mailboxes = Organisation.objects.values_list("mailbox", flat=True)
    assert all(mailbox.endswith("@example.invalid") for mailbox in mailboxes)
    assert not Organisation.objects.exclude(verification__contains="placeholder").exists()


def test_a_designation_keeps_its_instrument_and_how_far_it_was_checked() -> None:
    designation = Designation.objects.get(organisation__slug="cwj")
    assert designation.instrument == "SI 2018/748"
    assert designation.verification == "confirmed: made three super-complaints"


def test_a_second_load_changes_nothing_that_an_administrator_corrected() -> None:
    Organisation.objects.filter(slug="norfolk").update(mailbox="right@example.invalid")
    AddresseeGroup.objects.get(key="all-forces").members.clear()
    assert load_reference() == 0
    assert Organisation.objects.get(slug="norfolk").mailbox == "right@example.invalid"
    assert not AddresseeGroup.objects.get(key="all-forces").members.exists()


@pytest.mark.parametrize(
    ("governance", "name"),
    [
        ("Police and Crime Commissioner", "Police and Crime Commissioner for Kent"),
        ("Police, Fire and Crime Commissioner", "Police, Fire and Crime Commissioner for Kent"),
        ("Mayor of South Yorkshire", "Mayor of South Yorkshire"),
    ],
)
def test_a_policing_body_is_named_as_its_force_is_governed(governance: str, name: str) -> None:
    assert policing_body_name(governance, area="Kent") == name
