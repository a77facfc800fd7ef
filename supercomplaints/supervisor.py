"""`bin/run`: everything the service needs, started in order, kept alive, and stopped together."""

import argparse
import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from supercomplaints import keeper, prepared
from supercomplaints.private.children import Server, last_lines
from supercomplaints.private.places import CHECKOUT, CannotStartError, Places
from supercomplaints.private.services import services, var_folder
from supercomplaints.processes import PREPARATION, PROCESSES, RENEWAL

STARTED = time.monotonic()
HOST = "127.0.0.1"
FIRST_PAGE_WITHIN_S = 60
RUN_HERE = tuple(process for process in PROCESSES if process.in_run)
ALL_HERE = (*RUN_HERE, RENEWAL)


def main(arguments: list[str]) -> int:
    """Run the service until Ctrl-C; answer 0, or 1 after a sentence that says what to do."""
    parser = argparse.ArgumentParser(prog="bin/run", description="Run the whole service here.")
    parser.add_argument("--port", type=a_port, default=8000, help="serve on this port (8000)")
    port = parser.parse_args(arguments).port
    stopping = keeper.Stopping()
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, stopping.ask)
    try:
        with _only_one(var_folder()), services(var_folder(), say=say) as (there, made, servers):
            try:
                _serve(there, made, servers, port=port, stopping=stopping)
            finally:
                say("Stopping")
                keeper.end(there, ALL_HERE)
    except (CannotStartError, keeper.KeepsDyingError) as error:
        say(str(error))
        return 1
    say("Stopped")
    return 0


def a_port(text: str) -> int:
    """The number of a port. Raises: ArgumentTypeError."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text} is no port: give a number from 1 to 65535")
    return int(text)


def say(line: str) -> None:
    """One line of progress, with the seconds since the start."""
    print(f"[{time.monotonic() - STARTED:5.1f} s] {line}", file=sys.stderr, flush=True)


def _serve(
    there: Places,
    made: dict[str, str],
    servers: list[Server],
    *,
    port: int,
    stopping: keeper.Stopping,
) -> None:
    """Have the database up to date, start the processes, say where to look, and keep them."""
    keeper.end(there, ALL_HERE)
    _refuse_a_taken_port(port)
    address = f"http://{HOST}:{port}"
    whole = {"DEMO": "true", "BASE_URL": address, **made}
    kept_at = there.var / "run" / "prepared"
    accounts = prepared.told_by_last_start(kept_at, whole)
    to_renew = (RENEWAL,) if accounts else ()
    if accounts is None:
        accounts = _prepare(whole, stopping)
        if not stopping.asked:
            prepared.remember(kept_at, whole, accounts)
    if stopping.asked:
        return
    say("Starting web, worker and beat")
    places = {"bind": f"{HOST}:{port}", "workers": "2", "run": str(there.var / "run")}
    web, *others = [
        (keeper.Once if row is RENEWAL else keeper.Kept)(
            row, row.arguments(**places), row.environment(whole), there
        )
        for row in (*RUN_HERE, *to_renew)
    ]
    # The first page comes sooner when nothing else starts beside it.
    web.start()
    _wait_for_first_page(address, web, stopping)
    if not stopping.asked:
        for one in others:
            one.start()
        say("Ready")
        print(_welcome(address, accounts, there, rows_at(there, whole)), flush=True)
    keeper.keep([*map(keeper.KeptServer, servers), web, *others], stopping=stopping, say=say)


def _prepare(whole: dict[str, str], stopping: keeper.Stopping) -> str:
    """Bring tables and demo up to date, and answer the accounts that the demo prints."""
    say("Preparing the database")
    _manage(
        "prepare_database",
        "--verbosity",
        "0",
        stopping=stopping,
        environment=PREPARATION.environment(whole),
    )
    if stopping.asked:
        return ""
    say("Loading the demo")
    return _load_demo(whole, stopping)


def rows_at(there: Places, whole: dict[str, str]) -> str:
    """Where the rows lie: the folder of our own, or the name of a database that was given."""
    given = urlsplit(whole["DATABASE_URL"])
    host = parse_qs(given.query).get("host", [given.hostname or ""])[0]
    if host == str(there.postgres_socket):
        return str(there.postgres_rows)
    return f"database {given.path.lstrip('/')} at {host}, as given"


def _welcome(address: str, accounts: str, there: Places, rows: str) -> str:
    """What a person needs to know, once everything answers."""
    lines = [f"\n  The service is at {address}", accounts.rstrip()]
    lines += [f"  Rows: {rows}", f"  Files, mail, logs: {there.var}"]
    return "\n".join(line for line in [*lines, "  Ctrl-C stops everything.\n"] if line)


def _load_demo(whole: dict[str, str], stopping: keeper.Stopping) -> str:
    """Load or renew the demo where it is on, and answer the accounts that it prints."""
    if whole["DEMO"].lower() not in {"1", "true", "on", "yes"}:
        return ""
    if not any(CHECKOUT.glob("*/management/commands/load_demo.py")):
        return ""
    renewal = RENEWAL.environment(whole)
    return _manage("load_demo", "--renew", stopping=stopping, environment=renewal)


def _manage(*command: str, stopping: keeper.Stopping, environment: dict[str, str]) -> str:
    """Run a management command to its end, saying what it says; answer what follows a blank line.

    Whoever asks for the end ends it too, and it says nothing then.
    Raises: CannotStartError with the end of what it said.
    """
    said: list[str] = []
    with subprocess.Popen(  # noqa: S603  The command is ours.
        [sys.executable, "-u", "manage.py", *command],
        cwd=CHECKOUT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as child:
        stopping.command = child
        if stopping.asked:
            child.terminate()
        for line in child.stdout or ():
            said.append(line)
            if "\n" not in said:
                say(line.rstrip())
    stopping.command = None
    if stopping.asked:
        return ""
    if child.returncode:
        raise CannotStartError(f"{command[0]} failed:\n{''.join(said[-15:])}")
    return "".join(said[said.index("\n") + 1 :]) if "\n" in said else ""


def _wait_for_first_page(address: str, web: keeper.Kept, stopping: keeper.Stopping) -> None:
    """Wait until the web process answers anything at all; one that dies meanwhile is started again.

    Raises: CannotStartError, KeepsDyingError.
    """
    until = time.monotonic() + FIRST_PAGE_WITHIN_S
    while not stopping.asked and not answers(address):
        web.look(now=time.monotonic(), say=say)
        if time.monotonic() > until:
            log = web.places.log("web")
            raise CannotStartError(f"No page came from {address}:\n{last_lines(log)}")
        time.sleep(keeper.LOOK_AGAIN_AFTER_S)


def answers(address: str) -> bool:
    """Whether a page comes from this address, be it an error page."""
    try:
        with urllib.request.urlopen(address, timeout=30):  # noqa: S310  The address is ours.
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _refuse_a_taken_port(port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as error:
            raise CannotStartError(
                f"Port {port} can't be used ({error.strerror}): choose another with --port."
            ) from None


@contextmanager
def _only_one(var: Path) -> Iterator[TextIOWrapper]:
    """Hold the lock of this checkout's service; it ends with its process, however that ends."""
    path = var / "run" / "run.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.open("a+")
    except PermissionError:
        raise CannotStartError(
            f"You may not write in {var}, which another user's run made: run as that user."
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip()
            raise CannotStartError(
                f"Already running here: process {holder} holds {path}. Stop it first."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        with contextlib.suppress(KeyboardInterrupt):
            yield lock


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
