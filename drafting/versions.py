"""The version of what is edited: a form carries the one it was opened with."""

from typing import Any, Protocol, TypeVar, cast

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


def advance_one(rows: "models.QuerySet[Any]", *, version: int) -> None:
    """Raise the version of the one row that there may be, or see that there is none still.

    For what a first save makes and a later one changes.
    Args: `version` is 0 where the form was opened before there was a row.
    Raises: VersionConflictError when somebody has made or changed it meanwhile.
    """
    standing = rows.first()
    if standing is not None:
        advance(standing, version=version)
    elif version:
        raise VersionConflictError
