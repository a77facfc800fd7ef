"""Whether a database is as this checkout's last whole start left it.

A start that finds it so has nothing to prepare: it serves at once and renews the demo beside.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

from supercomplaints.private.environment import ROLE_URLS
from supercomplaints.private.places import CHECKOUT

# Rooms that no start reads.
NOT_SERVED = {"tests", "bench"}


def told_by_last_start(kept: Path, whole: Mapping[str, str]) -> str | None:
    """What the last whole start said of its accounts; None when there is something to prepare."""
    mark, _, accounts = kept.read_text().partition("\n") if kept.exists() else ("", "", "")
    return accounts if mark and mark == mark_of(whole) else None


def remember(kept: Path, whole: Mapping[str, str], accounts: str) -> None:
    """Write down that a database was prepared from this checkout, and what its demo said."""
    kept.write_text(f"{mark_of(whole)}\n{accounts}")


def mark_of(whole: Mapping[str, str], checkout: Path = CHECKOUT) -> str:
    """One mark of sources, roles, demo and database; empty where nothing was ever prepared."""
    url = whole.get("MIGRATE_DATABASE_URL", "")
    if not url or not (migrated := _migrated(url)):
        return ""
    roles = [urlsplit(whole.get(name, "")).username for name in ROLE_URLS]
    mark = hashlib.sha256(repr((migrated, roles, whole.get("DEMO", ""))).encode())
    for path in _sources(checkout):
        mark.update(str(path.relative_to(checkout)).encode())
        mark.update(hashlib.sha256(path.read_bytes()).digest())
    return mark.hexdigest()


def _migrated(url: str) -> str:
    """How many migrations a database has met, and when the last: no two databases say the same.

    Empty where it can't be asked: preparing then says why.
    """
    try:
        with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT count(*), max(applied) FROM django_migrations")
            return str(cursor.fetchone())
    except psycopg2.Error:
        return ""


def _sources(checkout: Path) -> Iterator[Path]:
    """Every file that preparing or the demo may read, in one order."""
    yield checkout / "requirements" / "base.txt"
    rooms = (init.parent for init in sorted(checkout.glob("*/__init__.py")))
    for room in rooms:
        if room.name not in NOT_SERVED:
            files = (path for path in room.rglob("*") if path.is_file())
            yield from sorted(path for path in files if path.suffix != ".pyc")
