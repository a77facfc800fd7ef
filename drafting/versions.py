"""The version of what is edited: a form carries the one it was opened with."""

from typing import Protocol, TypeVar, cast

from django.db import models

from drafting.errors import VersionConflictError


class Versioned(Protocol):
    """A row with a version that each change raises by one."""

    pk: int
    version: int


V = TypeVar("V", bound=Versioned)


def advance(row: V, *, version: int) -> V:
    """Raise the row's version from the one that the form was opened with.

    The first write of a verb that edits. One conditional UPDATE decides, so that of two saves
    made at the same moment one waits and is refused.
    Raises: VersionConflictError when the row has moved on.
    """
    model = type(cast(models.Model, row))
    opened = model._default_manager.filter(pk=row.pk, version=version)
    if opened.update(version=version + 1) != 1:
        raise VersionConflictError
    row.version = version + 1
    return row
