"""The vault: what lies in the folder is noise, and nothing but what was sealed comes out."""

from pathlib import Path

import pytest
from pytest_django import Settings

from documents import storage, vault
from tests.documents.conftest import files_in

SECRET = b"The findings are these. " * 10_000  # Four pieces, the last one short.


def opened(key: bytes, storage_key: str) -> bytes:
    return b"".join(vault.read_sealed(key, storage_key))


@pytest.mark.parametrize("size", [0, 1, vault.PIECE_BYTES, vault.PIECE_BYTES + 1, len(SECRET)])
def test_what_is_sealed_is_read_back_whole(size: int) -> None:
    key = vault.new_key()
    assert opened(key, vault.seal_bytes(key, SECRET[:size])) == SECRET[:size]


def test_an_exposed_folder_shows_noise(files_dir: Path) -> None:
    storage_key = vault.seal_bytes(vault.new_key(), SECRET)
    (kept,) = files_in(files_dir)
    assert kept.name == storage_key
    assert len(storage_key) * 4 >= 128
    assert b"findings" not in kept.read_bytes()
    assert kept.stat().st_mode & 0o077 == 0


def test_another_release_key_opens_nothing() -> None:
    storage_key = vault.seal_bytes(vault.new_key(), SECRET)
    with pytest.raises(vault.VaultError):
        opened(vault.new_key(), storage_key)


def test_a_changed_byte_a_cut_tail_and_swapped_pieces_are_noticed() -> None:
    key = vault.new_key()
    storage_key = vault.seal_bytes(key, SECRET)
    path = storage.place("sealed", storage_key)
    whole = path.read_bytes()
    head, piece = len(vault.MARK) + vault.PREFIX_BYTES, vault.PIECE_BYTES + vault.TAG_BYTES
    first, second = whole[head : head + piece], whole[head + piece : head + 2 * piece]
    damaged = (
        whole[:-1] + bytes([whole[-1] ^ 1]),
        whole[: head + piece],  # Cut between two pieces.
        whole[: head + piece + 10],
        whole[:head],
        whole[:head] + second + first + whole[head + 2 * piece :],
        whole + whole[-piece:],
        b"",
        b"%PDF-1.7 plain" * 10,
    )
    for content in damaged:
        path.write_bytes(content)
        with pytest.raises(vault.VaultError):
            opened(key, storage_key)


def test_an_artefact_put_in_the_place_of_another_is_noticed() -> None:
    key = vault.new_key()
    one, other = vault.seal_bytes(key, b"one"), vault.seal_bytes(key, b"other")
    storage.place("sealed", one).write_bytes(storage.place("sealed", other).read_bytes())
    with pytest.raises(vault.VaultError):
        opened(key, one)


def test_sealing_under_the_same_storage_key_leaves_one_artefact(files_dir: Path) -> None:
    key = vault.new_key()
    storage_key = vault.seal_bytes(key, b"first")
    assert vault.seal_bytes(key, b"second", storage_key=storage_key) == storage_key
    assert opened(key, storage_key) == b"second"
    assert len(files_in(files_dir)) == 1


def test_a_failure_while_sealing_leaves_the_earlier_artefact_and_nothing_else(
    files_dir: Path,
) -> None:
    key = vault.new_key()
    storage_key = vault.seal_bytes(key, b"first")

    def broken() -> object:
        yield b"x" * vault.PIECE_BYTES
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="disk is gone"):
        vault.seal_pieces(key, broken(), storage_key=storage_key)  # type: ignore[arg-type]
    assert opened(key, storage_key) == b"first"
    assert len(files_in(files_dir)) == 1


def test_a_wrapped_key_opens_under_the_same_master_key_only(settings: Settings) -> None:
    settings.FILES_KEY = "one long secret"
    key = vault.new_key()
    wrapped = vault.wrap(key)
    assert key not in wrapped
    assert vault.unwrap(memoryview(wrapped)) == key
    settings.FILES_KEY = "another secret"
    with pytest.raises(vault.VaultError, match="FILES_KEY"):
        vault.unwrap(wrapped)


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "A" * 40, "a" * 39, "g" * 40])
def test_a_name_that_is_no_key_of_ours_has_no_place(key: str) -> None:
    with pytest.raises(ValueError, match="storage key"):
        storage.place("sealed", key)
