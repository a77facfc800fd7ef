"""A run of the whole service in a folder of its own, for the tests of the supervisor."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from supercomplaints.private import children
from supercomplaints.private.places import CHECKOUT, places
from supercomplaints.processes import DOORS
from supercomplaints.supervisor import answers
from tests.fixtures.process import var as suite_folder

# A first run on a machine that does other work besides takes two minutes.
PATIENCE_S = 240.0
OURS = (*DOORS, "SECRET_KEY", "FILES_DIR", "MAIL_DIR", "THROWAWAY_VAR", "VAR_DIR")


def plain_environment(var: Path, **more: str) -> dict[str, str]:
    """The environment of a machine on which nothing is given."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return {**kept, "VAR_DIR": str(var), **more}


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def wait_until(true: Callable[[], object], what: str) -> None:
    """Look again and again, for as long as patience lasts."""
    until = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < until, f"It never happened: {what}"
        time.sleep(0.1)


class Run:
    """`bin/run` without its set-up."""

    def __init__(self, var: Path, *, port: int | None = None, user: str | None = None) -> None:
        self.var, self.port, self.user = var, port or free_port(), user
        self.said = var / "said"
        self.supervisor: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, **environment: str) -> "Run":
        """Start the supervisor, and return at once."""
        with self.said.open("wb") as out:
            self.supervisor = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "supercomplaints.supervisor", "--port", str(self.port)],
                cwd=CHECKOUT,
                env=plain_environment(self.var, **environment),
                stdout=out,
                stderr=subprocess.STDOUT,
                user=self.user,
            )
        return self

    def ready(self) -> "Run":
        """Wait until it says that it is ready."""
        wait_until(lambda: "Ready" in self.text() or not self.runs(), "the first page")
        assert answers(self.address), self.text()
        return self

    def runs(self) -> bool:
        return self.supervisor is not None and self.supervisor.poll() is None

    def text(self) -> str:
        return self.said.read_text()

    def ends(self) -> int:
        """Wait for its end, and answer its exit status."""
        assert self.supervisor
        return self.supervisor.wait(PATIENCE_S)

    def signal(self, sign: signal.Signals) -> None:
        assert self.supervisor
        self.supervisor.send_signal(sign)

    def pid(self, name: str) -> int | None:
        """The number of a running process or server of this run."""
        return children.running(self.var / "run" / f"{name}.pid")

    def living(self) -> list[str]:
        """What of this run still runs."""
        files = (self.var / "run").glob("*.pid")
        return [path.stem for path in files if children.running(path)]


@contextmanager
def folder_for_a_run(*, closed: bool = False) -> Iterator[Path]:
    """A folder that other users may enter, or not; what still runs from it is ended afterwards."""
    above = Path(tempfile.mkdtemp(prefix="run-", dir=suite_folder()))
    above.chmod(0o700 if closed else 0o711)
    var = above / "var"
    var.mkdir(mode=0o711)
    try:
        yield var
    finally:
        for path in (var / "run").glob("*.pid"):
            children.stop(path, signal.SIGKILL)
        there = places(var)
        for folder in (there.postgres_rows, there.sockets, above):
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def a_run(*, closed: bool = False, user: str | None = None) -> Iterator[Run]:
    """The service, ready in the folder that an earlier run left, and stopped afterwards.

    With a `user` it is theirs, as if they had run it before.
    """
    with folder_for_a_run(closed=closed) as var:
        rows = var / "pg" if user else places(var).postgres_rows
        copy_of_a_first_run(var)
        if rows != var / "pg":
            # Across file systems, too, each file keeps its owner.
            subprocess.run(["/bin/mv", var / "pg", rows], check=True)  # noqa: S603  It is ours.
        if user:
            subprocess.run(["/bin/chown", "-R", user, var], check=True)  # noqa: S603
        mine = {"XDG_RUNTIME_DIR": "", "HOME": str(var)} if user else {}
        run = Run(var, user=user).start(**mine).ready()
        yield run
        if run.runs():
            run.signal(signal.SIGINT)
            run.ends()


def copy_of_a_first_run(var: Path) -> None:
    """Fill a folder with what a run from an empty one left: rows, files and secrets."""
    var.mkdir(exist_ok=True)
    _copy(_left_by_a_first_run(), var)


def _left_by_a_first_run() -> Path:
    """What a run from an empty folder left: made by the first process of the suite that asks."""
    suite = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    kept = suite_folder() / "first-run"
    with (suite_folder() / "run" / "first-run.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (kept / suite).exists():
            shutil.rmtree(kept, ignore_errors=True)
            _run_first(kept / suite)
    return kept / suite


def _run_first(kept: Path) -> None:
    """Start from an empty folder, stop politely, and keep what lies there then."""
    with folder_for_a_run() as var:
        run = Run(var).start().ready()
        run.signal(signal.SIGINT)
        assert run.ends() == 0, run.text()
        unfinished = kept.with_name("unfinished")
        unfinished.mkdir(parents=True)
        _copy(var, unfinished)
        unfinished.rename(kept)


def _copy(source: Path, target: Path) -> None:
    """Copy a folder's content with its owners, as PostgreSQL insists on owning its rows."""
    subprocess.run(["/bin/cp", "-a", f"{source}/.", target], check=True)  # noqa: S603
