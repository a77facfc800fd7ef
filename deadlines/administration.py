"""Pages of the administrator: the data that every due date is worked out from."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import acting, requires
from accounts.roles import Action
from clock.london import london_today
from deadlines.forms import HolidayForm, LengthForm, WithdrawalForm, YearForm
from deadlines.models import BankHoliday, HolidayYear, RuleSetting
from deadlines.rules import RULES, Rule, rule_named
from deadlines.services import holidays as verbs
from deadlines.services.computing import length_in_force
from deadlines.services.rule_settings import change_length
from drafting.refusals import refusals_in
from drafting.sending import makes_once

# Every year since 2018 has had as many or more: with fewer, a list is likely half entered.
USUAL_HOLIDAYS = 8


@requires(Action.DEADLINE_ADMINISTER)
@makes_once
def holidays(request: HttpRequest) -> HttpResponse:
    """The bank holidays on record, and adding one: every running clock is dated anew."""
    form = HolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            verbs.add_holiday(**form.cleaned_data, by=acting(request))
            told = "The bank holiday is added, and every running clock dated anew."
            messages.success(request, told)
            return redirect("deadlines:holidays")
    facts = {
        "form": form,
        "holidays": BankHoliday.objects.standing().order_by("-day"),
        "withdrawn": BankHoliday.objects.exclude(withdrawn_at=None).order_by("-withdrawn_at"),
        "years": HolidayYear.objects.all(),
        "nav_current": "holidays",
    }
    return render(request, "deadlines/holidays.html", facts)


@requires(Action.DEADLINE_ADMINISTER)
def withdraw_holiday(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a bank holiday that was entered by mistake: every running clock is dated anew."""
    holiday = get_object_or_404(BankHoliday, pk=pk)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            verbs.withdraw_holiday(holiday, **form.cleaned_data, by=acting(request))
            told = "The bank holiday is withdrawn, and every running clock dated anew."
            messages.success(request, told)
            return redirect("deadlines:holidays")
    facts = {"holiday": holiday, "form": form, "nav_current": "holidays"}
    return render(request, "deadlines/withdraw_holiday.html", facts)


@requires(Action.DEADLINE_ADMINISTER)
@makes_once
def year(request: HttpRequest) -> HttpResponse:
    """Say that a year's bank holidays are complete, once they were shown in a list.

    What waited for the year is computed.
    """
    form = YearForm(request.POST or None)
    facts: dict[str, Any] = {"form": form, "nav_current": "holidays"}
    if request.method == "POST" and form.is_valid():
        listed = holidays_of(form.cleaned_data["year"])
        # The list is confirmed as it was read: one that has grown or shrunk since is shown again.
        if request.POST.get("confirmed") == str(len(listed)):
            with refusals_in(form):
                verbs.add_year(**form.cleaned_data, by=acting(request))
                told = "The year is on record. What waited for it has its date now."
                messages.success(request, told)
                return redirect("deadlines:holidays")
        else:
            facts |= {"listed": listed, "few": len(listed) < USUAL_HOLIDAYS}
    return render(request, "deadlines/year.html", facts)


def holidays_of(year: int) -> list[BankHoliday]:
    """The bank holidays of a year that stand, by day."""
    return list(BankHoliday.objects.standing().filter(day__year=year))


@requires(Action.DEADLINE_ADMINISTER)
def rules(request: HttpRequest) -> HttpResponse:
    """The rules with their law, and which of them are settings of this service."""
    today = london_today()
    rows = [(rule, length_in_force(rule, today)) for rule in RULES]
    return render(request, "deadlines/rules.html", {"rows": rows, "nav_current": "rules"})


@requires(Action.DEADLINE_ADMINISTER)
@makes_once
def rule(request: HttpRequest, regime: str, code: str) -> HttpResponse:
    """Change the length of an unconfirmed period, with a reason; what it was stays on record."""
    chosen = _setting(code, regime)
    form = LengthForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        change_length(chosen, **form.cleaned_data, by=acting(request))
        messages.success(request, "The length is changed for clocks that start from that day on.")
        return redirect("deadlines:rules")
    kept = RuleSetting.objects.filter(rule_code=code, regime=regime)
    facts = {"rule": chosen, "form": form, "kept": kept, "nav_current": "rules"}
    return render(request, "deadlines/rule.html", facts)


def _setting(code: str, regime: str) -> Rule:
    """A rule that is a setting. Raises: Http404 for any other."""
    try:
        found = rule_named(code, regime)
    except KeyError:
        raise Http404 from None
    if not found.is_setting:
        raise Http404
    return found
