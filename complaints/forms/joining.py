"""The form that joins two complaints."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from complaints.forms.casework import ComplaintChoice
from complaints.models import Complaint


class JoinForm(forms.Form):
    """Which other complaint, and why."""

    other = ComplaintChoice(
        Complaint.objects.none(),
        label="Considered together with",
        empty_label="Choose a super-complaint",
        error_messages={"required": "Choose the other super-complaint."},
    )
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Give the reason why they are considered together."},
    )

    def __init__(self, *args: Any, others: QuerySet[Complaint], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["other"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = others
