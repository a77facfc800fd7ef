"""One sending of a form makes one thing, however often it arrives."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from complaints.models import Complaint
from drafting.models import Sending
from recommendations.models import OwnAction
from tests.builders.accounts import organisation, signed_in_as
from tests.builders.investigations import an_open_investigation
from tests.cast import play

pytestmark = pytest.mark.django_db


def token_on(client: Client, address: str) -> str:
    """The token that a page draws into its form."""
    found = re.search(
        r'name="sending" value="([0-9a-f]{32})"', client.get(address).content.decode()
    )
    assert found, address
    return found[1]


def a_letter(**more: Any) -> dict[str, Any]:
    """What an intake officer sends to register a letter; its file is read from the start."""
    police = organisation("hmicfrs").regimes.get(key="police").pk
    day = {"received_on_day": 18, "received_on_month": 12, "received_on_year": 2018}
    facts = {"regime": police, "lead_body": organisation("cwj").pk, "title": "Searches"}
    return {**facts, **day, "letter": SimpleUploadedFile("letter.txt", b"We complain."), **more}


def test_a_letter_that_is_sent_twice_is_registered_once(
    client: Client, intake_officer: Membership
) -> None:
    desk, address = signed_in_as(client, intake_officer), reverse("complaints:register")
    token = token_on(desk, address)
    first = desk.post(address, a_letter(sending=token))
    again = desk.post(address, a_letter(sending=token))
    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"]
    assert Complaint.objects.count() == 1
    desk.post(address, a_letter(sending=token_on(desk, address)))
    assert Complaint.objects.count() == 2


def test_whoever_goes_back_and_sends_the_corrected_file_sends_another(
    client: Client, intake_officer: Membership
) -> None:
    desk, address = signed_in_as(client, intake_officer), reverse("complaints:register")
    token = token_on(desk, address)
    for content in (b"We complain.", b"We confirm..", b"We confirm.."):
        desk.post(address, a_letter(sending=token, letter=SimpleUploadedFile("l.txt", content)))
    assert Complaint.objects.count() == 2


def test_whoever_goes_back_and_types_something_else_makes_another(
    client: Client, submitter: Membership
) -> None:
    body, address = signed_in_as(client, submitter), reverse("complaints:new")
    regime = organisation("hmicfrs").regimes.get(key="police").pk
    sent = {"regime": regime, "sending": token_on(body, address)}
    for title in ("First", "First", "Second"):
        assert body.post(address, {**sent, "title": title}).status_code == 302
    assert sorted(Complaint.objects.values_list("title", flat=True)) == ["First", "Second"]


def test_what_was_refused_is_sent_again_and_another_person_has_sendings_of_their_own(
    submitter: Membership, body_approver: Membership
) -> None:
    regime, address = (
        organisation("hmicfrs").regimes.get(key="police").pk,
        reverse("complaints:new"),
    )
    theirs = [signed_in_as(Client(), member) for member in (submitter, body_approver)]
    sent = {"regime": regime, "title": "Stops", "sending": token_on(theirs[0], address)}
    assert theirs[0].post(address, {**sent, "title": ""}).status_code == 200
    assert not Sending.objects.exists()
    Sending.objects.create(sha256="old", sent_at=timezone.now() - timedelta(days=8))
    places = {one.post(address, sent)["Location"] for one in theirs}
    assert len(places) == Complaint.objects.count() == Sending.objects.count() == 2


def test_work_on_a_case_that_is_sent_twice_is_there_once() -> None:
    investigation = an_open_investigation()
    desk = signed_in_as(Client(), play("investigator"))
    typed: dict[str, dict[str, Any]] = {
        "investigations:add_line": {"question": "Are searches recorded?"},
        "investigations:draft_finding": {"title": "No", "conclusion": "They are not."},
        "recommendations:draft_action": {"authority": organisation("iopc").pk, "text": "We ask."},
    }
    for name, said in typed.items():
        address = reverse(name, args=[investigation.complaint.reference])
        whole = {**said, "version": 0, "sending": token_on(desk, address)}
        answers = [desk.post(address, whole) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302], name
    actions = OwnAction.objects.filter(complaint=investigation.complaint)
    assert investigation.lines.count() == investigation.findings.count() == actions.count() == 1
