"""What an administrator fills in: a bank holiday, a year, the length of an unconfirmed period."""

from typing import Any

from django import forms

from deadlines.models import BankHoliday, HolidayYear
from drafting.fields import DateField

SOURCE_HELP = "Where it is announced, such as the proclamation or the official list."


class HolidayForm(forms.Form):
    """A bank holiday of England and Wales."""

    day = DateField(label="Day of the bank holiday")
    name = forms.CharField(
        label="Name", max_length=120, error_messages={"required": "Enter the holiday’s name."}
    )
    source = forms.CharField(
        label="Source",
        help_text=SOURCE_HELP,
        max_length=250,
        error_messages={"required": "Enter where the holiday is announced."},
    )

    def clean_day(self) -> Any:
        """Refuse a day that is on record already."""
        day = self.cleaned_data["day"]
        if held := BankHoliday.objects.standing().filter(day=day).first():
            raise forms.ValidationError(f"That day is on record already: {held.name}.")
        return day


class WithdrawalForm(forms.Form):
    """Why a bank holiday is withdrawn."""

    reason = forms.CharField(
        label="Reason for the withdrawal",
        help_text="It stays on the record.",
        widget=forms.Textarea({"rows": 4}),
        max_length=5000,
        error_messages={"required": "Enter the reason for the withdrawal."},
    )


class YearForm(forms.Form):
    """A year whose list of bank holidays is complete."""

    year = forms.IntegerField(
        label="Year whose bank holidays are all on record",
        min_value=2018,
        max_value=2100,
        error_messages={"required": "Enter a year, like 2028."},
    )
    source = forms.CharField(
        label="Source",
        help_text=SOURCE_HELP,
        max_length=250,
        error_messages={"required": "Enter where the list is announced."},
    )

    def clean_year(self) -> int:
        """Refuse a year that is on record already, or of which no holiday was entered."""
        year: int = self.cleaned_data["year"]
        if HolidayYear.objects.filter(year=year).exists():
            raise forms.ValidationError(f"{year} is on record already.")
        if not BankHoliday.objects.standing().filter(day__year=year).exists():
            raise forms.ValidationError(f"Add the bank holidays of {year} first.")
        return year


class LengthForm(forms.Form):
    """The length of a period that the law was not read for."""

    length = forms.IntegerField(
        label="Length",
        min_value=1,
        max_value=1000,
        error_messages={"required": "Enter a number of days."},
    )
    effective_from = DateField(label="Day from which it holds")
    reason = forms.CharField(
        label="Reason",
        help_text="It stays on the record.",
        widget=forms.Textarea({"rows": 4}),
        max_length=5000,
        error_messages={"required": "Enter the reason for the change."},
    )
