"""A private PostgreSQL of the checkout: no TCP port, its own roles, nobody else's settings."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from signal import SIGINT

import psycopg2
from psycopg2.extensions import connection

from supercomplaints.private import sql
from supercomplaints.private.children import Server, running
from supercomplaints.private.environment import DATABASE, ROLE_URLS, SUPERUSER
from supercomplaints.private.places import CannotStartError, Places

INSTALLED = Path("/usr/lib/postgresql")
MISSING = "PostgreSQL server not found (Debian package: postgresql)."

# A database that is thrown away may forget a commit when the machine stops.
THROWAWAY_OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def programs(rows: Path) -> Path:
    """The folder of the server's programs: those that made the rows, else the newest.

    Raises: CannotStartError where none is installed.
    """
    version = rows / "PG_VERSION"
    if _exists(version):
        folder = INSTALLED / version.read_text().strip() / "bin"
        if not folder.is_dir():
            raise CannotStartError(f"{MISSING} These rows need version {folder.parent.name}.")
        return folder
    found = [path for path in INSTALLED.glob("*/bin") if re.fullmatch(r"\d+", path.parent.name)]
    if not found:
        raise CannotStartError(f"{MISSING} Run ./bin/setup as root.")
    return max(found, key=lambda path: int(path.parent.name))


def start(places: Places, *, secret: Mapping[str, str], throwaway: bool = False) -> Server:
    """Start the server, after making its rows and roles the first time."""
    if throwaway and running(places.pid_file("postgres")) is None:
        _forget_after_a_crash(places)
    server = server_of(places, secret=secret, throwaway=throwaway)
    if not _exists(places.postgres_rows / "PG_VERSION"):
        _make_rows(places, secret["SUPERUSER_PASSWORD"])
    was_up = server.answers()
    server.start()
    try:
        make_database(places, secret=secret)
    except BaseException:  # Ctrl-C among them: nobody else knows of it yet.
        if not was_up:
            server.stop()
        raise
    return server


def server_of(places: Places, *, secret: Mapping[str, str], throwaway: bool = False) -> Server:
    """The server as a process to start, ask and stop."""
    options = ["listen_addresses=", "unix_socket_permissions=0700", "jit=off"]
    options += THROWAWAY_OPTIONS if throwaway else ()
    rows = places.postgres_rows
    command = [str(programs(rows) / "postgres"), "-D", str(rows), "-k", str(places.postgres_socket)]
    return Server(
        name="PostgreSQL",
        command=(*command, *(part for option in options for part in ("-c", option))),
        pid_file=places.pid_file("postgres"),
        log=places.log("postgres"),
        answers=lambda: _answers(places, secret["SUPERUSER_PASSWORD"]),
        stop_signal=SIGINT,  # PostgreSQL's fast shutdown: it does not wait for those connected.
        user=places.postgres_user,
    )


def connect(places: Places, password: str, database: str = "postgres") -> connection:
    """Open a database as the private server's superuser."""
    session = psycopg2.connect(
        host=str(places.postgres_socket),
        user=SUPERUSER,
        password=password,
        dbname=database,
        connect_timeout=5,
    )
    session.autocommit = True
    return session


def make_database(places: Places, *, secret: Mapping[str, str], database: str = DATABASE) -> None:
    """Make the three roles and a database with its extensions, where they are missing."""
    url_of = {role: url for url, role in ROLE_URLS.items()}
    values = {
        "database": database,
        "owner": "owner",
        "app": "app",
        "public": "public_pages",
        "owner_password": secret[f"{url_of['owner']}_PASSWORD"],
        "app_password": secret[f"{url_of['app']}_PASSWORD"],
        "public_password": secret[f"{url_of['public_pages']}_PASSWORD"],
    }
    password = secret["SUPERUSER_PASSWORD"]
    sql.run(
        lambda name: connect(places, password, name),
        sql.DATABASE_SCRIPT.read_text(),
        values,
        start="postgres",
    )


def _make_rows(places: Places, password: str) -> None:
    """Make the folder of rows. The password reaches initdb in a file, not on its command line."""
    user, word = places.postgres_user, places.postgres_socket / "password"
    word.touch(mode=0o600)
    word.write_text(password)
    if user:
        os.chown(word, user.pw_uid, user.pw_gid)
    options = ("--auth=scram-sha-256", f"--username={SUPERUSER}", f"--pwfile={word}")
    encoding = ("--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums")
    rows = places.postgres_rows
    try:
        made = subprocess.run(  # noqa: S603  The command is ours.
            [str(programs(rows) / "initdb"), "-D", str(rows), *options, *encoding],
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
    except BaseException:  # Cut off, it leaves half a database that no start could use.
        shutil.rmtree(rows)
        raise
    finally:
        word.unlink()
    if made.returncode:
        raise CannotStartError(f"PostgreSQL could not make its rows in {rows}:\n{made.stderr}")


def _answers(places: Places, password: str) -> bool:
    try:
        connect(places, password).close()
    except psycopg2.OperationalError:
        return False
    return True


def _exists(path: Path) -> bool:
    """Whether a file of the server's user is there, seen by whoever may look."""
    try:
        return path.exists()
    except PermissionError:
        return False


def _forget_after_a_crash(places: Places) -> None:
    """Throw away rows that a killed server left: without fsync they may be torn."""
    if _exists(places.postgres_rows / "postmaster.pid"):
        shutil.rmtree(places.postgres_rows)
        places.make()
