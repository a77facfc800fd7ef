"""The working of a stored clock, for its page: what set its date, and the days that gave it."""

from dataclasses import dataclass
from datetime import date

from clock.calendar import Excluded
from deadlines.answers import working_of_answer
from deadlines.models import Deadline
from deadlines.rules import rule_named
from deadlines.services.clocks import RESPONSE
from deadlines.services.computing import working_of
from recommendations.models import Obligation


@dataclass(frozen=True)
class Explained:
    """What gave a clock its date: its basis, its rule, how far that is confirmed, and its days.

    An explicit date and a condition have no days. What a report set is not ours to confirm.
    """

    basis: str
    rule: str
    certainty: str = ""
    counted: tuple[date, ...] = ()
    left_out: tuple[Excluded, ...] = ()


def explained(clock: Deadline) -> Explained | None:
    """The working of a clock, or nothing where what it was set by is not known.

    Raises: NotComputableError.
    """
    if clock.rule_code == RESPONSE:
        return _answer(clock)
    rule = rule_named(clock.rule_code, clock.regime)
    working = working_of(clock, rule)
    length = f"{clock.length or rule.length} {rule.unit}, beginning with the day itself."
    return Explained(
        basis=clock.law,
        rule=f"{length} {rule.note}".strip(),
        certainty=rule.certainty,
        counted=working.counted,
        left_out=working.excluded,
    )


def _answer(clock: Deadline) -> Explained | None:
    """The working of an addressee's answer, from what the addressee owes."""
    owed = Obligation.objects.select_related("addressee", "recommendation__complaint__regime")
    obligation = owed.filter(pk=clock.subject.rpartition(":")[2]).first()
    working = working_of_answer(obligation) if obligation else None
    if working is None:
        return None
    return Explained(
        basis=f"{working.set_by}: {working.law}" if working.law else working.set_by,
        rule=f"{working.rule}. {working.note}".strip(),
        counted=tuple(each.day for each in working.days),
    )
