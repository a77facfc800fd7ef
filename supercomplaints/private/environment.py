"""The variables that settings read: those given, and those that the private servers add."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from supercomplaints.private.places import CannotStartError, Places
from supercomplaints.processes import DOORS, IN_A_FILE

DATABASE = "supercomplaints"

# Each URL, and the role with which it opens the one database.
ROLE_URLS = {
    "DATABASE_URL": "app",
    "PUBLIC_DATABASE_URL": "public_pages",
    "MIGRATE_DATABASE_URL": "owner",
}
SUPERUSER = "postgres"

# Secrets that are made at the first start and kept. They are never shown nor logged.
SETTINGS_SECRETS = ("SECRET_KEY", "FILES_KEY")
SECRETS = (
    *SETTINGS_SECRETS,
    "SUPERUSER_PASSWORD",
    *(f"{name}_PASSWORD" for name in ROLE_URLS),
)


def from_files(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment in which what opens something stands itself, also where a file held it.

    Raises: CannotStartError where a file can't be read.
    """
    read = dict(environment)
    for name in DOORS:
        if path := read.pop(name + IN_A_FILE, ""):
            try:
                read[name] = Path(path).read_text().strip()
            except OSError as error:
                raise CannotStartError(
                    f"{name}{IN_A_FILE} names {path}, which can't be read: {error.strerror}."
                ) from None
    return read


@dataclass(frozen=True)
class Given:
    """Which services the environment names, so that nothing is started for them."""

    database: bool
    redis: bool
    clamd: bool


def given(environment: Mapping[str, str]) -> Given:
    """What is given, refusing half a database or two roles that are one.

    With all four URLs nothing is started, no scanner either: without CLAMD_SOCKET files then wait
    for a virus check, and none is called clean.
    Raises: CannotStartError with the SQL that makes the roles.
    """
    urls = {name: environment.get(name, "") for name in ROLE_URLS}
    missing = [name for name, url in urls.items() if not url]
    users = [urlsplit(url).username for url in urls.values() if url]
    if len(users) != len(set(users)):
        raise CannotStartError(f"Two of {', '.join(urls)} share a role. {_roles_advice()}")
    if missing and len(missing) < len(urls):
        raise CannotStartError(f"{', '.join(missing)} not set. {_roles_advice()}")
    return Given(
        database=not missing,
        redis=bool(environment.get("REDIS_URL")),
        clamd="CLAMD_SOCKET" in environment or (not missing and bool(environment.get("REDIS_URL"))),
    )


def kept_secrets(places: Places) -> dict[str, str]:
    """The secrets of this checkout, made where they are missing."""
    path = places.var / "secrets"
    kept = (
        dict(line.split("=", 1) for line in path.read_text().splitlines()) if path.exists() else {}
    )
    if missing := [name for name in SECRETS if name not in kept]:
        kept |= {name: secrets.token_urlsafe(48) for name in missing}
        write_private(path, kept)
    return kept


def private_environment(places: Places, *, secret: Mapping[str, str]) -> dict[str, str]:
    """Every variable that the private servers of a checkout make."""
    urls = {
        name: database_url(role, secret[f"{name}_PASSWORD"], places.postgres_socket)
        for name, role in ROLE_URLS.items()
    }
    return {
        **{name: secret[name] for name in SETTINGS_SECRETS},
        **urls,
        "REDIS_URL": f"unix://{places.own_sockets / 'redis.sock'}?db=0",
        "CLAMD_SOCKET": str(places.own_sockets / "clamd.sock"),
        "FILES_DIR": str(places.var / "files"),
        "MAIL_DIR": str(places.var / "mail"),
    }


def complete(
    places: Places, whole: Mapping[str, str], *, secret: Mapping[str, str]
) -> dict[str, str]:
    """The whole environment of a process: what is given goes before what is made."""
    return {**private_environment(places, secret=secret), **whole}


def database_url(role: str, password: str, socket: Path, database: str = DATABASE) -> str:
    """A URL that opens the private database as one role."""
    return f"postgres://{role}:{quote(password)}@/{database}?host={quote(str(socket))}"


def write_private(path: Path, variables: Mapping[str, str]) -> None:
    """Write variables, one a line, into a file that only its owner reads."""
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text("".join(f"{name}={value}\n" for name, value in variables.items()))


def _roles_advice() -> str:
    return (
        "Three roles are needed, each with its own URL. A superuser makes them with:\n"
        "psql -v database=supercomplaints -v owner=owner -v owner_password=… -v app=app "
        "-v app_password=… -v public=public_pages -v public_password=… "
        "-f supercomplaints/private/database.sql"
    )
