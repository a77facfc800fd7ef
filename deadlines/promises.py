"""What a body was promised, in sentences to it: by when, whether it was kept, and how late."""

from dataclasses import dataclass
from datetime import date

from clock.london import weekday_date
from deadlines.models import Deadline
from deadlines.receipts import ACKNOWLEDGE, days_of, rule_of
from deadlines.rules import Unit
from deadlines.services.computing import working_of
from deadlines.states import DeadlineState
from deadlines.strip import days
from documents.printed import CountedDay

PROGRESS = "progress-report"
# What a body was promised, as a verb and as a noun; other clocks are our own.
PROMISES = {
    ACKNOWLEDGE: ("acknowledge it", "Acknowledgement"),
    PROGRESS: ("send you a report on progress", "Report on progress"),
}


@dataclass(frozen=True)
class Promise:
    """One promise: what is said of it, whether we are late now, and how its day was worked out."""

    words: str
    is_late: bool = False
    law: str = ""
    counted: str = ""
    working: tuple[CountedDay, ...] = ()


def promises_of(
    case_key: str, rule_code: str, *, today: date, kept_only: bool = False
) -> list[Promise]:
    """The promises of one kind to the body of a case, the first one first."""
    clocks = Deadline.objects.of_case(case_key).filter(rule_code=rule_code).order_by("number", "pk")
    if kept_only:
        clocks = clocks.filter(state=DeadlineState.MET)
    said = ((clock, in_words(clock, today)) for clock in clocks)
    return [promise(clock, words, today) for clock, words in said if words]


def promise(clock: Deadline, words: str, today: date) -> Promise:
    """One clock with its working: each day of working days, the first and the number of others."""
    if clock.due_on is None:
        return Promise(words)
    rule, counted = rule_of(clock), ""
    working: tuple[CountedDay, ...] = ()
    if rule.unit == Unit.WORKING_DAYS:
        counted = "Working days are counted from the day of receipt."
        working = tuple(days_of(working_of(clock, rule)))
    elif clock.length:
        counted = f"{days(clock.length)}, of which {weekday_date(clock.starts_on)} is the first."
    return Promise(words, clock.is_overdue(today), clock.law, counted, working)


def in_words(clock: Deadline, today: date) -> str:
    """What is said to the body; nothing of a promise that is not needed any more."""
    to_do, what = PROMISES[clock.rule_code]
    if clock.state == DeadlineState.ENDED:
        return ""
    if clock.state == DeadlineState.MET:
        return kept(clock, what)
    if clock.due_on is None:
        return f"We can’t say yet by when we {to_do}. {clock.not_computable_because}".strip()
    by = f"by the end of {weekday_date(clock.due_on)}"
    if clock.is_overdue(today):
        late = days((today - clock.due_on).days)
        return f"We are late. We were to {to_do} {by}, {late} ago, and have not done it yet."
    return f"We will {to_do} {by}."


def kept(clock: Deadline, what: str) -> str:
    """When a promise was due, when it was met, and by how much too late."""
    due = f"{what} due by {weekday_date(clock.due_on)}." if clock.due_on else f"{what}."
    met = f"Met on {weekday_date(clock.met_on)}" if clock.met_on else "Met"
    if clock.days_late:
        return f"{due} {met}, {days(clock.days_late)} after it was due. We were late."
    return f"{due} {met}."
