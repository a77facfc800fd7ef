"""Runs a command with the private servers up: `python -m supercomplaints.private COMMAND …`.

`--throwaway NAME` gives it servers of its own below var/NAME, which ignore what is given.
`--prepared` makes the tables first where a new private database has none yet.
"""

import argparse
import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg2

from supercomplaints.private.places import CannotStartError
from supercomplaints.private.services import services, var_folder
from supercomplaints.processes import DOORS, IN_A_FILE

HELD_IN_FILES = {name + IN_A_FILE for name in DOORS}
MANAGE = (sys.executable, "manage.py")


def main(arguments: list[str]) -> int:
    """Run the command and answer its exit status."""
    parser = argparse.ArgumentParser(prog="python -m supercomplaints.private")
    parser.add_argument("--throwaway", metavar="NAME", default="")
    parser.add_argument("--prepared", action="store_true")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args(arguments)
    var = var_folder() / options.throwaway
    # A polite kill, too, stops what was started before it ends this.
    signal.signal(signal.SIGTERM, lambda *_ignored: sys.exit(143))
    try:
        with services(var, throwaway=bool(options.throwaway), say=_to_stderr) as (
            there,
            made,
            _started,
        ):
            if options.prepared and _is_new(made):
                _to_stderr("Preparing the database")
                if refused := _run([*MANAGE, "prepare_database", "--verbosity", "0"], made):
                    return refused
            return _run(options.command, made | _superuser(there.var, throwaway=options.throwaway))
    except CannotStartError as error:
        _to_stderr(str(error))
        return 1
    except KeyboardInterrupt:
        _to_stderr("Stopped")
        return 130


def _is_new(made: dict[str, str]) -> bool:
    """Whether the private database has no tables yet; a given one is used as given."""
    url = made.get("MIGRATE_DATABASE_URL")
    if not url:
        return False
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations') IS NULL")
        found = cursor.fetchone()
    return bool(found and found[0])


def _run(command: list[str], made: dict[str, str]) -> int:
    """Run it in the terminal's own group; Ctrl-C and a polite kill are the command's to answer."""
    # What a file gives is in `made`, or is not to be met at all.
    plain = {name: value for name, value in os.environ.items() if name not in HELD_IN_FILES}
    child = subprocess.Popen(command, env={**plain, **made})  # noqa: S603  It is the caller's.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_ignored: child.terminate())
    return child.wait()


def _superuser(var: Path, *, throwaway: str) -> dict[str, str]:
    """Where the suite and the benchmarks, which make databases, find the superuser's password."""
    return {"THROWAWAY_VAR": str(var)} if throwaway else {}


def _to_stderr(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
