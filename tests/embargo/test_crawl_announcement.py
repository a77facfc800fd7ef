"""An announcement leaks nowhere before its instant, and is at its addresses after it."""

from collections.abc import Iterator

import pytest
import time_machine

from publication.models import Release
from supercomplaints.celery import app
from tests.builders.announcements import a_sealed_announcement, announced
from tests.builders.complaints import acknowledged, decided
from tests.builders.publication import in_seconds
from tests.cast import play
from tests.embargo.places import addresses_of
from tests.embargo.secret_case import COMPLAINT_WORD, a_secret_complaint
from tests.embargo.test_crawl import ANYBODY, SECOND, crawled

# Whom the case does not concern: the others see it in the crawl of the whole case.
ASKED = (ANYBODY, "stranger", "other_body_submitter", "responder", "unassigned_investigator")


@pytest.fixture
def secret(committed: None) -> Iterator[Release]:
    """A sealed announcement whose every text is secret, approved by two, with no queue in reach."""
    complaint = decided(acknowledged(a_secret_complaint()))
    title = f"{COMPLAINT_WORD} announced"
    sealed = a_sealed_announcement(complaint, title=title, at=in_seconds(3600))
    for name in ASKED[1:]:
        play(name)
    reachable = app.conf.broker_url
    app.conf.broker_url = "redis+socket:///nowhere/redis.sock"
    yield announced(sealed)
    app.conf.broker_url = reachable


@pytest.mark.committed
@pytest.mark.timeout(300)
def test_nobody_reads_of_an_announcement_before_its_instant_and_everybody_does_after_it(
    secret: Release,
) -> None:
    assert secret.release_at is not None
    addresses = addresses_of(secret.complaint)
    with time_machine.travel(secret.release_at - SECOND, tick=False):
        assert {who: crawled(who, addresses) for who in ASKED} == {who: {} for who in ASKED}
    with time_machine.travel(secret.release_at + SECOND, tick=False):
        after = crawled(ANYBODY, addresses)
    assert set(after) == {"", "super-complaints", "super-complaints/<str:reference>"}
