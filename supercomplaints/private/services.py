"""Starts what is not given, and stops it when the last who needs it has gone.

Whoever uses the private servers holds a shared lock on one file. A killed supervisor leaves no
lock, so the next user adopts its servers, and stops them in the end.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

from supercomplaints.private import children, clamav, environment, postgres, redis
from supercomplaints.private.children import Server
from supercomplaints.private.places import CHECKOUT, Places, places

Say = Callable[[str], None]


def silent(_line: str) -> None:
    """Say nothing: for commands whose output is their own."""


def var_folder() -> Path:
    """The folder of what this checkout keeps; VAR_DIR names another."""
    return Path(os.environ.get("VAR_DIR") or CHECKOUT / "var")


@contextmanager
def services(
    var: Path, *, throwaway: bool = False, say: Say = silent
) -> Iterator[tuple[Places, dict[str, str]]]:
    """Have PostgreSQL, Redis and clamd while the block runs: where they lie, and the variables.

    `throwaway` servers forget quickly, belong to one user at a time, and ignore what is given:
    nothing of a real service may be met by a test.
    """
    there = places(var)
    there.make()
    named = environment.given({} if throwaway else os.environ)
    with _locked(var / "run" / "use.lock", shared=not throwaway, say=say) as use:
        with _locked(var / "run" / "start.lock", say=say):
            # Two who begin at once in a new checkout must not each make secrets of their own.
            secret = environment.kept_secrets(there)
            started = _start(there, named, secret, throwaway=throwaway, say=say)
        made = environment.private_environment(there, secret=secret)
        if not throwaway:
            made |= os.environ
            written = environment.complete(there, secret=secret)
            kept = {name: written[name] for name in _written_names(there, secret)}
            environment.write_private(there.var / "environment", kept)
        try:
            yield there, made
        finally:
            with _locked(var / "run" / "start.lock", say=say):
                _stop_if_last(use, started)


def _written_names(there: Places, secret: dict[str, str]) -> list[str]:
    return list(environment.private_environment(there, secret=secret))


def _start(
    there: Places,
    named: environment.Given,
    secret: dict[str, str],
    *,
    throwaway: bool,
    say: Say,
) -> list[Server]:
    """Start what is not given, the database first; it is stopped last."""
    started = []
    if not named.database:
        _announce(there, "postgres", "PostgreSQL", say=say)
        started.append(postgres.start(there, secret=secret, throwaway=throwaway))
    if not named.redis:
        _announce(there, "redis", "Redis", say=say)
        started.append(redis.start(there, throwaway=throwaway))
    if not named.clamd:
        _announce(there, "clamd", "the virus scanner", say=say)
        started.append(clamav.start(there))
    return started


def _announce(there: Places, name: str, called: str, *, say: Say) -> None:
    """Say that a server is being started, unless another command of this checkout has it up."""
    if children.running(there.pid_file(name)) is None:
        say(f"Starting {called}")


def _stop_if_last(use: TextIOWrapper, started: list[Server]) -> None:
    """Stop the servers unless somebody else holds the lock of use."""
    try:
        fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    for server in reversed(started):
        server.stop()


@contextmanager
def _locked(path: Path, *, shared: bool = False, say: Say) -> Iterator[TextIOWrapper]:
    """Hold a lock that ends with its process, however that ends."""
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another command of this checkout to end")
            fcntl.flock(lock, kind)
        yield lock
