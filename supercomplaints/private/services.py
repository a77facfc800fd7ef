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
) -> Iterator[tuple[Places, dict[str, str], list[Server]]]:
    """Have PostgreSQL, Redis and clamd while the block runs.

    Yields: where they lie, the variables that open them, and those that were not given.

    `throwaway` servers forget quickly, belong to one user at a time, and ignore what is given:
    nothing of a real service may be met by a test.
    """
    there = places(var)
    there.make()
    whole = {} if throwaway else environment.from_files(os.environ)
    named, started = environment.given(whole), list[Server]()
    with _locked(var / "run" / "use.lock", shared=not throwaway, say=say) as use:
        try:
            with _locked(var / "run" / "start.lock", say=say):
                # Two who begin at once in a new checkout must not each make secrets of their own.
                secret = environment.kept_secrets(there)
                for server in _start(there, named, secret, throwaway=throwaway, say=say):
                    started.append(server)
            made = environment.complete(there, whole, secret=secret)
            if not throwaway:
                kept = {name: made[name] for name in _written_names(there, secret)}
                environment.write_private(there.var / "environment", kept)
            yield there, made, started
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
) -> Iterator[Server]:
    """Start what is not given, one by one, the database first; it is stopped last."""
    if not named.database:
        _announce(there, "postgres", "PostgreSQL", say=say)
        yield postgres.start(there, secret=secret, throwaway=throwaway)
    if not named.redis:
        _announce(there, "redis", "Redis", say=say)
        yield redis.start(there, throwaway=throwaway)
    if not named.clamd:
        _announce(there, "clamd", "the virus scanner", say=say)
        yield clamav.start(there)


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
