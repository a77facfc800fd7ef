"""Redis stops while a seal is made: the worker finishes its work, and takes up more afterwards."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from pytest_django import Settings

from publication.models import Sealing
from publication.services.sealing import ask_to_seal
from supercomplaints.celery import app
from tests.fixtures.service import process, wait_until
from tests.publication.test_worker import (
    a_report_to_seal,
    assert_sealed_once,
    is_at_page,
    is_made,
    lead,
)

pytestmark = pytest.mark.committed


class OwnRedis:
    """A Redis of one test’s own, that may be stopped as by a power cut."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "redis.sock"
        self.url = f"unix://{self.socket}?db=0"
        self.server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start empty, and answer."""
        program = shutil.which("redis-server")
        assert program
        words = ["--port", "0", "--unixsocket", str(self.socket), "--save", "", "--dir", "/"]
        self.server = subprocess.Popen(  # noqa: S603  The command is ours.
            [program, *words], stdout=subprocess.DEVNULL
        )
        wait_until(self.answers, "Redis answers")

    def answers(self) -> bool:
        try:
            with redis.Redis(unix_socket_path=str(self.socket)) as asked:
                return bool(asked.ping())
        except redis.RedisError:
            return False

    def waiting(self) -> int:
        """How many tasks wait, and how many a worker has and has not finished."""
        with redis.Redis(unix_socket_path=str(self.socket)) as asked:
            return int(asked.llen("celery")) + int(asked.hlen("unacked"))

    def stop(self) -> None:
        """End it at once; whatever it held is lost."""
        if self.server:
            self.server.kill()
            self.server.wait()
            self.server = None
            self.socket.unlink(missing_ok=True)

    def send(self, task: str, *arguments: int) -> None:
        """Put a task on its queue."""
        address = self.url.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
        with app.connection_for_write(address) as connection:
            app.send_task(task, args=arguments, connection=connection, ignore_result=True)


@pytest.fixture
def own_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnRedis]:
    """A Redis that this test alone uses and may stop."""
    own = OwnRedis(tmp_path_factory.mktemp("r"))
    own.start()
    yield own
    own.stop()


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
