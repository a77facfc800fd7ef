"""The Answers page says of an addressee that nobody could be told, until somebody can be."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation
from recommendations.models import Obligation
from tests.builders.accounts import signed_in_as
from tests.builders.recommendations import an_obligation
from tests.cast import play

pytestmark = pytest.mark.django_db
WALKED = (an_obligation,)

NOBODY = "Nobody could be told."


def answers(obligation: Obligation) -> str:
    reference = obligation.recommendation.complaint.reference
    client = signed_in_as(Client(), play("lead_investigator"))
    return client.get(reverse("recommendations:answers", args=[reference])).content.decode()


def test_a_placeholder_of_the_reference_rows_tells_nobody_and_a_mailbox_does() -> None:
    obligation = an_obligation()
    assert NOBODY in answers(obligation)
    at = Organisation.objects.filter(pk=obligation.addressee_id)
    at.update(mailbox="answers@norfolk.example")
    assert NOBODY not in answers(obligation)


def test_whoever_has_an_account_was_told() -> None:
    obligation = an_obligation()
    play("responder")
    assert NOBODY not in answers(obligation)


def test_of_an_answer_that_is_not_awaited_nothing_is_said() -> None:
    obligation = an_obligation()
    Obligation.objects.filter(pk=obligation.pk).update(answer_not_known=True)
    assert NOBODY not in answers(obligation)
