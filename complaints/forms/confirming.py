"""The form of a body's word that a registered complaint is not its own."""

from django import forms


class DisownForm(forms.Form):
    """Why it is not the body's."""

    reason = forms.CharField(
        label="Why is it not yours?",
        help_text="For example, that nobody at your organisation wrote it. We read your words.",
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": "Say why it is not yours."},
    )
