"""The form with which a file that could not be checked is opened for one person."""

from typing import Any

from django import forms

from accounts.models import Membership
from complaints.models import Complaint

REASON_NEEDED = "Say why they need it although it is not checked."


class OpeningForm(forms.Form):
    """Who may have the file, and why."""

    reader = forms.ModelChoiceField(
        label="Who may have it",
        queryset=Membership.objects.none(),
        empty_label="Choose a person",
        error_messages={"required": "Choose the person who may have the file."},
    )
    reason = forms.CharField(
        label="Why they need it although it is not checked",
        help_text="It is kept in the record of the case.",
        max_length=300,
        error_messages={"required": REASON_NEEDED},
    )

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Membership.objects.current().filter(organisation__regimes=complaint.regime_id)
        choice = self.fields["reader"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101  Told to the type checker.
        choice.queryset = people.select_related("user", "organisation")
