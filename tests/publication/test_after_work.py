"""Faults of worker and queue after the instant: what follows a release happens exactly once."""

from collections import Counter
from pathlib import Path

import pytest
import redis
from django.db import transaction
from pytest_django import Settings

from audit.models import AuditEntry
from deadlines.models import Deadline
from notifications.models import Message
from publication import public_door
from publication.models import AfterWork, Release
from publication.services import after
from publication.services.after import due, follow_up
from publication.tasks import sweep
from recommendations.models import Obligation, Recommendation
from supercomplaints.celery import send
from tests.builders.accounts import organisation
from tests.builders.publication import a_sealed_report, made_public
from tests.cast import play
from tests.fixtures.service import process, wait_until
from tests.publication.connections import another_waits, at_once

pytestmark = pytest.mark.committed
WALKED = (a_sealed_report,)

ONCE = ("release:released", "recommendation:issued", "obligation:opened")


@pytest.fixture
def public(committed: None, queue: "redis.Redis[bytes]") -> Release:
    """A release that is public, with somebody at its addressee, and nothing followed yet."""
    for name in ("responder", "response_approver"):
        play(name)
    release = made_public(a_sealed_report())
    # What was told on the way is not what is counted here.
    Message.objects.all().delete()
    queue.flushdb()
    return release


@pytest.fixture
def mails(tmp_path: Path) -> Path:
    """A folder of one's own that a worker writes its mails to."""
    folder = tmp_path / "mails"
    folder.mkdir()
    return folder


def is_followed() -> bool:
    """Whether nothing of this release is left to do: no work, and no mail unsent."""
    return not due() and not Message.objects.filter(sent_at=None).exists()


def assert_followed_once(release: Release, mails: Path | None = None) -> None:
    """Each thing that follows a release stands there once: facts, record, messages, mails."""
    assert AfterWork.objects.filter(release=release).count() == 1
    entries = AuditEntry.objects.of_chain(release.chain).values_list("event", flat=True)
    counted = Counter(entries)
    assert {event: counted[event] for event in ONCE} == dict.fromkeys(ONCE, 1)
    owed = Obligation.objects.get(recommendation__complaint=release.complaint)
    assert owed.addressee == organisation("norfolk")
    assert Deadline.objects.filter(case_key=release.chain, rule_code="response").count() == 1
    # The tick sends the record's head to each authority too, which is not of this release.
    of_the_case = Message.objects.exclude(key__startswith="head:")
    told = of_the_case.values_list("recipient__user__name", flat=True)
    assert sorted(told) == ["Responder", "Response approver"]
    if mails:
        written = "".join(path.read_text() for path in mails.iterdir())
        sent = [line for line in written.splitlines() if line.startswith("Message-ID:")]
        assert sorted(sent) == sorted(
            f"Message-ID: {message.message_id}" for message in Message.objects.all()
        )


def test_a_worker_killed_in_the_middle_leaves_nothing_half_done(
    public: Release, queue: "redis.Redis[bytes]", mails: Path
) -> None:
    with process("worker", called="doomed", MAIL_DIR=str(mails)) as doomed, transaction.atomic():
        # It has latched and announced the release when it comes to issue this row.
        Recommendation.objects.select_for_update().get(complaint=public.complaint)
        send("supercomplaints.tick", ())
        wait_until(another_waits, "the worker issues the recommendation")
        doomed.kill()
    queue.flushdb()
    assert AuditEntry.objects.filter(event="release:released").count() == 0
    assert not Obligation.objects.exists()
    assert due() == [public.pk]
    with process("worker", called="next", MAIL_DIR=str(mails)):
        send("supercomplaints.tick", ())
        wait_until(is_followed, "everything has followed")
    assert_followed_once(public, mails)


def test_a_worker_killed_before_its_mails_leaves_them_to_the_tick(
    public: Release, queue: "redis.Redis[bytes]", mails: Path
) -> None:
    assert follow_up(public.pk)
    assert Message.objects.filter(sent_at=None).count() == 2
    queue.flushdb()  # The bells of both mails are gone with it.
    with process("worker", called="next", MAIL_DIR=str(mails)):
        send("supercomplaints.tick", ())
        wait_until(is_followed, "everything has followed")
        send("supercomplaints.tick", ())
        wait_until(lambda: queue.llen("celery") == 0, "the queue is empty")
    assert_followed_once(public, mails)


def test_a_task_delivered_thrice_to_a_real_worker_follows_once(
    public: Release, queue: "redis.Redis[bytes]", mails: Path
) -> None:
    for _ in range(3):
        send("publication.after_release", (public.pk,))
        send("supercomplaints.tick", ())
    with process("worker", called="both", MAIL_DIR=str(mails)):
        wait_until(is_followed, "everything has followed")
        wait_until(lambda: queue.llen("celery") == 0, "the queue is empty")
    assert_followed_once(public, mails)


def test_two_at_once_on_two_connections_follow_once(public: Release) -> None:
    answers: list[bool] = []
    at_once(lambda: answers.append(follow_up(public.pk)), times=3)
    assert sorted(answers) == [False, False, True]
    assert_followed_once(public)


def test_without_redis_the_report_is_public_and_its_messages_wait(
    public: Release, settings: Settings
) -> None:
    settings.TASK_SENDER = "tests.builders.documents.ring_where_no_redis_is"
    with public_door.opened():
        assert public_door.edition_at(public.slug)
    sweep()
    assert_followed_once(public)
    assert Message.objects.filter(sent_at=None).count() == 2


def test_a_release_whose_work_fails_does_not_keep_the_others_waiting(
    public: Release, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(after, "due", lambda: [0, public.pk])
    sweep()
    assert "What follows release 0 is tried again in a minute." in caplog.text
    assert_followed_once(public)
