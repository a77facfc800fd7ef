"""The record's head goes to each deciding authority once a day, and to everybody on a page."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Membership
from audit.heads import list_heads
from notifications.models import Message
from notifications.services.heads import mail_heads
from tests.builders.audit import happens
from tests.builders.complaints import a_submitted_complaint
from tests.cast import play

pytestmark = pytest.mark.django_db

DECIDERS = ("hmicfrs_decision_maker", "iopc_decision_maker", "college_decision_maker")


def head_in(body: str) -> str:
    """The NUMBER:SHA256 that a message gives away."""
    (head,) = re.findall(r"^[0-9]+:[0-9a-f]{64}$", body, re.MULTILINE)
    return str(head)


def test_each_deciding_authority_is_sent_the_head_once_a_day() -> None:
    people = {play(name).pk for name in DECIDERS}
    play("investigator"), play("body_approver")
    a_submitted_complaint()
    list_heads()
    assert mail_heads() == len(DECIDERS)
    assert mail_heads() == 0
    assert (
        set(Message.objects.filter(key__startswith="head:").values_list("recipient", flat=True))
        == people
    )
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert mail_heads() == len(DECIDERS)


def test_nothing_is_sent_before_a_head_was_listed() -> None:
    play("iopc_decision_maker")
    assert mail_heads() == 0


def test_a_message_holds_one_head_and_names_no_case(iopc_decision_maker: Membership) -> None:
    complaint = a_submitted_complaint()
    list_heads()
    mail_heads()
    message = Message.objects.get(key__startswith="head:", recipient=iopc_decision_maker)
    assert complaint.reference not in message.body
    assert complaint.key not in message.body
    call_command("verify_record", chain="house", head=[_read(head_in(message.body))])


def test_a_record_that_was_cut_does_not_pass_with_the_head_that_was_sent(
    iopc_decision_maker: Membership,
) -> None:
    happens("house")
    list_heads()
    mail_heads()
    sent = head_in(Message.objects.get(recipient=iopc_decision_maker, key__startswith="head:").body)
    number, sha256 = _read(sent)
    with pytest.raises(CommandError, match="BAD"):
        call_command("verify_record", chain="house", head=[(number + 5, sha256)])
    with pytest.raises(CommandError, match="BAD"):
        call_command("verify_record", chain="house", head=[(number, "0" * 64)])


def _read(head: str) -> tuple[int, str]:
    number, sha256 = head.split(":")
    return int(number), sha256
