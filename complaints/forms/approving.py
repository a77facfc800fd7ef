"""The form of an approval."""

from django import forms


class ApproveForm(forms.Form):
    """The hash of the version that was read goes back with the approval."""

    content_sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
