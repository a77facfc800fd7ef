"""Starting, meeting and ending clocks: called by the listener as events happen."""

from datetime import date
from typing import Any

from audit.events import record
from clock.calendar import NotComputableError
from deadlines.events import DeadlineEvent
from deadlines.models import Deadline
from deadlines.rules import Rule, Unit
from deadlines.services.computing import (
    as_stored,
    calendar_on_record,
    keep_calendar,
    length_in_force,
    work_out,
)
from deadlines.states import DeadlineState

RESPONSE = "response"


def start(
    rule: Rule, *, case_key: str, reference: str, subject: str, first: date, number: int = 1
) -> Deadline:
    """Start one clock of a rule on a day; `number` counts those of a rule that starts again.

    Where the holidays of a year are missing it starts all the same, as not computable, and
    administrators are alerted: the act that started it never fails for it.

    Records: deadline:not_computable.
    """
    clock, made = Deadline.objects.get_or_create(
        rule_code=rule.code,
        subject=subject,
        number=number,
        defaults={
            "starts_on": first,
            "case_key": case_key,
            "case_reference": reference,
            "regime": rule.regime,
            "name": rule.name,
            "law": rule.law,
            "length": length_in_force(rule, first),
        },
    )
    if made:
        compute(clock, rule)
    return clock


def compute(clock: Deadline, rule: Rule) -> None:
    """Write the due date that the facts give, with its working, or why there is none.

    Records: deadline:not_computable, once for each missing year.
    """
    length = clock.length or rule.length
    if rule.unit is Unit.WORKING_DAYS:
        keep_calendar()
    try:
        working = work_out(rule, clock.starts_on, length=length, calendar=calendar_on_record())
    except NotComputableError as missing:
        told = clock.not_computable_because == str(missing)
        clock.due_on, clock.working, clock.not_computable_because = None, None, str(missing)
        _set_state(clock, DeadlineState.NOT_COMPUTABLE)
        if not told:
            record(
                DeadlineEvent.DEADLINE_NOT_COMPUTABLE, subject=clock, by=None, missing=missing.year
            )
        return
    clock.due_on, clock.not_computable_because = working.due_on, ""
    clock.working = as_stored(working)
    _set_state(clock, DeadlineState.OPEN)


def start_answer(*, case_key: str, reference: str, subject: str, detail: dict[str, Any]) -> None:
    """Start the clock of one addressee's answer, as its recommendation says.

    `detail` is that of obligation:opened: kind, basis, due_on, condition, law, name, opened_on.
    A recommendation without a deadline starts none.
    """
    if detail["kind"] == "none":
        return
    Deadline.objects.get_or_create(
        rule_code=RESPONSE,
        subject=subject,
        number=1,
        defaults={
            "starts_on": _day(detail["opened_on"]),
            "case_key": case_key,
            "case_reference": reference,
            "name": detail["name"],
            "law": detail.get("law", ""),
            "basis": detail["basis"],
            "condition": detail.get("condition", ""),
            "due_on": _day(detail["due_on"]) if detail.get("due_on") else None,
        },
    )


def running(*, case_key: str, rule_code: str) -> dict[str, int]:
    """The regimes of which a clock of a rule runs in a case, with the clock's number."""
    clocks = Deadline.objects.unmet().filter(case_key=case_key, rule_code=rule_code)
    return dict(clocks.order_by("number").values_list("regime", "number"))


def meet(*, case_key: str, rule_code: str, on: date, subject: str | None = None) -> None:
    """Meet the running clocks of a rule in a case, or those of one subject only."""
    clocks = Deadline.objects.unmet().filter(case_key=case_key, rule_code=rule_code)
    if subject is not None:
        clocks = clocks.filter(subject=subject)
    clocks.update(state=DeadlineState.MET, met_on=on, not_computable_because="")


def end(*, case_key: str, rule_code: str) -> None:
    """End the running clocks of a rule in a case without their being met."""
    clocks = Deadline.objects.unmet().filter(case_key=case_key, rule_code=rule_code)
    clocks.update(state=DeadlineState.ENDED, not_computable_because="")


def _set_state(clock: Deadline, state: DeadlineState) -> None:
    Deadline.objects.filter(pk=clock.pk).update(
        state=state,
        due_on=clock.due_on,
        working=clock.working,
        not_computable_because=clock.not_computable_because,
    )
    clock.state = state


def _day(given: str | date) -> date:
    return given if isinstance(given, date) else date.fromisoformat(given)


def last_ended(*, case_key: str, rule_code: str) -> int:
    """The number of a rule's last clock if it ended unmet, and 0 otherwise.

    A clock that starts again after that, as when a decision was opened again, is the next one.
    """
    of_rule = Deadline.objects.filter(case_key=case_key, rule_code=rule_code)
    last = of_rule.order_by("-number").first()
    return last.number if last and last.state == DeadlineState.ENDED else 0
