"""Several files at once: each is taken by itself, so that one refused does not lose the others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.core.files import File
from django.db import transaction

from documents.errors import NoneTakenError, UploadRefusedError

T = TypeVar("T")


@dataclass
class Added(Generic[T]):
    """What became of several files: what each kept one became, and why each other was refused."""

    kept: list[T] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def each_by_itself(
    uploads: Iterable["File[bytes]"], take: Callable[["File[bytes]"], T]
) -> Added[T]:
    """Take several files one after the other, whatever becomes of each."""
    added: Added[T] = Added()
    for upload in uploads:
        try:
            with transaction.atomic():
                added.kept.append(take(upload))
        except UploadRefusedError as refused:
            added.refused.append(str(refused))
    return added


def refuse_if_all_were(added: Added[T]) -> None:
    """Let nothing be sent for the sake of files of which none was kept. Raises: NoneTakenError."""
    if added.refused and not added.kept:
        raise NoneTakenError(added.refused)
