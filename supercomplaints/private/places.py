"""Where the private servers keep their rows, sockets and logs, and as whom they run."""

import hashlib
import os
import pwd
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]

# The kernel refuses a longer socket path; PostgreSQL adds "/.s.PGSQL.5432" to its folder's.
LONGEST_SOCKET_FOLDER = 90


class CannotStartError(Exception):
    """A private server can't start; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class Places:
    """The folders of one set of private servers.

    `postgres_user` is None where PostgreSQL runs as whoever starts it; it refuses to run as root.
    """

    var: Path
    sockets: Path
    postgres_rows: Path
    postgres_user: pwd.struct_passwd | None

    @property
    def postgres_socket(self) -> Path:
        """The folder of PostgreSQL's socket."""
        return self.sockets / "pg"

    @property
    def own_sockets(self) -> Path:
        """The folder of the sockets of servers that run as whoever starts them."""
        return self.sockets / "own"

    def log(self, name: str) -> Path:
        """The log of one server or process."""
        return self.var / "log" / f"{name}.log"

    def pid_file(self, name: str) -> Path:
        """Where the number of a running server or process is written down."""
        return self.var / "run" / f"{name}.pid"

    def make(self) -> None:
        """Make all folders that are missing, and refuse what is another user's.

        Raises: CannotStartError.
        """
        try:
            self._refuse_rows_of_another()
            self._make()
        except PermissionError:
            raise CannotStartError(
                f"You may not write in {self.var}, which another user's run made: run as that user."
            ) from None

    def _refuse_rows_of_another(self) -> None:
        """PostgreSQL serves rows of its own user alone: nobody is to take over another's."""
        rows, user = self.postgres_rows, self.postgres_user
        if not rows.exists() or not any(rows.iterdir()):
            return
        owner = rows.stat().st_uid
        if owner != (user.pw_uid if user else os.getuid()):
            raise CannotStartError(
                f"The rows in {rows} belong to user {_called(owner)}: run as that user."
            )

    def _make(self) -> None:
        self.var.mkdir(parents=True, exist_ok=True)
        if self.postgres_user:
            self.var.chmod(0o711)
        for name in ("log", "run", "files", "mail"):
            (self.var / name).mkdir(mode=0o700, exist_ok=True)
        _own_folder(self.sockets, mode=0o711)
        _own_folder(self.own_sockets, mode=0o700)
        for folder in (self.postgres_socket, self.postgres_rows):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self.postgres_user:
                os.chown(folder, self.postgres_user.pw_uid, self.postgres_user.pw_gid)


def places(var: Path) -> Places:
    """The folders that belong to `var`.

    Raises: CannotStartError as root on a machine without a user `postgres`, or with rows that
    this user can no longer reach.
    """
    var = var.resolve()
    mark = hashlib.sha256(str(var).encode()).hexdigest()[:10]
    if os.getuid() != 0:
        return Places(var, _socket_folder(mark), var / "pg", None)
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        raise CannotStartError(
            "PostgreSQL server not found (Debian package: postgresql). Run ./bin/setup as root."
        ) from None
    return Places(var, Path("/run") / f"supercomplaints-{mark}", _rows(var, mark), user)


def _called(number: int) -> str:
    """A user by name, or by number where it has none here."""
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def closed_parent(folder: Path) -> Path | None:
    """The nearest folder above that other users cannot enter, or None."""
    for parent in folder.parents:
        if parent.exists() and not parent.stat().st_mode & stat.S_IXOTH:
            return parent
    return None


def _rows(var: Path, mark: str) -> Path:
    """Where user `postgres` can keep rows: in `var`, or elsewhere where `var` is closed to it."""
    beside, elsewhere = var / "pg", Path("/var/lib") / f"supercomplaints-{mark}"
    closed = closed_parent(var)
    if (elsewhere / "PG_VERSION").exists() or (closed and not (beside / "PG_VERSION").exists()):
        return elsewhere
    if closed:
        raise CannotStartError(
            f"User postgres can't enter {closed}, below which its rows lie: run chmod o+x {closed}"
        )
    return beside


def _socket_folder(mark: str) -> Path:
    """A short path of one's own: a socket's may not exceed 107 bytes."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and os.access(runtime, os.W_OK) and len(runtime) < LONGEST_SOCKET_FOLDER - 30:
        return Path(runtime) / f"supercomplaints-{mark}"
    return Path(tempfile.gettempdir()) / f"supercomplaints-{os.getuid()}-{mark}"


def _own_folder(folder: Path, *, mode: int) -> None:
    """Make a folder, or make sure that the one there is a folder of ours and not a trap."""
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise CannotStartError(f"{folder} belongs to somebody else: remove it, then start again.")
    folder.chmod(mode)
