"""The frame of every act: one transaction, with the chain's lock as its first statement."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import transaction

from audit import chain

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")


def act(verb: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """Make a verb atomic, and have it wait its turn on its subject's chain.

    The subject is the verb's first argument: what has a `chain` locks it, all else locks `house`
    only when it writes there.
    """

    @wraps(verb)
    def in_turn(subject: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            of_case: Any = getattr(subject, "chain", "")
            if of_case:
                chain.lock(of_case)
            return verb(subject, *args, **kwargs)

    return in_turn
