"""Prints how well the repeat radar finds the true earlier complaint, and one line of JSON."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from complaints.radar.measuring import TUNING, UNTOUCHED, Measure, measure


class Command(BaseCommand):
    """measure_radar [--pairs N]"""

    help = "Measure the repeat radar on the labelled pairs, and leave nothing behind."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many pairs of each half."""
        parser.add_argument("--pairs", type=int, help="only so many pairs of each half")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        """Measure both halves and print them; the last line is of the untouched one."""
        found = {half: measure(half, most=options["pairs"]) for half in (TUNING, UNTOUCHED)}
        line = "{:<10} {:>6} {:>11} {:<8} {:>6} {:>7}"
        self.stdout.write(line.format("half", "pairs", "candidates", "by", "first", "first 3"))
        for one in found.values():
            for name in ("radar", "trigram", "chance"):
                rates = getattr(one, name)
                shown = (f"{rates.first:.0%}", f"{rates.first_three:.0%}")
                self.stdout.write(line.format(one.half, one.pairs, one.candidates, name, *shown))
        self.stdout.write(json.dumps(summary(found[UNTOUCHED])))


def summary(one: Measure) -> dict[str, float]:
    """The figures of one half, as programs read them."""
    return {
        "pairs": one.pairs,
        "top1": round(one.radar.first, 3),
        "top3": round(one.radar.first_three, 3),
        "trigram_top3": round(one.trigram.first_three, 3),
    }
