"""Mails to the public: asked for by the one function, confirmed, told once, stopped at once."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from notifications.models import Message
from notifications.services import sending, subscribers
from publication.models import Release, Subscription, SubscriptionRequest, Suspension
from publication.public_door import request_subscription
from publication.services.after import follow_up
from publication.states import Asked
from tests.builders.publication import an_approved_release, in_seconds

pytestmark = pytest.mark.committed
ADDRESS = "reader@example.invalid"


@pytest.fixture
def public() -> Release:
    """A report that has been public for a second."""
    return an_approved_release()


def the_worker_runs() -> None:
    subscribers.serve_all()
    for message_id in sending.owed():
        sending.deliver(message_id)


def link(name: str) -> str:
    """The address of a kind in the last mail."""
    found = re.search(rf"http://\S+?(/subscribe/{name}/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def ask(client: Client, **said: str) -> str:
    """Send the form; where it leads, or its page."""
    answer = client.post("/subscribe", {"address": ADDRESS, **said})
    assert not answer.cookies
    return answer.headers.get("Location") or answer.content.decode()


def subscribed(client: Client, reference: str = "") -> Subscription:
    ask(client, reference=reference)
    the_worker_runs()
    client.post(link("confirm"))
    the_worker_runs()
    return Subscription.objects.get(reference=reference)


def test_an_address_is_mailed_once_it_is_confirmed_by_a_link_that_works_once(
    client: Client,
) -> None:
    assert ask(client) == "/subscribe/asked"
    assert client.get("/subscribe/asked").status_code == 200
    the_worker_runs()
    assert mail.outbox[-1].to == [ADDRESS]
    confirming = link("confirm")
    assert client.get(confirming).content == client.get("/subscribe/confirm/made-up").content
    the_worker_runs()
    assert Subscription.objects.get().confirmed_at is None, "a program that follows links"
    client.post(confirming)
    the_worker_runs()
    assert Subscription.objects.get().confirmed_at is not None
    client.post(confirming)
    assert not SubscriptionRequest.objects.filter(taken_at=None).exists()
    assert ask(client) == "/subscribe/asked", "the same answer to an address that is known"
    the_worker_runs()
    assert len(mail.outbox) == 1


def test_what_is_published_is_mailed_once_to_whoever_follows_it(
    client: Client, public: Release
) -> None:
    subscribed(client)
    subscribed(client, public.reference)
    before = len(mail.outbox)
    other = an_approved_release()
    for release in (other, public):
        follow_up(release.pk)
    for _ in range(2):
        the_worker_runs()
    told = mail.outbox[before:]
    assert sorted(each.subject for each in told) == sorted(
        [other.reference, public.reference, public.reference]
    )
    assert all(release.title not in str(each.body) for each in told for release in (other, public))
    assert f"/super-complaints/{public.reference}" in str(told[0].body)
    assert told[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nobody_is_told_before_the_instant_nor_of_what_is_suspended_or_older(
    client: Client, public: Release
) -> None:
    follow_up(public.pk)
    subscribed(client)
    ahead = an_approved_release(release_at=in_seconds(3600))
    assert follow_up(ahead.pk) is False
    suspended = an_approved_release()
    follow_up(suspended.pk)
    Suspension.objects.create(release=suspended, reason="A name was in it.")
    the_worker_runs()
    assert Message.objects.filter(key__startswith="published:").count() == 0


def test_an_unreleased_case_is_answered_as_one_that_does_not_exist(client: Client) -> None:
    ahead = an_approved_release(release_at=in_seconds(3600))
    answers = {
        ask(client, reference=reference).replace(reference, "")
        for reference in (ahead.reference, "SC-1999-999")
    }
    assert len(answers) == 1
    assert "No super-complaint of this reference is public." in answers.pop()
    request_subscription(Asked.START, address=ADDRESS, reference=ahead.reference)
    assert not SubscriptionRequest.objects.exists()


def test_one_press_stops_the_mails_and_forgets_the_address(client: Client, public: Release) -> None:
    subscribed(client)
    follow_up(public.pk)
    the_worker_runs()
    answer = client.post(link("stop"), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not answer.cookies
    the_worker_runs()
    assert not Subscription.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        the_worker_runs()
    assert not SubscriptionRequest.objects.exists()


def test_the_function_takes_what_is_well_formed_and_only_so_often() -> None:
    for wrong in ("nobody", "a@b", "two words@example.invalid", "a@b.c\nBcc: d@e.f", "x" * 260):
        request_subscription(Asked.START, address=wrong)
    request_subscription(Asked.CONFIRM, token="made-up")
    request_subscription(Asked.STOP, token="made-up")
    assert not SubscriptionRequest.objects.exists()
    for _ in range(8):
        request_subscription(Asked.START, address=ADDRESS.upper())
        assert SubscriptionRequest.objects.filter(taken_at=None).count() <= 1
        SubscriptionRequest.objects.update(taken_at=timezone.now())
    assert SubscriptionRequest.objects.count() == 5


def test_a_form_without_a_proper_address_says_what_to_enter(client: Client) -> None:
    assert "Enter your email address." in ask(client, address="")
    assert "Enter an email address in the form" in ask(client, address="nobody")


def test_the_form_for_a_made_up_case_is_marked_and_says_once_that_it_is_optional(
    client: Client,
) -> None:
    made_up = an_approved_release(payload={"fictional": True})
    hidden = an_approved_release(payload={"fictional": True}, release_at=in_seconds(3600))
    page = client.get(f"/subscribe?reference={made_up.reference}").content.decode()
    assert "Fictional example" in page
    assert page.count("(optional)") == 1
    assert "Fictional example" in ask(client, reference=made_up.reference, address="nobody")
    of_another = client.get(f"/subscribe?reference={hidden.reference}").content.decode()
    assert "Fictional example" not in of_another
