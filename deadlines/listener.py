"""Opens and meets deadlines as events happen: declarative, from the table of rules."""

from datetime import date

from audit.events import Happening, subject_label
from clock.london import london_day
from deadlines.rules import RULES, Rule
from deadlines.services import clocks
from recommendations.events import RecommendationEvent

ANSWERED = (RecommendationEvent.OBLIGATION_ANSWERED, RecommendationEvent.OBLIGATION_CLOSED)


def on_event(happening: Happening) -> None:
    """Start, meet and end what the rules say of this event."""
    for rule in RULES:
        if happening.event in rule.starts and happening.detail.get("regime") == rule.regime:
            begun = happening.detail[rule.starts_on]
            first = begun if isinstance(begun, date) else date.fromisoformat(begun)
            ended = clocks.last_ended(case_key=happening.entry.chain, rule_code=rule.code)
            _start(rule, happening, first, number=ended + 1)
        if happening.event in rule.ends:
            clocks.end(case_key=happening.entry.chain, rule_code=rule.code)
    for code in {rule.code for rule in RULES if rule.met_by == happening.event}:
        _meet(code, happening)
    if happening.event == RecommendationEvent.OBLIGATION_OPENED:
        clocks.start_answer(
            case_key=happening.entry.chain,
            reference=happening.entry.reference,
            subject=subject_label(happening.subject),
            detail=happening.detail,
        )
    if happening.event in ANSWERED:
        clocks.meet(
            case_key=happening.entry.chain,
            rule_code=clocks.RESPONSE,
            on=london_day(happening.entry.at),
            subject=subject_label(happening.subject),
        )


def _start(rule: Rule, happening: Happening, first: date, number: int = 1) -> None:
    clocks.start(
        rule,
        case_key=happening.entry.chain,
        reference=happening.entry.reference,
        subject=happening.entry.chain,
        first=first,
        number=number,
    )


def _meet(code: str, happening: Happening) -> None:
    """Meet a rule's clocks; where the rule says so, the next one starts on the same day."""
    on = london_day(happening.entry.at)
    running = clocks.running(case_key=happening.entry.chain, rule_code=code)
    clocks.meet(case_key=happening.entry.chain, rule_code=code, on=on)
    for rule in RULES:
        if rule.again and rule.code == code and rule.regime in running:
            _start(rule, happening, on, number=running[rule.regime] + 1)
