"""The one table of the service's processes: `bin/run`, docker-compose.yml and the tests read it."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

# Variables that open something; a process is given those that its row names and no others.
DOORS = ("DATABASE_URL", "PUBLIC_DATABASE_URL", "MIGRATE_DATABASE_URL", "REDIS_URL", "CLAMD_SOCKET")
# A variable may be given as the path of a file that holds its value: `DATABASE_URL_FILE`.
IN_A_FILE = "_FILE"

# The service is read in once, and its workers share it: also the one that takes another's place.
_GUNICORN = (
    "gunicorn supercomplaints.wsgi:application --preload --worker-class gthread "
    "--workers {workers} --threads 4 --bind {bind} --no-control-socket --graceful-timeout 5 "
    "--timeout 120 --max-requests 5000 --max-requests-jitter 500"
)
# What is prepared before them has checked the whole service already.
_CELERY = "celery --app supercomplaints.celery --quiet --skip-checks"


@dataclass(frozen=True)
class Process:
    """One kind of process: how it starts, what it may open, and where it runs.

    `in_run` says whether `bin/run` starts it; the production shape starts all.
    """

    name: str
    command: str
    doors: tuple[str, ...]
    in_run: bool = True
    variables: Mapping[str, str] = field(default_factory=dict)

    def arguments(self, **places: str) -> tuple[str, ...]:
        """The command, run by this very Python, with its address and folders filled in."""
        program, *rest = self.command.format(**places).split()
        return (sys.executable, "-m", program, *rest)

    def environment(self, whole: Mapping[str, str]) -> dict[str, str]:
        """Of a whole environment what this process may know."""
        kept = {
            name: value
            for name, value in whole.items()
            if name.removesuffix(IN_A_FILE) not in DOORS
        }
        kept |= {name: whole[name] for name in self.doors if name in whole}
        return kept | dict(self.variables)


PROCESSES = (
    Process(
        "web",
        _GUNICORN,
        ("DATABASE_URL", "PUBLIC_DATABASE_URL", "REDIS_URL", "CLAMD_SOCKET"),
    ),
    # The public pages alone: it has no other door, so nothing else can be asked through it.
    Process(
        "public-web",
        _GUNICORN,
        ("PUBLIC_DATABASE_URL",),
        in_run=False,
        variables={"PUBLIC_ONLY": "true"},
    ),
    Process(
        "worker",
        f"{_CELERY} worker --loglevel INFO --concurrency 2 --without-gossip --without-mingle",
        ("DATABASE_URL", "PUBLIC_DATABASE_URL", "REDIS_URL", "CLAMD_SOCKET"),
    ),
    # Never `worker -B`: that beat dies with the worker's children, and nothing says so.
    Process(
        "beat",
        f"{_CELERY} beat --loglevel INFO --schedule {{run}}/beat-schedule --pidfile=",
        ("DATABASE_URL", "PUBLIC_DATABASE_URL", "REDIS_URL"),
    ),
)

# Runs once before the others, and alone may change tables.
PREPARATION = Process(
    "prepare",
    "manage prepare_database",
    ("DATABASE_URL", "PUBLIC_DATABASE_URL", "MIGRATE_DATABASE_URL", "REDIS_URL"),
    in_run=False,
)

# Runs once beside the others where an earlier start has loaded the demo.
RENEWAL = Process("demo", "manage load_demo --renew", PROCESSES[0].doors, in_run=False)
