"""Processes that outlive whoever started them, found again by their number and birth."""

import contextlib
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from supercomplaints.private.places import CannotStartError

LOG_LINES_SHOWN = 15
# Short enough not to be felt at a start of a quarter of a second.
LOOK_AGAIN_AFTER_S = 0.03


@dataclass(frozen=True)
class Server:
    """One private server: how it is started, asked and stopped."""

    name: str
    command: tuple[str, ...]
    pid_file: Path
    log: Path
    answers: Callable[[], bool]
    stop_signal: signal.Signals = signal.SIGTERM
    user: pwd.struct_passwd | None = None

    def start(self, *, within_s: float = 60) -> None:
        """Start it unless it runs already, and wait until it answers.

        One that a killed supervisor left behind is adopted when it answers, else replaced.
        Raises: CannotStartError with the last lines of its log.
        """
        if self.answers():
            return
        stop(self.pid_file, signal.SIGKILL)
        child = spawn(self.command, log=self.log, pid_file=self.pid_file, user=self.user)
        until = time.monotonic() + within_s
        try:
            while not self.answers():
                if child.poll() is not None or time.monotonic() > until:
                    raise CannotStartError(f"{self.name} did not start:\n{last_lines(self.log)}")
                time.sleep(LOOK_AGAIN_AFTER_S)
        except BaseException:  # Ctrl-C among them: nobody else knows of it yet.
            stop(self.pid_file, signal.SIGKILL)
            raise

    def is_gone(self) -> bool:
        """Whether it has died, whoever started it."""
        return running(self.pid_file) is None

    def stop(self) -> None:
        """Stop it and wait until it is gone."""
        stop(self.pid_file, self.stop_signal)


def spawn(
    command: tuple[str, ...],
    *,
    log: Path,
    pid_file: Path,
    user: pwd.struct_passwd | None = None,
    cwd: str = "/",
    environment: Mapping[str, str] | None = None,
) -> "subprocess.Popen[bytes]":
    """Start a process in a session of its own, so that Ctrl-C in the terminal does not reach it."""
    plain = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "HOME": "/"}
    with log.open("ab") as out:
        child = subprocess.Popen(  # noqa: S603  The command is one of our own table.
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env=dict(environment) if environment is not None else plain,
            start_new_session=True,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        )
    pid_file.write_text(f"{child.pid} {born(child.pid)}\n")
    return child


def running(pid_file: Path) -> int | None:
    """The number of the process that a pid file names, if that very process still runs."""
    try:
        pid, birth = pid_file.read_text().split()
    except (OSError, ValueError):
        return None
    return int(pid) if birth and born(int(pid)) == birth else None


def born(pid: int) -> str:
    """When a process began, in ticks: a number used again is another process. Empty: gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] == "Z" else fields[19]


def stop(pid_file: Path, by: signal.Signals, *, within_s: float = 30) -> None:
    """End the process that a pid file names and all of its session; kill it if it lingers."""
    pid = running(pid_file)
    if pid is not None:
        send(pid, by)
        until = time.monotonic() + within_s
        while running(pid_file) is not None:
            if time.monotonic() > until:
                send(pid, signal.SIGKILL, to_group=True)
            time.sleep(LOOK_AGAIN_AFTER_S)
        send(pid, signal.SIGKILL, to_group=True)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
    pid_file.unlink(missing_ok=True)


def send(pid: int, sign: signal.Signals, *, to_group: bool = False) -> None:
    """Send a signal to a process that may be gone already."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        (os.killpg if to_group else os.kill)(pid, sign)


def last_lines(log: Path, count: int = LOG_LINES_SHOWN) -> str:
    """The end of a log, to be shown with a failure."""
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
    except OSError:
        return ""
