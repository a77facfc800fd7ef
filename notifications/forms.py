"""The form of one's own choice about messages."""

from django import forms

AT_ONCE, DAILY = "at_once", "daily"


class ChoiceForm(forms.Form):
    """How often one is written to."""

    how_often = forms.ChoiceField(
        label="How do you want to hear from us?",
        choices=[
            (AT_ONCE, "A message each time something happens"),
            (DAILY, "One message a day, at 8:00"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you want to hear from us."},
    )
