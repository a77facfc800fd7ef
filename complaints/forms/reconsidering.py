"""The forms of a meeting about eligibility and of a decision opened again."""

from django import forms

from complaints.forms.casework import LetterForm
from drafting.fields import DateField


class MeetingForm(forms.Form):
    """What the authorities said to each other."""

    held_on = DateField(label="Day of the meeting", help_text="For example, 27 3 2018.")
    text = forms.CharField(
        label="What was said, and by which authority",
        help_text="The body never sees it.",
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": "Write what was said at the meeting."},
    )


class ReopenForm(LetterForm):
    """Why a decision is opened again, and the letter that tells the body."""

    field_order = ["reason", "text", "way"]
    reason = forms.CharField(
        label="Reason for opening it again",
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Give the reason why the decision is opened again."},
    )
