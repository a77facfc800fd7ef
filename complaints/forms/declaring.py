"""The form of the declaration."""

from typing import Any

from django import forms

from accounts.models import Membership, Organisation
from complaints.models.declaration import LINE_LENGTH
from complaints.services.declaring import Signatory, words_for


class DeclarationForm(forms.Form):
    """The last page before submitting: who declares, in which role, and the words."""

    name = forms.CharField(
        max_length=LINE_LENGTH,
        label="Your full name",
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": "Enter your full name."},
    )
    role = forms.CharField(
        max_length=LINE_LENGTH,
        label="Your role",
        help_text="For example, chief executive or head of policy.",
        widget=forms.TextInput({"autocomplete": "organization-title"}),
        error_messages={"required": "Enter your role at the organisation."},
    )
    authorised = forms.BooleanField(
        error_messages={"required": "Confirm that you are authorised to make it."},
    )

    def __init__(self, *args: Any, body: Organisation, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = by.user.name
        self.fields["role"].label = f"Your role at {body.name}"
        self.fields["authorised"].label = words_for(body)

    def signatory(self) -> Signatory:
        """The person who declares."""
        return Signatory(name=self.cleaned_data["name"], role=self.cleaned_data["role"])
