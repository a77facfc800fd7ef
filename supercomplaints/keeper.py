"""Keeps the processes of the table alive: a dead one is started again, unless it keeps dying."""

import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL, SIGTERM
from subprocess import Popen

from supercomplaints.private import children
from supercomplaints.private.children import Server
from supercomplaints.private.places import CHECKOUT, CannotStartError, Places
from supercomplaints.private.services import Say
from supercomplaints.processes import Process

DEATHS_ALLOWED = 3
WITHIN_S = 60.0
STOPS_WITHIN_S = 10.0
LOOK_AGAIN_AFTER_S = 0.2


class KeepsDyingError(Exception):
    """A process died too often; the message shows the end of its log."""


@dataclass
class Deaths:
    """The recent deaths of one process or server."""

    at: "deque[float]" = field(default_factory=lambda: deque(maxlen=DEATHS_ALLOWED))

    def one_more(self, name: str, log: Path, *, now: float, said: str, say: Say) -> float:
        """Count a death, say so, and answer when it is to start again: the pause doubles.

        Raises: KeepsDyingError at the third death within a minute.
        """
        self.at.append(now)
        if len(self.at) == DEATHS_ALLOWED and now - self.at[0] < WITHIN_S:
            raise KeepsDyingError(
                f"{name} died {DEATHS_ALLOWED} times in a minute, so everything "
                f"stops. The end of {log}:\n{children.last_lines(log)}"
            )
        pause = 2.0 ** (len(self.at) - 1) / 2
        say(f"{name} {said}: starting it again in {pause:g} s")
        return now + pause


@dataclass
class Kept:
    """One process under care: its present life, its recent deaths, and when it starts again."""

    process: Process
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    places: Places
    deaths: Deaths = field(default_factory=Deaths)
    life: "Popen[bytes] | None" = None
    start_at: float = 0.0

    def start(self) -> None:
        """Begin a life."""
        self.life = children.spawn(
            self.arguments,
            log=self.places.log(self.process.name),
            pid_file=self.places.pid_file(self.process.name),
            cwd=str(CHECKOUT),
            environment=self.environment,
        )

    def look(self, *, now: float, say: Say) -> None:
        """Notice a death, and start again after a pause that doubles.

        Raises: KeepsDyingError at the third death within a minute.
        """
        if self.life is None:
            if now >= self.start_at:
                self.start()
            return
        status = self.life.poll()
        if status is None:
            return
        self.life = None
        # What the dead one left in its session must not answer beside the new one.
        children.send(_number(self.places, self.process), SIGKILL, to_group=True)
        name, said = self.process.name, f"ended with status {status}"
        log = self.places.log(name)
        self.start_at = self.deaths.one_more(name, log, now=now, said=said, say=say)


@dataclass
class KeptServer:
    """One private server under care, adopted or our own: it is started again like a process."""

    server: Server
    deaths: Deaths = field(default_factory=Deaths)
    start_at: float | None = None

    def look(self, *, now: float, say: Say) -> None:
        """Notice a death, and start again after a pause that doubles.

        Raises: KeepsDyingError at the third death within a minute.
        """
        if self.start_at is None and self.server.is_gone():
            self._note(now=now, said="ended", say=say)
        elif self.start_at is not None and now >= self.start_at:
            self.start_at = None
            try:
                self.server.start()
            except CannotStartError:  # What the dead one left may stand in its way for a moment.
                self._note(now=now, said="did not start", say=say)

    def _note(self, *, now: float, said: str, say: Say) -> None:
        name, log = self.server.name, self.server.log
        self.start_at = self.deaths.one_more(name, log, now=now, said=said, say=say)


@dataclass
class Once(Kept):
    """One process that ends by itself: its end is told, and it is not started again."""

    def look(self, *, now: float, say: Say) -> None:
        """Notice the end, and say how it came."""
        status = self.life.poll() if self.life else None
        if status is None:
            return
        self.life = None
        log = self.places.log(self.process.name)
        say(
            f"{self.process.name} failed. The end of {log}:\n{children.last_lines(log)}"
            if status
            else f"{self.process.name} is up to date"
        )


def keep(kept: Sequence[Kept | KeptServer], *, stopping: "Stopping", say: Say) -> None:
    """Look after all until told to stop. Raises: KeepsDyingError."""
    while not stopping.asked:
        for one in kept:
            one.look(now=time.monotonic(), say=say)
        time.sleep(LOOK_AGAIN_AFTER_S)


@dataclass
class Stopping:
    """Whether somebody asked for the end: Ctrl-C or a polite kill, and what must end for it."""

    asked: bool = False
    command: "Popen[str] | None" = None

    def ask(self, *_signal: object) -> None:
        """Ask, as a signal's answer."""
        self.asked = True
        if self.command:
            self.command.terminate()


def end(places: Places, processes: tuple[Process, ...]) -> None:
    """End all processes that run, those of an earlier supervisor among them: all asked at once."""
    files = [places.pid_file(process.name) for process in processes]
    for path in files:
        if pid := children.running(path):
            children.send(pid, SIGTERM)
    for path in files:
        children.stop(path, SIGTERM, within_s=STOPS_WITHIN_S)


def _number(places: Places, process: Process) -> int:
    return int(places.pid_file(process.name).read_text().split()[0])
