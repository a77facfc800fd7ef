"""Several files at once: each is taken by itself, so that one refused does not lose the others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeAlias, TypeVar

from django.core.files import File
from django.db import transaction

from accounts.models import Membership
from documents.errors import NoneTakenError, UploadRefusedError
from documents.models import StoredFile
from documents.services.uploads import receive_upload
from workflow.errors import ActRefusedError

T = TypeVar("T")
G = TypeVar("G")
# A file as a form brought it, or one of the case that came in pieces and waits to be sent.
Given: TypeAlias = "File[bytes] | StoredFile"


@dataclass
class Added(Generic[T]):
    """What became of several files: what each kept one became, and why each other was refused."""

    kept: list[T] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def each_by_itself(uploads: Iterable[G], take: Callable[[G], T]) -> Added[T]:
    """Take several files one after the other, whatever becomes of each."""
    added: Added[T] = Added()
    for upload in uploads:
        try:
            with transaction.atomic():
                added.kept.append(take(upload))
        except UploadRefusedError as refused:
            added.refused.append(str(refused))
    return added


def stored(case_key: str, given: Given, by: Membership) -> StoredFile:
    """Keep a file of a case; of what came in pieces, what its sender has kept already.

    Records: file:received. Raises: UploadRefusedError, ActRefusedError for a file of another case
    or of somebody else.
    """
    if not isinstance(given, StoredFile):
        return receive_upload(case_key, upload=given, by=by)
    if given.case_key != case_key or given.uploaded_by_id != by.pk:
        raise ActRefusedError("This file was not given by you for this super-complaint.")
    return given


def refuse_if_all_were(added: Added[T]) -> None:
    """Let nothing be sent for the sake of files of which none was kept. Raises: NoneTakenError."""
    if added.refused and not added.kept:
        raise NoneTakenError(added.refused)
