"""The virus scanner, asked through its socket, and what each of its answers means."""

import hashlib
import logging
from dataclasses import dataclass
from typing import BinaryIO, cast

from clamav_client.clamd import BufferTooLongError, ClamdError, ClamdUnixSocket
from django.conf import settings

from documents.states import ScanState

log = logging.getLogger(__name__)

SCANNER_TIMEOUT_SECONDS = 300
# The scanner cannot read further than this whatever its settings say.
MOST_SCANNED_BYTES = 2 * 1024**3 - 1

# What the scanner reports as found, but is only its own limit.
LIMITS = ("Heuristics.Limits.Exceeded",)
ENCRYPTED = ("Heuristics.Encrypted",)


@dataclass(frozen=True)
class Verdict:
    """What came of one check: the state, what to say of it, and whether to try again."""

    state: ScanState
    note: str
    may_be_repeated: bool = False


AWAY = Verdict(ScanState.UNSCANNABLE, "The virus scanner could not be reached.", True)
SLOW = Verdict(ScanState.UNSCANNABLE, "The virus scanner did not finish in time.", True)
TOO_LARGE = Verdict(ScanState.UNSCANNABLE, "The file is larger than the virus scanner reads.")
LOCKED = Verdict(ScanState.UNSCANNABLE, "The file is encrypted or protected by a password.")
CHANGED = Verdict(ScanState.UNSCANNABLE, "The stored bytes are not those that came.")
MISSING = Verdict(ScanState.UNSCANNABLE, "The file’s bytes are missing or could not be read.")


class Hashed:
    """A file that is hashed while the scanner reads it."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def read(self, most: int = -1) -> bytes:
        """The next piece."""
        piece = self.file.read(most)
        self.digest.update(piece)
        return piece

    @property
    def sha256(self) -> str:
        """The hash of what was read so far."""
        return self.digest.hexdigest()


def asked(content: Hashed) -> Verdict:
    """The scanner's answer for a file, or why there is none."""
    clamd = ClamdUnixSocket(settings.CLAMD_SOCKET, timeout=SCANNER_TIMEOUT_SECONDS)
    try:
        answers = clamd.instream(cast("BinaryIO", content))
    except BufferTooLongError:
        return TOO_LARGE
    except (ClamdError, OSError) as error:
        log.warning("The virus scanner did not answer: %s", error)
        return SLOW if isinstance(error.__cause__ or error, TimeoutError) else AWAY
    return verdict_of(*next(iter(answers.values()), ("", None)))


def verdict_of(status: str, signature: str | None) -> Verdict:
    """The verdict that one answer of clamd means."""
    if status == "OK":
        return Verdict(ScanState.CLEAN, "No virus was found.")
    if status != "FOUND" or not signature:
        return Verdict(ScanState.UNSCANNABLE, "The virus scanner reported an error.", True)
    if signature.startswith(LIMITS):
        return TOO_LARGE
    if signature.startswith(ENCRYPTED):
        return LOCKED
    return Verdict(ScanState.QUARANTINED, f"A virus was found: {signature[:200]}.")
