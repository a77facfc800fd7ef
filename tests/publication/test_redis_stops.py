"""Redis stops while a seal is made: the worker finishes its work, and takes up more afterwards."""

from pathlib import Path

import pytest
from pytest_django import Settings

from publication.models import Sealing
from publication.services.sealing import ask_to_seal
from tests.fixtures.own_redis import OwnRedis
from tests.fixtures.service import process, wait_until
from tests.publication.test_worker import (
    a_report_to_seal,
    assert_sealed_once,
    is_at_page,
    is_made,
    lead,
)

pytestmark = pytest.mark.committed


def test_redis_stopped_mid_render_ends_in_one_seal(
    committed: None, own_redis: OwnRedis, settings: Settings, files_dir: Path
) -> None:
    report = a_report_to_seal(paragraphs=300)
    settings.TASK_SENDER = "tests.builders.documents.ring_where_no_redis_is"
    there = {"FILES_DIR": str(files_dir), "REDIS_URL": own_redis.url}
    with process("worker", called="cut-off", **there):
        asked = ask_to_seal(report, by=lead())
        own_redis.send("publication.tasks.seal_report", asked.pk)
        wait_until(lambda: is_at_page(asked, 3), "page 3 is laid out")
        own_redis.stop()
        wait_until(lambda: is_made(asked), "the seal is made without Redis")
    # A worker that cannot hand its message back ends itself; its keeper begins the next.
    own_redis.start()
    with process("worker", called="next", **there):
        own_redis.send("publication.tasks.seal_report", asked.pk)
        own_redis.send("supercomplaints.tick")
        wait_until(lambda: own_redis.waiting() == 0, "both tasks are done")
    assert Sealing.objects.get().attempts == 1
    assert_sealed_once(asked, files_dir)
