"""A private clamd of the checkout, with two test signatures of its own.

It finds the EICAR test file and one marker, so that scanning is real without the signatures that
only the internet has. A service in earnest is given CLAMD_SOCKET.
"""

import contextlib
import shutil
import socket
from pathlib import Path

from supercomplaints.private.children import Server
from supercomplaints.private.places import CannotStartError, Places

# The hash of the industry's harmless test file, and words that only our tests write.
EICAR_MD5 = "44d88612fea8a8f36de82e1278abb02f"
EICAR_BYTES = 68
MARKER = b"SUPERCOMPLAINTS-UNWANTED-CONTENT-FOR-TESTS"

CONFIGURATION = """\
Foreground yes
LocalSocket {socket}
LocalSocketMode 600
FixStaleSocket yes
DatabaseDirectory {signatures}
TemporaryDirectory {temporary}
StreamMaxLength 200M
MaxScanSize 400M
MaxFileSize 200M
AlertExceedsMax yes
AlertEncrypted yes
SelfCheck 0
MaxThreads 4
"""


def start(places: Places) -> Server:
    """Start the scanner."""
    server = server_of(places)
    server.start()
    return server


def server_of(places: Places) -> Server:
    """The scanner as a process to start, ask and stop.

    Raises: CannotStartError where ClamAV is not installed.
    """
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
    if program is None:
        raise CannotStartError("clamd not found (Debian package: clamav-daemon). Run ./bin/setup.")
    address = places.own_sockets / "clamd.sock"
    return Server(
        name="clamd",
        command=(program, "-c", str(_configure(places.var / "clamav", address))),
        pid_file=places.pid_file("clamd"),
        log=places.log("clamd"),
        answers=lambda: _answers(address),
    )


def _configure(folder: Path, address: Path) -> Path:
    """Write the signatures and the configuration."""
    signatures, temporary = folder / "signatures", folder / "temporary"
    for path in (folder, signatures, temporary):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    (signatures / "tests.hdb").write_text(f"{EICAR_MD5}:{EICAR_BYTES}:Eicar-Test-Signature\n")
    (signatures / "tests.ndb").write_text(f"Unwanted.Marker.Test:0:*:{MARKER.hex()}\n")
    path = folder / "clamd.conf"
    path.write_text(
        CONFIGURATION.format(socket=address, signatures=signatures, temporary=temporary)
    )
    return path


def _answers(address: Path) -> bool:
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as asked:
        asked.settimeout(2)
        asked.connect(str(address))
        asked.sendall(b"zPING\0")
        return asked.recv(8).startswith(b"PONG")
    return False
