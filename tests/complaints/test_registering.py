"""A letter or e-mail that came to intake is registered with its day of receipt and its original."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from clock.london import london_today
from complaints.models import Complaint
from tests.builders.accounts import organisation, signed_in_as
from tests.builders.complaints import an_upload
from tests.cast import play

pytestmark = pytest.mark.django_db

RECEIVED = date(2018, 12, 18)


def at(name: str, complaint: Complaint, *more: object) -> str:
    """The address of a case's page."""
    return reverse(f"complaints:{name}", args=[complaint.reference, *more])


def typed_of(received_on: date, **more: Any) -> dict[str, Any]:
    """What an intake officer types to register a letter that came on a day."""
    return {
        "regime": organisation("hmicfrs").regimes.get(key="police").pk,
        "lead_body": organisation("cwj").pk,
        "title": "Searches of children",
        "received_on_day": received_on.day,
        "received_on_month": received_on.month,
        "received_on_year": received_on.year,
        "letter": an_upload("letter.txt"),
        **more,
    }


def test_a_letter_is_registered_with_its_day_of_receipt(
    client: Client, intake_officer: Membership
) -> None:
    typed = typed_of(RECEIVED, features="Searches are not recorded.\n\nReasons are not given.")
    answer = signed_in_as(client, intake_officer).post(reverse("complaints:register"), typed)
    complaint = Complaint.objects.get()
    assert answer["Location"] == at("acknowledge", complaint)
    assert str(complaint.received_on) == "2018-12-18"
    assert complaint.features.count() == 2


def test_a_letter_of_several_bodies_is_registered_for_each_of_them(
    client: Client, intake_officer: Membership
) -> None:
    both = [organisation("hestia").pk, organisation("cwj").pk]
    typed = typed_of(RECEIVED, joint_bodies=both)
    assert signed_in_as(client, intake_officer).post(reverse("complaints:register"), typed)
    complaint = Complaint.objects.get()
    assert [body.slug for body in complaint.joint_bodies.all()] == ["hestia"]
    other = signed_in_as(Client(), play("other_body_submitter"))
    assert complaint.title in other.get(reverse("complaints:portal")).content.decode()


def test_a_letter_from_tomorrow_or_without_a_file_is_sent_back(
    client: Client, intake_officer: Membership
) -> None:
    typed = typed_of(london_today() + timedelta(days=1))
    del typed["letter"]
    page = signed_in_as(client, intake_officer).post(reverse("complaints:register"), typed)
    text = page.content.decode()
    assert "The day of receipt must be today or in the past." in text
    assert "Choose the file of the original letter or e-mail." in text
    assert not Complaint.objects.exists()


def test_a_letter_from_before_the_scheme_began_is_sent_back_beside_its_day(
    client: Client, intake_officer: Membership
) -> None:
    typed = typed_of(date(2018, 10, 31))
    page = signed_in_as(client, intake_officer).post(reverse("complaints:register"), typed)
    text = page.content.decode()
    assert text.count("The day of receipt must be on or after 1 November 2018") == 2
    assert 'href="#id_received_on' in text
    assert not Complaint.objects.exists()
