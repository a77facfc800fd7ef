"""What is typed about the press notice of a case that others published."""

from django import forms

from drafting.fields import DateField


class AsAtForm(forms.Form):
    """The London day as at which a press notice lists what was live."""

    as_at = DateField(label="As at", help_text="For example, 17 12 2020", called="the day")
