"""Explains when something is due: the rule, the law, each day counted and each day left out."""

import json
from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clock.calendar import Calendar, NotComputableError
from deadlines.rules import POLICE, RULES, Rule, rule_named
from deadlines.services.computing import calendar_on_record, length_in_force, work_out


def iso_day(typed: str) -> date:
    """A date as 2018-12-18."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise ArgumentTypeError(f"{typed!r} is not a date. Write it like 2018-12-18.") from None


class Command(BaseCommand):
    """explain_deadline --rule CODE --from DATE [--from DATE …] [--json]"""

    help = "Explain a due date: the rule, its law, the days counted and the days left out."

    def add_arguments(self, parser: CommandParser) -> None:
        """The rule, the first days, and how to print."""
        parser.add_argument("--list", action="store_true", help="list the rules")
        parser.add_argument("--rule", help="a rule's code, such as acknowledge-receipt")
        parser.add_argument("--regime", default=POLICE)
        parser.add_argument("--from", dest="days", type=iso_day, action="append", default=[])
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        """Print the rules, or the working of each day given."""
        if options["list"]:
            self.print_rules(as_json=options["json"])
            return
        if not options["rule"] or not options["days"]:
            raise CommandError("Give --rule and at least one --from, or --list.", returncode=2)
        try:
            rule = rule_named(options["rule"], options["regime"])
        except KeyError:
            raise CommandError(
                f"No rule {options['rule']!r} in the regime {options['regime']!r}: see --list."
            ) from None
        calendar = calendar_on_record()
        told = [answered(rule, day, calendar=calendar) for day in options["days"]]
        if options["json"]:
            self.stdout.write(json.dumps(told[0] if len(told) == 1 else told))
        elif words := [in_words(one) for one in told if one["due_on"]]:
            self.stdout.write("\n\n".join(words))
        if missing := [one["not_computable"] for one in told if not one["due_on"]]:
            raise CommandError(f"Not computable: {' '.join(dict.fromkeys(missing))}")

    def print_rules(self, *, as_json: bool) -> None:
        """List the table of rules."""
        rows = [
            {
                "rule": rule.code,
                "regime": rule.regime,
                "length": rule.length,
                "unit": str(rule.unit),
                "law": rule.law,
                "certainty": str(rule.certainty),
            }
            for rule in RULES
        ]
        if as_json:
            self.stdout.write(json.dumps(rows))
            return
        for row in rows:
            self.stdout.write(
                f"{row['rule']} ({row['regime']}): {row['length']} {row['unit']}; "
                f"{row['law']}; {row['certainty']}"
            )


def answered(rule: Rule, first: date, *, calendar: Calendar) -> dict[str, Any]:
    """The working of one first day, or what is missing: one such day spoils no other's answer."""
    try:
        return explanation(rule, first, length=length_in_force(rule, first), calendar=calendar)
    except NotComputableError as missing:
        why = str(missing)
    except OverflowError:
        why = "the calendar ends before the period."
    return {
        "rule": rule.code,
        "regime": rule.regime,
        "from": first.isoformat(),
        "due_on": None,
        "not_computable": why,
        "law": rule.law,
    }


def explanation(rule: Rule, first: date, *, length: int, calendar: Calendar) -> dict[str, Any]:
    """One due date with its law and its working."""
    working = work_out(rule, first, length=length, calendar=calendar)
    return {
        "rule": rule.code,
        "regime": rule.regime,
        "from": first.isoformat(),
        "due_on": working.due_on.isoformat(),
        "length": length,
        "unit": str(rule.unit),
        "counted": [day.isoformat() for day in working.counted],
        "excluded": [
            {"day": left_out.day.isoformat(), "reason": left_out.reason}
            for left_out in working.excluded
        ],
        "law": rule.law,
        "certainty": str(rule.certainty),
    }


def in_words(told: dict[str, Any]) -> str:
    """The explanation for people to read."""
    lines = [
        f"{told['rule']}: {told['length']} {told['unit']} beginning with {told['from']}",
        f"Law: {told['law']} ({told['certainty']})",
        *(f"  day {number}: {day}" for number, day in enumerate(told["counted"], start=1)),
        *(f"  not counted: {day['day']} ({day['reason']})" for day in told["excluded"]),
        f"Due by the end of {told['due_on']}",
    ]
    return "\n".join(lines)
