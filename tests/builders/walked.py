"""Stages that the tests of one module find already walked to, instead of walking there each.

A module says `WALKED = (an_open_investigation,)`: its first call without facts in each test then
answers the one investigation that was opened for the whole module, as it was opened. A second call
in the same test, or one with facts, walks as ever.
"""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)
Builder = Callable[..., M]

# By the name of its builder: what stands for the module, and what this test has not been given.
_standing: dict[str, models.Model] = {}
_left: set[str] = set()


def as_made(row: M) -> M:
    """A shared row as it stands in the database: what another test did to the object is gone."""
    return type(row)._base_manager.get(pk=row.pk)


def walked_once(builder: Builder[M]) -> Builder[M]:
    """A builder whose first row of a test may be the one that stands for its module."""

    takes = signature(builder)

    def is_given(*args: Any, **facts: Any) -> bool:
        # What was not given to one builder is handed on to the next as its default.
        given = takes.bind(*args, **facts).arguments
        return any(value != takes.parameters[name].default for name, value in given.items())

    @wraps(builder)
    def found_or_walked(*args: Any, **facts: Any) -> Any:
        name = builder.__name__
        if is_given(*args, **facts) or name not in _left:
            return builder(*args, **facts)
        _left.discard(name)
        return as_made(_standing[name])

    return found_or_walked


def walk(builders: tuple[Builder[Any], ...]) -> None:
    """Walk to each stage, for the module that begins."""
    forget()
    _standing.update({builder.__name__: builder() for builder in builders})


def begin() -> None:
    """Leave everything that stands to the test that begins."""
    _left.clear()
    _left.update(_standing)


def end() -> None:
    """Leave nothing to what a module makes for all its tests: it would stay changed for each."""
    _left.clear()


def forget() -> None:
    """Leave nothing to the next module."""
    _standing.clear()
    _left.clear()
