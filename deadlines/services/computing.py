"""Working out a due date from facts: the calendar on record, the length in force, the rule."""

from datetime import date

from deadlines.calendar import Calendar, Working, calendar_days
from deadlines.models import BankHoliday, HolidayYear, RuleSetting
from deadlines.rules import Rule, Unit


def calendar_on_record() -> Calendar:
    """The holidays and years that the database holds, in two queries."""
    return Calendar(
        holidays=dict(BankHoliday.objects.values_list("day", "name")),
        years=frozenset(HolidayYear.objects.values_list("year", flat=True)),
    )


def length_in_force(rule: Rule, on: date) -> int:
    """The length of a rule's period on a day: the law's, or the setting that stood then."""
    if not rule.is_setting:
        return rule.length
    setting = (
        RuleSetting.objects.filter(rule_code=rule.code, regime=rule.regime, effective_from__lte=on)
        .order_by("-effective_from", "-set_at", "-pk")
        .first()
    )
    return setting.length if setting else rule.length


def work_out(rule: Rule, first: date, *, length: int, calendar: Calendar) -> Working:
    """The period that begins with a day, with its working. Raises: NotComputableError."""
    if rule.unit is Unit.WORKING_DAYS:
        return calendar.working_days(first, length)
    return calendar_days(first, length)
