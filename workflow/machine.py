"""State machines as tables: what may follow what, who may do it, under which law.

Buttons, refusals, the README's diagram and the generated tests are all read from the table.
Only `Machine.apply` writes `status`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.access import allowed, may
from accounts.roles import Action
from audit.events import record
from workflow.errors import GuardRefusedError, TransitionRefusedError

if TYPE_CHECKING:
    from accounts.models import Membership

Guard = Callable[[Any], str]


@dataclass(frozen=True)
class Transition:
    """One row: a step that leads from any of its sources to its target.

    `guard` looks at the facts and answers an empty string, or the sentence that says what is
    still missing. `of_service` lets the service itself take the step (`by=None`), for what
    follows from approvals that people have given.
    """

    name: str
    sources: frozenset[str]
    target: str
    action: Action
    event: StrEnum
    law: str = ""
    guard: Guard | None = None
    of_service: bool = False


class Machine:
    """The table of one kind of thing, and the one way through it."""

    def __init__(self, name: str, *transitions: Transition) -> None:
        self.name = name
        self.transitions = {row.name: row for row in transitions}
        if len(self.transitions) != len(transitions):
            raise ValueError(f"{name}: two transitions share a name.")

    def __iter__(self) -> Iterator[Transition]:
        return iter(self.transitions.values())

    @property
    def states(self) -> set[str]:
        """Every state the table knows."""
        return {state for row in self for state in {*row.sources, row.target}}

    def from_state(self, state: str) -> Iterable[Transition]:
        """The steps that the table allows from a state."""
        return [row for row in self if state in row.sources]

    def open_to(self, thing: Any, by: "Membership") -> list[Transition]:
        """The steps that this membership may take now; the buttons of a page.

        One query for all actions of the same scopes; guards are not asked, so that a button may
        lead to a page that says what is missing.
        """
        steps = self.from_state(thing.status)
        open_to_them = allowed(by, {row.action for row in steps}, thing)
        return [row for row in steps if row.action in open_to_them]

    def check(self, name: str, thing: Any) -> None:
        """Refuse a step that the state or the facts do not allow.

        Raises: TransitionRefusedError, GuardRefusedError.
        """
        row = self.transitions[name]
        if thing.status not in row.sources:
            raise TransitionRefusedError(
                f"This {self.name} is {thing.get_status_display().lower()}, "
                f"so the step “{name.replace('_', ' ')}” can’t be taken."
            )
        if row.guard and (missing := row.guard(thing)):
            raise GuardRefusedError(missing)

    @transaction.atomic
    def apply(self, name: str, thing: Any, *, by: "Membership | None", **detail: Any) -> Any:
        """Take one step: lock the row, ask who and whether, write the state, announce it.

        The lock comes first and by primary key alone, since PostgreSQL refuses FOR UPDATE with
        the joins that a scope brings. The change of status is the last write of an act: it
        announces, and listeners read the facts.

        Records: the row's event. Raises: PermissionDenied, TransitionRefusedError,
        GuardRefusedError.
        """
        row = self.transitions[name]
        model = type(thing)
        locked = model._default_manager.select_for_update(of=("self",)).get(pk=thing.pk)
        if not row.of_service if by is None else not may(by, row.action, locked):
            raise PermissionDenied(f"{by or 'The service'} may not {row.action}.")
        self.check(name, locked)
        before = locked.status
        model._default_manager.filter(pk=thing.pk).update(status=row.target)
        thing.status = locked.status = row.target
        record(row.event, subject=thing, by=by, **{"from": before, "to": row.target, **detail})
        return thing
