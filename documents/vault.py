"""The vault: artefacts under random names, encrypted, so that an exposed folder shows noise.

Each release (or document) has a key of its own, kept in its row only in wrapped form: encrypted
under the master key, which is derived from the setting FILES_KEY and is never stored with the
data. The bytes are cut into pieces of 64 KiB, each sealed by AES-256-GCM with its number and
whether it is the last, so that a changed, swapped, cut or foreign piece is noticed.
docs/decisions/the-vault.md says why.
"""

import secrets
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from documents import storage

KEY_BYTES = 32
NONCE_BYTES = 12
PREFIX_BYTES = 8
PIECE_BYTES = 64 * 1024
TAG_BYTES = 16
MARK = b"SCVAULT1"


class VaultError(Exception):
    """Sealed bytes that are not what was sealed, or a key that does not open them."""


def new_key() -> bytes:
    """A fresh key for one release or document."""
    return secrets.token_bytes(KEY_BYTES)


def place_under(key: bytes, name: str) -> str:
    """The storage key for a named artefact: as random as the key, and the same each time.

    Several artefacts made under one key have their places before they are made, so that a
    second attempt writes over what a killed one left.
    """
    named = b"supercomplaints place " + name.encode()
    return HKDF(SHA256(), storage.KEY_BYTES, salt=None, info=named).derive(key).hex()


def wrap(key: bytes) -> bytes:
    """The key as it may be stored: encrypted under the master key."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(master_key()).encrypt(nonce, key, MARK)


def unwrap(wrapped: bytes | memoryview) -> bytes:
    """The key out of its stored form. Raises: VaultError when the master key is another."""
    wrapped = bytes(wrapped)
    try:
        return AESGCM(master_key()).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], MARK)
    except (InvalidTag, ValueError) as error:
        raise VaultError("The key of this artefact does not open with FILES_KEY.") from error


def master_key() -> bytes:
    """The key that wraps all others, derived from FILES_KEY (SECRET_KEY where that is unset)."""
    secret = settings.FILES_KEY or settings.SECRET_KEY
    derivation = HKDF(SHA256(), KEY_BYTES, salt=None, info=b"supercomplaints vault 1")
    return derivation.derive(secret.encode())


def seal_bytes(key: bytes, content: bytes, *, storage_key: str = "") -> str:
    """Encrypt and store; answer the storage key, a new random one unless one is given.

    Given a storage key, the artefact of that key is replaced in one step, so that sealing the
    same thing twice leaves one artefact.
    """
    pieces = (content[at : at + PIECE_BYTES] for at in range(0, len(content), PIECE_BYTES))
    return seal_pieces(key, pieces, storage_key=storage_key)


def seal_pieces(key: bytes, pieces: Iterable[bytes], *, storage_key: str = "") -> str:
    """As `seal_bytes`, for content that comes in pieces of `PIECE_BYTES` (the last may be less)."""
    storage_key = storage_key or storage.new_storage_key()
    written = storage.new_storage_key()
    try:
        with storage.create("sealed", written) as file:
            file.writelines(encrypted(key, pieces, storage_key))
            storage.sync(file)
        storage.move_into_place("sealed", written, storage_key)
    except BaseException:
        storage.forget_incoming("sealed", written)
        raise
    return storage_key


def read_sealed(key: bytes, storage_key: str) -> Iterator[bytes]:
    """The content, piece by piece. Raises: VaultError at the first piece that is not as sealed.

    The file is opened and its first piece checked before the first `next` answers.
    """
    with storage.place("sealed", storage_key).open("rb") as file:
        prefix = opened(file)
        sealer, number = AESGCM(key), 0
        piece = file.read(PIECE_BYTES + TAG_BYTES)
        while piece:
            following = file.read(PIECE_BYTES + TAG_BYTES)
            bound = bound_to(storage_key, last=not following)
            try:
                yield sealer.decrypt(nonce_of(prefix, number), piece, bound)
            except InvalidTag as error:
                raise VaultError(f"Piece {number} is not what was sealed.") from error
            piece, number = following, number + 1
        if number == 0:
            raise VaultError("The artefact is cut off before its first piece.")


def discard_sealed(storage_key: str) -> None:
    """Remove an artefact, for what was never released."""
    storage.discard("sealed", storage_key)


def encrypted(key: bytes, pieces: Iterable[bytes], storage_key: str) -> Iterator[bytes]:
    """The mark, the nonces' prefix, then each piece sealed with its number and place."""
    prefix = secrets.token_bytes(PREFIX_BYTES)
    yield MARK + prefix
    sealer, number = AESGCM(key), 0
    ahead = iter(pieces)
    piece = next(ahead, b"")
    while True:
        following = next(ahead, None)
        bound = bound_to(storage_key, last=following is None)
        yield sealer.encrypt(nonce_of(prefix, number), piece, bound)
        if following is None:
            return
        piece, number = following, number + 1


def opened(file: BinaryIO) -> bytes:
    """The nonces' prefix of a sealed file. Raises: VaultError when it is no sealed file."""
    head = file.read(len(MARK) + PREFIX_BYTES)
    if len(head) != len(MARK) + PREFIX_BYTES or not head.startswith(MARK):
        raise VaultError("This is not a sealed artefact.")
    return head[len(MARK) :]


def nonce_of(prefix: bytes, number: int) -> bytes:
    """One nonce for each piece: never used twice with one key, since the prefix is random."""
    return prefix + number.to_bytes(NONCE_BYTES - PREFIX_BYTES, "big")


def bound_to(storage_key: str, *, last: bool) -> bytes:
    """What a piece is bound to: the artefact it belongs to, and whether it ends it."""
    return MARK + storage_key.encode() + (b"last" if last else b"more")
