"""A throw-away PostgreSQL as its superuser sees it: databases prepared once and cloned often."""

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from psycopg2 import sql

from supercomplaints.private import postgres
from supercomplaints.private.environment import ROLE_URLS, kept_secrets
from supercomplaints.private.places import CHECKOUT, places

# What decides how a prepared database looks.
SOURCES = (
    "*/migrations/*.py",
    "*/reference/*",
    "*/services/reference.py",
    "supercomplaints/grants.py",
    "supercomplaints/private/database.sql",
    "supercomplaints/management/commands/prepare_database.py",
)


class Cluster:
    """The suite's PostgreSQL, as its superuser sees it."""

    def __init__(self, folder: Path) -> None:
        self.places = places(folder)
        self.secret = kept_secrets(self.places)

    def run(self, statement: str, *names: str) -> list[tuple[Any, ...]]:
        """One statement with identifiers filled in, and the rows that it answers."""
        session = postgres.connect(self.places, self.secret["SUPERUSER_PASSWORD"])
        try:
            with session.cursor() as cursor:
                cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
                return cursor.fetchall() if cursor.description else []
        finally:
            session.close()

    def clone(self, template: str, database: str) -> None:
        """Make a database anew from a template, ending whoever is connected to the old one."""
        self.run("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)
        self.run(
            "CREATE DATABASE {} TEMPLATE {} OWNER owner STRATEGY FILE_COPY", database, template
        )
        self.run("REVOKE ALL ON DATABASE {} FROM PUBLIC", database)
        self.run("GRANT CONNECT ON DATABASE {} TO app, public_pages", database)

    def template(self) -> str:
        """The template of the sources as they are now, prepared by the first process that asks."""
        name = f"template_{state_of_sources()}"
        with (self.places.var / "run" / "template.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            standing = {row[0] for row in self.run("SELECT datname FROM pg_database")}
            if name not in standing:
                for old in (old for old in standing if old.startswith("template_")):
                    self.run("DROP DATABASE {} WITH (FORCE)", old)
                self._prepare(name)
        return name

    def _prepare(self, name: str) -> None:
        """Prepare a database as every service does, and name it only when it is complete."""
        unfinished = f"template_unfinished_{os.getpid()}"
        postgres.make_database(self.places, secret=self.secret, database=unfinished)
        subprocess.run(
            [sys.executable, "manage.py", "prepare_database", "--verbosity", "0"],
            cwd=CHECKOUT,
            env={**os.environ, **urls_of(unfinished)},
            check=True,
        )
        self.run("ALTER DATABASE {} RENAME TO {}", unfinished, name)


def state_of_sources() -> str:
    """A short mark of everything that decides how a prepared database looks."""
    found = sorted(path for pattern in SOURCES for path in CHECKOUT.glob(pattern))
    state = hashlib.sha256()
    for path in found:
        if path.is_file():
            state.update(f"{path.relative_to(CHECKOUT)}\0".encode() + path.read_bytes())
    return state.hexdigest()[:16]


def urls_of(database: str) -> dict[str, str]:
    """The three URLs, leading to another database of the same server."""
    named = {name: urlsplit(os.environ[name]) for name in ROLE_URLS}
    return {name: urlunsplit(url._replace(path=f"/{database}")) for name, url in named.items()}
