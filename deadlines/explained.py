"""The working of a stored clock, for its page: the days that gave its date."""

from dataclasses import dataclass

from clock.calendar import Excluded, Working
from deadlines.models import Deadline
from deadlines.rules import Rule, rule_named
from deadlines.services.clocks import RESPONSE
from deadlines.services.computing import working_of


@dataclass(frozen=True)
class Explained:
    """A period's rule and its days."""

    rule: Rule
    length: int
    working: Working

    @property
    def left_out(self) -> tuple[Excluded, ...]:
        """The days that were not counted, each with its reason."""
        return self.working.excluded


def explained(clock: Deadline) -> Explained | None:
    """The working of a rule's clock; an answer's date has none: its report set it.

    Raises: NotComputableError.
    """
    if clock.rule_code == RESPONSE:
        return None
    rule = rule_named(clock.rule_code, clock.regime)
    return Explained(rule, clock.length or rule.length, working_of(clock, rule))
