"""The forms of a request to withdraw."""

from django import forms


class AskWithdrawalForm(forms.Form):
    """Why the body wants to withdraw."""

    reason = forms.CharField(
        label="Why do you want to withdraw it?",
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": "Say why you want to withdraw it."},
    )


class DeclineForm(forms.Form):
    """Why it is not withdrawn."""

    because = forms.CharField(
        label="Reason, as the body will read it",
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": "Give the reason why the request is declined."},
    )
