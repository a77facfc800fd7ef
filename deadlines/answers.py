"""The working of an answer's due date: its rule, its basis and law, and the days that were counted.

The clock of an answer has no row in the table of rules: its report set it, as a kind and a basis.
"""

from dataclasses import dataclass

from clock.calendar import calendar_days
from deadlines.receipts import days_of
from documents.printed import CountedDay
from recommendations.models import Obligation
from recommendations.states import Basis, DeadlineKind

NONE_LEFT_OUT = "Calendar days: none is left out for a weekend or a bank holiday."
BY_BASIS: dict[str, str] = {
    Basis.STATUTORY: "The law sets it",
    Basis.SET_BY_REPORT: "Set in the report by {authorities}",
    Basis.REQUESTED: "Asked for in the report by {authorities}; no law demands it",
    Basis.OFFERED: "Offered by {addressee}",
    Basis.COMPUTED: "Computed by this service; the report names no date",
}


@dataclass(frozen=True)
class AnswerWorking:
    """How one addressee's due date came about: what an explicit date lacks is days."""

    rule: str
    set_by: str
    law: str
    days: tuple[CountedDay, ...]
    note: str = ""


def working_of_answer(obligation: Obligation) -> AnswerWorking | None:
    """The working of what one addressee owes, or nothing where no date and no condition was set.

    The days are counted from what the obligation itself holds, which stands since publication.
    """
    days: tuple[CountedDay, ...] = ()
    note = ""
    match obligation.kind:
        case DeadlineKind.PERIOD if obligation.due_on:
            length = (obligation.due_on - obligation.opened_on).days + 1
            days = tuple(days_of(calendar_days(obligation.opened_on, length)))
            rule = f"{length} days that begin with the day of publication"
            note = NONE_LEFT_OUT
        case DeadlineKind.DATE if obligation.due_on:
            rule = "An explicit date: no days are counted"
        case DeadlineKind.CONDITION:
            rule = f"A condition, and no date: {obligation.condition.removesuffix('.')}"
        case _:
            return None
    return AnswerWorking(rule, set_by(obligation), obligation.law, days, note)


def set_by(obligation: Obligation) -> str:
    """Who set the date, and on what basis: authorities and organisations, never people."""
    said = BY_BASIS.get(obligation.basis, "Its basis is not known to us")
    if "{authorities}" not in said:
        return said.format(addressee=obligation.addressee.name)
    regime = obligation.recommendation.complaint.regime
    *first, last = (one.short_name for one in regime.authorities.order_by("parts__order"))
    return said.format(authorities=f"{', '.join(first)} and {last}" if first else last)
