"""An earlier complaint that was concluded: its report is public, so the change must be answered."""

import pytest
from django.test import Client

from complaints.models import Comparison
from tests.builders.accounts import signed_in_as
from tests.builders.publication import a_published_case
from tests.cast import play
from tests.complaints.radar.test_comparing import STRIPPED, about, at, compared
from workflow.errors import ActRefusedError


@pytest.mark.committed
def test_of_a_concluded_one_the_change_must_be_answered(client: Client) -> None:
    """Law: SI 2018/748 reg. 6(4)."""
    concluded, asked = a_published_case(), about(STRIPPED)
    with pytest.raises(ActRefusedError, match="materially changed"):
        compared(asked, concluded)
    signed_in_as(client, play("iopc_decision_maker"))
    address = at("compare", asked.reference, concluded.reference)
    typed = {"same_substance": "yes", "reasons": "The same.", "version": 0}
    assert "Choose whether circumstances" in client.post(address, typed).content.decode()
    assert client.post(address, {**typed, "materially_changed": "yes"}).status_code == 302
    assert Comparison.objects.get().materially_changed is True
