"""A private Redis of the checkout, on a socket only."""

import shutil

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from supercomplaints.private.children import Server
from supercomplaints.private.places import CannotStartError, Places

# One for each process of the suite; the service itself uses the first.
DATABASES = 64


def start(places: Places, *, throwaway: bool = False) -> Server:
    """Start the server."""
    server = server_of(places, throwaway=throwaway)
    server.start()
    return server


def server_of(places: Places, *, throwaway: bool = False) -> Server:
    """The server as a process to start, ask and stop.

    Raises: CannotStartError where Redis is not installed.
    """
    program = shutil.which("redis-server")
    if program is None:
        raise CannotStartError("Redis not found (Debian package: redis-server). Run ./bin/setup.")
    rows, socket = places.var / "redis", places.own_sockets / "redis.sock"
    rows.mkdir(mode=0o700, exist_ok=True)
    keeping = ("--appendonly", "no" if throwaway else "yes", "--save", "")
    where = ("--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700")
    return Server(
        name="Redis",
        command=(program, *where, *keeping, "--dir", str(rows), "--databases", str(DATABASES)),
        pid_file=places.pid_file("redis"),
        log=places.log("redis"),
        answers=lambda: _answers(str(socket)),
    )


def _answers(socket: str) -> bool:
    asked = redis.Redis(unix_socket_path=socket, socket_timeout=2, retry=Retry(NoBackoff(), 0))
    try:
        return bool(asked.ping())
    except redis.RedisError:
        return False
    finally:
        asked.close()
