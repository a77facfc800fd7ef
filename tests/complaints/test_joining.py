"""Two complaints considered together: discretionary, with a reason, unseen by either body."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, Organisation
from accounts.roles import Role
from complaints.models import Complaint, Joining
from complaints.services import joining
from complaints.states import CaseStatus, Origin
from desk.history.facts import past_cases
from desk.history.importing import import_history
from tests.builders.accounts import a_membership, organisation, signed_in_as
from tests.builders.complaints import (
    a_draft,
    a_registered_complaint,
    a_withdrawn_complaint,
    an_acknowledged_complaint,
)
from tests.cast import play
from tests.house.machines import decree
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db
WALKED = (an_acknowledged_complaint,)

WHY = "Both are about the same orders."


def of_hestia() -> Complaint:
    """A complaint of another body."""
    return a_registered_complaint(lead_body=organisation("hestia"), title="Of another body")


def page(client: Client, who: Membership, name: str, complaint: Complaint) -> str:
    """A page as this member reads it."""
    address = reverse(f"complaints:{name}", args=[complaint.reference])
    return " ".join(signed_in_as(client, who).get(address).content.decode().split())


def test_two_complaints_are_joined_on_their_page_and_each_names_the_other(client: Client) -> None:
    mine, other = an_acknowledged_complaint(), of_hestia()
    lead = signed_in_as(client, play("hmicfrs_decision_maker"))
    address = reverse("complaints:join", args=[mine.reference])
    assert "no provision in law on joining" in lead.get(address).content.decode()
    refused = lead.post(address, {"other": other.pk, "reason": ""})
    assert "Give the reason" in refused.content.decode()
    assert lead.post(address, {"other": other.pk, "reason": WHY}).status_code == 302
    for one, beside in ((mine, other), (other, mine)):
        text = page(client, play("iopc_decision_maker"), "eligibility", one)
        assert f"{beside.reference} {beside.title}" in text
        assert WHY in text


def test_neither_body_learns_of_the_other_by_it(client: Client) -> None:
    mine, other = an_acknowledged_complaint(), of_hestia()
    joining.join(mine, other=other, reason=WHY, by=play("hmicfrs_decision_maker"))
    for who, own, foreign in (
        ("body_approver", mine, other),
        ("other_body_submitter", other, mine),
    ):
        for name in ("tracker", "documents", "own_messages"):
            text = page(client, play(who), name, own)
            assert foreign.reference not in text
            assert foreign.title not in text
            assert WHY not in text


def test_a_reader_is_told_only_of_joinings_with_what_it_may_know() -> None:
    mine, other = an_acknowledged_complaint(), of_hestia()
    joining.join(mine, other=other, reason=WHY, by=play("hmicfrs_decision_maker"))
    assert joining.joinings_of(mine, play("iopc_decision_maker"))
    assert joining.joinings_of(mine, play("other_body_submitter"))[0][0] == other
    assert joining.joinings_of(mine, play("body_approver")) == []


@pytest.mark.parametrize("over", [a_withdrawn_complaint, a_draft])
def test_only_living_complaints_are_joined(over: object) -> None:
    mine, other = an_acknowledged_complaint(), over()  # type: ignore[operator]
    with pytest.raises((ActRefusedError, PermissionDenied)):
        joining.join(mine, other=other, reason=WHY, by=play("hmicfrs_decision_maker"))
    with pytest.raises(ActRefusedError):
        joining.join(mine, other=mine, reason=WHY, by=play("hmicfrs_decision_maker"))
    assert not Joining.objects.exists()


def test_history_that_others_made_is_joined_with_nothing(client: Client) -> None:
    mine, by = an_acknowledged_complaint(), play("hmicfrs_decision_maker")
    import_history(past_cases())
    for past in Complaint.objects.filter(origin=Origin.IMPORT):
        for one, other in ((mine, past), (past, mine)):
            with pytest.raises(ActRefusedError, match="Imported history is not joined"):
                joining.join(one, other=other, reason=WHY, by=by)
        assert "Join with another" not in page(client, by, "eligibility", past)
        with pytest.raises(IntegrityError, match="Only complaints under way"), transaction.atomic():
            Joining.objects.create(
                complaint=mine, other=past, reason=WHY, joined_at=timezone.now(), by=by
            )
    assert "Join with another" in page(client, by, "eligibility", mine)


def test_a_complaint_whose_report_is_sealed_is_joined_with_nothing(client: Client) -> None:
    mine, other, by = an_acknowledged_complaint(), of_hestia(), play("hmicfrs_decision_maker")
    assert "Join with another" in page(client, by, "eligibility", mine)
    decree(mine, CaseStatus.SEALED)
    for one, another in ((mine, other), (other, mine)):
        with pytest.raises(ActRefusedError, match="that have no sealed report"):
            joining.join(one, other=another, reason=WHY, by=by)
    assert "Join with another" not in page(client, by, "eligibility", mine)


def test_a_fictional_complaint_is_not_joined_with_a_real_one() -> None:
    mine, by = an_acknowledged_complaint(), play("hmicfrs_decision_maker")
    Organisation.objects.filter(pk=organisation("hestia").pk).update(fictional=not mine.fictional)
    other = of_hestia()
    with pytest.raises(ActRefusedError, match="a fictional super-complaint with a real one"):
        joining.join(mine, other=other, reason=WHY, by=by)
    with pytest.raises(IntegrityError, match="none that is made up"), transaction.atomic():
        Joining.objects.create(
            complaint=mine, other=other, reason=WHY, joined_at=timezone.now(), by=by
        )


def test_two_are_joined_once_whichever_was_named_first() -> None:
    mine, other, by = an_acknowledged_complaint(), of_hestia(), play("hmicfrs_decision_maker")
    joining.join(mine, other=other, reason=WHY, by=by)
    with pytest.raises(ActRefusedError, match="not joined yet"):
        joining.join(other, other=mine, reason=WHY, by=by)


@pytest.mark.parametrize("who", ["intake_officer", "body_approver", "stranger"])
def test_only_who_decides_joins(who: str) -> None:
    mine, other = an_acknowledged_complaint(), of_hestia()
    with pytest.raises(PermissionDenied):
        joining.join(mine, other=other, reason=WHY, by=play(who))


def test_only_the_receiving_authority_joins() -> None:
    mine, other = an_acknowledged_complaint(), of_hestia()
    with pytest.raises(ActRefusedError, match="Only HMICFRS"):
        joining.join(mine, other=other, reason=WHY, by=a_membership(Role.DECISION_MAKER, at="iopc"))


def test_the_database_refuses_a_joining_without_a_reason() -> None:
    mine, other = an_acknowledged_complaint(), of_hestia()
    with pytest.raises(IntegrityError, match="a_joining_needs_a_reason"), transaction.atomic():
        Joining.objects.create(
            complaint=mine,
            other=other,
            reason="",
            joined_at=timezone.now(),
            by=play("hmicfrs_decision_maker"),
        )
